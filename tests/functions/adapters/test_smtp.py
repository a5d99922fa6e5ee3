"""SMTP against a real server: refusals, TLS, authentication and secrets that are rotated."""

import json
import socket
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import trustme

from functions.adapters.aws import session
from functions.adapters.mail.smtp import SmtpMailer
from functions.model.errors import (
    MailboxUnavailable,
    MailPermanent,
    MailRetryable,
    SettingInvalid,
)
from tests.helpers.servers.mail_server import Doorkeeper, Sink, mail_server, message

HOST = "mail.example.com"


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name for this machine that nothing takes for this machine."""
    resolve = socket.getaddrinfo

    def local(host: str, *rest: object, **options: object) -> object:
        return resolve("127.0.0.1" if host == HOST else host, *rest, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", local)


@pytest.fixture
def certified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ssl.SSLContext]:
    """Makes a server's TLS with a certificate for a name, by an authority that we trust."""
    authority = trustme.CA()
    path = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(path)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))

    def make(name: str) -> ssl.SSLContext:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        authority.issue_cert(name).configure_cert(context)
        return context

    return make


@pytest.mark.parametrize(
    ("command", "reply", "error"),
    [
        ("RCPT", "550 5.1.1 no such mailbox", MailPermanent),
        ("RCPT", "421 4.3.2 closing", MailRetryable),
        ("RCPT", "450 4.2.1 busy", MailboxUnavailable),
        ("RCPT", "452 4.2.2 full", MailboxUnavailable),
        ("DATA", "554 5.7.1 refused", MailPermanent),
        ("DATA", "452 4.3.1 disk full", MailRetryable),
        ("MAIL", "552 5.3.4 too large", MailPermanent),
    ],
)
def test_refusals(command: str, reply: str, error: type[Exception]) -> None:
    """4xx may be tried again, 5xx never (RFC 5321), and no address gets into the reason.

    At RCPT, 4xx is about the mailbox, unless the server closes.
    """
    with (
        mail_server(Sink(replies={command: reply})) as port,
        pytest.raises(error, match=f"SMTP {reply[:9]}") as raised,
    ):
        SmtpMailer(f"smtp://127.0.0.1:{port}").send(message())
    assert raised.type is error
    assert "zhang" not in str(raised.value)


def test_refused_sender_is_a_setting() -> None:
    """A sender that the server does not take loses no mail: it is tried again."""
    sink = Sink(replies={"MAIL": "550 5.7.1 not your address"})
    with mail_server(sink) as port, pytest.raises(MailRetryable, match="550 for the sender"):
        SmtpMailer(f"smtp://127.0.0.1:{port}").send(message())


def test_server_away() -> None:
    """A server that does not answer may be tried again."""
    with pytest.raises(MailRetryable):
        SmtpMailer("smtp://127.0.0.1:1").send(message())


def test_address_that_the_server_cannot_write() -> None:
    """A Chinese mailbox needs SMTPUTF8; a server without it will never take the mail."""
    with mail_server(Sink(), enable_SMTPUTF8=False) as port, pytest.raises(MailPermanent):
        SmtpMailer(f"smtp://127.0.0.1:{port}").send(message("张三@example.com"))


@pytest.mark.usefixtures("named")
@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_tls(scheme: str, certified: Callable[[str], ssl.SSLContext]) -> None:
    """The mail goes out in TLS, by STARTTLS or from the start."""
    sink, context = Sink(), certified(HOST)
    options = {"tls_context": context} if scheme == "smtp" else {"tls_first": context}
    with mail_server(sink, **options) as port:
        SmtpMailer(f"{scheme}://{HOST}:{port}").send(message())
    assert sink.encrypted == [True]
    assert sink.messages()[0]["Message-ID"] == "<1@ombud.example.com>"


@pytest.mark.usefixtures("named")
@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_certificate_of_another(scheme: str, certified: Callable[[str], ssl.SSLContext]) -> None:
    """A server that shows another's certificate gets no mail."""
    sink, context = Sink(), certified("other.example.com")
    options = {"tls_context": context} if scheme == "smtp" else {"tls_first": context}
    with (
        mail_server(sink, **options) as port,
        pytest.raises(MailRetryable, match="SSLCertVerificationError"),
    ):
        SmtpMailer(f"{scheme}://{HOST}:{port}").send(message())
    assert sink.envelopes == []


@pytest.mark.usefixtures("named")
def test_no_password_in_clear() -> None:
    """A server that offers no STARTTLS is shown no password, and may be mended."""
    door = Doorkeeper("pass word")
    with (
        mail_server(Sink(), authenticator=door, auth_require_tls=False) as port,
        pytest.raises(MailRetryable, match="no STARTTLS"),
    ):
        SmtpMailer(f"smtp://ombud:pass%20word@{HOST}:{port}").send(message())
    assert door.shown == []


def test_password_on_this_machine() -> None:
    """A server on this very machine may be shown it; both parts are unquoted."""
    sink, door = Sink(), Doorkeeper("pass word/+")
    with mail_server(sink, authenticator=door, auth_require_tls=False) as port:
        SmtpMailer(f"smtp://ombud:pass%20word%2F%2B@127.0.0.1:{port}").send(message())
    assert len(sink.envelopes) == 1


@pytest.mark.usefixtures("named")
def test_password_in_tls(certified: Callable[[str], ssl.SSLContext]) -> None:
    """The server that requires TLS and authentication gets both."""
    sink, door = Sink(), Doorkeeper("secret")
    tls = certified(HOST)
    with mail_server(sink, authenticator=door, tls_context=tls, auth_required=True) as port:
        SmtpMailer(f"smtp://ombud:secret@{HOST}:{port}").send(message())
    assert sink.encrypted == [True]
    assert door.shown == ["secret"]


def test_wrong_password_may_be_mended() -> None:
    """Given credentials that are refused are shown once a mail, and the mail is kept."""
    door = Doorkeeper("right")
    with (
        mail_server(Sink(), authenticator=door, auth_require_tls=False) as port,
        pytest.raises(MailRetryable, match="SMTP 535") as raised,
    ):
        SmtpMailer(f"smtp://ombud:wrong@127.0.0.1:{port}").send(message())
    assert set(door.shown) == {"wrong"}
    assert "wrong" not in str(raised.value)


def test_server_without_auth() -> None:
    """A server that takes no login, though one is set, is a setting and loses no mail."""
    with mail_server(Sink()) as port, pytest.raises(MailRetryable, match="offers no AUTH"):
        SmtpMailer(f"smtp://ombud:secret@127.0.0.1:{port}").send(message())


def credentials(password: str) -> str:
    """The text of a secret, with a key that is not ours."""
    return json.dumps({"username": "ombud", "password": password, "host": HOST})


def in_secrets_manager(text: str) -> tuple[str, Callable[[str], object]]:
    """A secret in Secrets Manager, with a plus in its name, and a way to change it."""
    manager: Any = session().create_client("secretsmanager")
    arn = manager.create_secret(Name="ombud+mail", SecretString=text)["ARN"]
    return arn, lambda other: manager.put_secret_value(SecretId=arn, SecretString=other)


def in_ssm(text: str) -> tuple[str, Callable[[str], object]]:
    """An SSM SecureString parameter, and a way to change it."""
    ssm: Any = session().create_client("ssm")

    def put(value: str) -> object:
        return ssm.put_parameter(
            Name="/ombud/mail", Value=value, Type="SecureString", Overwrite=True
        )

    put(text)
    return "/ombud/mail", put


@pytest.mark.usefixtures("ministack")
@pytest.mark.parametrize("keep", [in_secrets_manager, in_ssm])
def test_rotated_secret(
    keep: Callable[[str], tuple[str, Callable[[str], object]]],
) -> None:
    """The secret is read once, kept, and read again when the server refuses what it says."""
    sink, door = Sink(), Doorkeeper("first")
    name, rotate = keep(credentials("first"))
    with mail_server(sink, authenticator=door, auth_require_tls=False) as port:
        mailer = SmtpMailer(f"smtp://127.0.0.1:{port}?secret={name}")
        mailer.send(message())
        rotate(credentials("second"))
        mailer.send(message())
        assert set(door.shown) == {"first"}
        door.password = "second"
        mailer.send(message())
    assert len(sink.envelopes) == 3
    assert door.shown[-1] == "second"


@pytest.mark.usefixtures("ministack")
def test_secret_that_stays_wrong() -> None:
    """A refused login whose secret has not changed is not tried a second time for the mail."""
    door = Doorkeeper("right")
    name, _ = in_ssm(credentials("wrong"))
    with (
        mail_server(Sink(), authenticator=door, auth_require_tls=False) as port,
        pytest.raises(MailRetryable, match="SMTP 535"),
    ):
        SmtpMailer(f"smtp://127.0.0.1:{port}?secret={name}").send(message())
    once = len(door.shown)
    with mail_server(Sink(), authenticator=door, auth_require_tls=False) as port:
        mailer = SmtpMailer(f"smtp://ombud:wrong@127.0.0.1:{port}")
        with pytest.raises(MailRetryable):
            mailer.send(message())
    assert len(door.shown) == 2 * once


@pytest.mark.usefixtures("ministack")
@pytest.mark.parametrize(
    "text", ["no json", '{"username": "ombud"}', credentials("密码"), credentials("")]
)
def test_secret_without_credentials(text: str) -> None:
    """A secret that holds no login keeps the mail, and is not quoted."""
    name, _ = in_ssm(text)
    with (
        mail_server(Sink()) as port,
        pytest.raises(MailRetryable, match="no JSON with username and password") as raised,
    ):
        SmtpMailer(f"smtp://127.0.0.1:{port}?secret={name}").send(message())
    assert raised.value.__cause__ is not None
    assert raised.value.__cause__.__cause__ is None


@pytest.mark.parametrize(
    "address",
    [
        "smtp:",
        "smtp://",
        "smtps://:465",
        "smtp://example.com:port",
        "smtp://ombud:hidden@example.com?secret=/ombud/mail",
        "smtps://example.com?verify=no",
        "smtps://ombud:%E5%AF%86hidden@example.com",
    ],
)
def test_wrong_addresses(address: str) -> None:
    """An address that cannot be meant is refused at the start, and no password is quoted."""
    with pytest.raises(SettingInvalid, match="OMBUD_MAIL") as raised:
        SmtpMailer(address)
    assert "hidden" not in str(raised.value)
