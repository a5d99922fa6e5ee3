"""Runs a real SMTP server with the answers that a test wants, and makes a mail to send."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from functions.model.mail import REFERENCE_HEADER, TYPE_HEADER
from tests.helpers.servers.listening import free_port


@dataclass
class Sink:
    """A handler of aiosmtpd that keeps what it receives, or answers a command with `replies`."""

    replies: dict[str, str] = field(default_factory=dict)
    envelopes: list[Envelope] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answers MAIL."""
        if "MAIL" in self.replies:
            return self.replies["MAIL"]
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answers RCPT."""
        if "RCPT" in self.replies:
            return self.replies["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Answers the end of DATA."""
        if "DATA" in self.replies:
            return self.replies["DATA"]
        self.envelopes.append(envelope)
        assert server.transport is not None
        self.encrypted.append(server.transport.get_extra_info("ssl_object") is not None)
        return "250 OK"

    def messages(self) -> list[EmailMessage]:
        """Returns the messages that arrived, parsed."""
        return [read(envelope.content or b"") for envelope in self.envelopes]


@dataclass
class Doorkeeper:
    """Accepts one user, `ombud`, and keeps every password that a client sends."""

    password: str
    shown: list[str] = field(default_factory=list)

    def __call__(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
    ) -> AuthResult:
        """Accepts or refuses one login."""
        assert isinstance(data, LoginPassword)
        self.shown.append(data.password.decode())
        is_correct = data == LoginPassword(b"ombud", self.password.encode())
        return AuthResult(success=is_correct, handled=False)


@contextmanager
def mail_server(
    sink: Sink, tls_first: ssl.SSLContext | None = None, **options: Any
) -> Iterator[int]:
    """Runs the server; yields its port. `options` are those of aiosmtpd's SMTP."""
    port = free_port()
    controller = Controller(
        sink,
        hostname="127.0.0.1",
        port=port,
        ssl_context=tls_first,
        **{"enable_SMTPUTF8": True} | options,
    )
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def read(content: bytes | str) -> EmailMessage:
    """Parses a message."""
    assert isinstance(content, bytes)
    message = message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def message(recipient: str = "zhang@example.com") -> EmailMessage:
    """Returns a mail in Chinese."""
    mail = EmailMessage()
    mail["Message-ID"] = "<1@ombud.example.com>"
    mail["From"] = "no-reply@ombud.example.com"
    mail["To"] = recipient
    mail["Subject"] = "示例：已收到"
    mail[REFERENCE_HEADER] = "ACB-22222-22222"
    mail[TYPE_HEADER] = "acknowledgement"
    mail.set_content("已经收到您提交的内容。")
    return mail
