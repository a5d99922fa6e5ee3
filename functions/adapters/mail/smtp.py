"""Sends mails by SMTP (RFC 5321), with implicit TLS (RFC 8314) or STARTTLS, and a login if set."""

import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import parseaddr
from functools import cached_property, partial
from ipaddress import ip_address
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from pydantic import ValidationError

from functions.adapters.mail.login import Credentials, GivenLogin, Login, SecretLogin
from functions.model.errors import (
    MailboxUnavailable,
    MailPermanent,
    MailRetryable,
    SecretUnavailable,
    SettingInvalid,
)

SMTP_TAKES = "smtp[s]://[USER:PASSWORD@]HOST[:PORT][?secret=NAME]"
"""The syntax of the address, for error messages."""

_TIMEOUT_SECONDS = 20
_PORTS = {"smtp": 25, "smtps": 465}
_MESSAGE_TOO_LARGE = 552
_CLOSING = 421
_OK = 250


class SmtpMailer:
    """Opens a connection for each message and hands it over.

    `smtps:` is TLS from the start. `smtp:` uses STARTTLS if the server offers it, and requires it
    before it sends a password, except to a loopback address. Certificates are checked against the
    system's authorities, or those of SSL_CERT_FILE. Raises SettingInvalid for a wrong address.
    """

    def __init__(self, address: str) -> None:
        url = urlsplit(address)
        if url.scheme not in _PORTS or not url.hostname:
            raise SettingInvalid(f"OMBUD_MAIL has no host; it takes {SMTP_TAKES}")
        try:
            self._port = url.port or _PORTS[url.scheme]
        except ValueError as error:
            raise SettingInvalid(f"OMBUD_MAIL has a wrong port; it takes {SMTP_TAKES}") from error
        self._host = url.hostname
        self._tls_first = url.scheme == "smtps"
        self._login = _login(url)

    def send(self, message: EmailMessage) -> None:
        """See Mailer."""
        self._in_session(lambda server: server.send_message(message))

    def prove(self, sender: str) -> tuple[str, ...]:
        """See ProvableMailer."""
        self._in_session(partial(_offer, parseaddr(sender)[1]))
        return ()

    def _in_session(self, work: Callable[[smtplib.SMTP], object]) -> None:
        """Calls `work` with a connection that is logged in. Raises MailRetryable, MailPermanent."""
        try:
            try:
                self._connected(work)
            except smtplib.SMTPAuthenticationError:
                if self._login is None or not self._login.renew():
                    raise
                self._connected(work)
        except smtplib.SMTPAuthenticationError as error:
            raise MailRetryable(f"SMTP {error.smtp_code}: the login was refused") from error
        except smtplib.SMTPRecipientsRefused as error:
            code, reply = next(iter(error.recipients.values()))
            kind = MailRetryable if code == _CLOSING else MailboxUnavailable
            raise _mail_error(code, reply, kind) from error
        except smtplib.SMTPSenderRefused as error:
            # Any other code is about the sender, which is a setting, so the mail is kept.
            if error.smtp_code == _MESSAGE_TOO_LARGE:
                raise _mail_error(error.smtp_code, error.smtp_error) from error
            raise MailRetryable(f"SMTP {error.smtp_code} for the sender") from error
        except smtplib.SMTPDataError as error:
            raise _mail_error(error.smtp_code, error.smtp_error) from error
        except smtplib.SMTPResponseException as error:
            raise MailRetryable(f"SMTP {error.smtp_code} before the mail was offered") from error
        except smtplib.SMTPNotSupportedError as error:
            raise MailPermanent(f"SMTP: {error}") from error
        except SecretUnavailable as error:
            raise MailRetryable(str(error)) from error
        except (smtplib.SMTPException, OSError) as error:
            raise MailRetryable(f"SMTP: {type(error).__name__}") from error

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return ssl.create_default_context()

    def _connected(self, work: Callable[[smtplib.SMTP], object]) -> None:
        credentials = self._login.credentials() if self._login else None
        with self._connect() as server:
            server.ehlo()
            if not self._tls_first:
                self._start_tls(server)
            if credentials:
                _authenticate(server, credentials)
            work(server)

    def _connect(self) -> smtplib.SMTP:
        if self._tls_first:
            return smtplib.SMTP_SSL(
                self._host, self._port, timeout=_TIMEOUT_SECONDS, context=self._tls
            )
        return smtplib.SMTP(self._host, self._port, timeout=_TIMEOUT_SECONDS)

    def _start_tls(self, server: smtplib.SMTP) -> None:
        if server.has_extn("starttls"):
            server.starttls(context=self._tls)
            server.ehlo()
        elif self._login and not _is_loopback(self._host):
            # Retryable: the server or somebody in between is at fault, not the mail.
            raise MailRetryable("SMTP: the server offers no STARTTLS; no password is sent in clear")


def _login(url: SplitResult) -> Login | None:
    """Returns the login that the address names. Raises SettingInvalid; never quotes a password."""
    # In the name of a secret a plus is a plus; parse_qsl would make it a blank.
    query = dict(parse_qsl(url.query.replace("+", "%2B")))
    name = query.pop("secret", None)
    if query or (name and url.username):
        raise SettingInvalid(f"OMBUD_MAIL takes a password or a secret: {SMTP_TAKES}")
    if name:
        return SecretLogin(name)
    if not url.username:
        return None
    try:
        credentials = Credentials(
            username=unquote(url.username), password=unquote(url.password or "")
        )
    except ValidationError:
        raise SettingInvalid("OMBUD_MAIL has a user or password that is not ASCII") from None
    return GivenLogin(credentials)


def _authenticate(server: smtplib.SMTP, credentials: Credentials) -> None:
    try:
        server.login(credentials.username, credentials.password)
    except smtplib.SMTPNotSupportedError as error:
        raise MailRetryable("SMTP: the server offers no AUTH") from error


def _offer(sender: str, server: smtplib.SMTP) -> None:
    """Asks the server for a mail from the sender, and takes it back."""
    code, reply = server.mail(sender)
    if code != _OK:
        raise smtplib.SMTPSenderRefused(code, reply, sender)
    server.rset()


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _mail_error(
    code: int, reply: bytes | str, retryable: type[MailRetryable] = MailRetryable
) -> MailRetryable | MailPermanent:
    """Returns the error of a reply: 4yz may succeed later, 5yz never (RFC 5321 section 4.2.1).

    Contains only the codes of the reply, because its text may quote the recipient.
    """
    text = reply.decode(errors="replace") if isinstance(reply, bytes) else reply
    first_word = text.split(" ", 1)[0]
    enhanced_code = first_word if first_word.replace(".", "").isdigit() else ""
    message = f"SMTP {code} {enhanced_code}".strip()
    return retryable(message) if code < 500 else MailPermanent(message)
