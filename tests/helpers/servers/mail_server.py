"""A real SMTP server on this machine, as strict as a test wants it, and a mail to give it."""

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
    """An SMTP server's handler that keeps what it gets, or answers as it is told to."""

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
        """What arrived, read back."""
        return [read(envelope.content or b"") for envelope in self.envelopes]


@dataclass
class Doorkeeper:
    """Lets one user in, and remembers every password it was shown."""

    password: str
    shown: list[str] = field(default_factory=list)

    def __call__(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
    ) -> AuthResult:
        """Judges one login."""
        assert isinstance(data, LoginPassword)
        self.shown.append(data.password.decode())
        right = data == LoginPassword(b"ombud", self.password.encode())
        return AuthResult(success=right, handled=False)


@contextmanager
def mail_server(
    sink: Sink, tls_first: ssl.SSLContext | None = None, **options: Any
) -> Iterator[int]:
    """The server; gives its port. `options` are those of aiosmtpd's SMTP."""
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
    """A message from its bytes."""
    assert isinstance(content, bytes)
    message = message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def message(recipient: str = "zhang@example.com") -> EmailMessage:
    """A mail with Chinese in it."""
    made = EmailMessage()
    made["Message-ID"] = "<1@ombud.example.com>"
    made["From"] = "no-reply@ombud.example.com"
    made["To"] = recipient
    made["Subject"] = "示例：已收到"
    made[REFERENCE_HEADER] = "ACB-22222-22222"
    made[TYPE_HEADER] = "acknowledgement"
    made.set_content("已经收到您提交的内容。")
    return made
