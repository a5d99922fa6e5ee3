"""SMTP (RFC 5321), with STARTTLS where the server offers it and authentication where given."""

import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from functions.errors import MailPermanent, MailRetryable, SettingInvalid

_TIMEOUT_SECONDS = 20


class SmtpMailer:
    """Hands each message over in a connection of its own."""

    def __init__(self, address: str) -> None:
        url = urlsplit(address)
        if not url.hostname:
            raise SettingInvalid("OMBUD_MAIL has no host; it takes smtp://HOST[:PORT]")
        self._host, self._port = url.hostname, url.port or 25
        self._user = unquote(url.username or "")
        self._password = unquote(url.password or "")

    def send(self, message: EmailMessage) -> None:
        """See Mailer."""
        try:
            with smtplib.SMTP(self._host, self._port, timeout=_TIMEOUT_SECONDS) as server:
                server.ehlo()
                if server.has_extn("starttls"):
                    server.starttls(context=ssl.create_default_context())
                    server.ehlo()
                if self._user:
                    server.login(self._user, self._password)
                server.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            code, reply = next(iter(error.recipients.values()))
            raise _refusal(code, reply) from error
        except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
            raise _refusal(error.smtp_code, error.smtp_error) from error
        except smtplib.SMTPResponseException as error:
            raise MailRetryable(f"SMTP {error.smtp_code} before the mail was offered") from error
        except smtplib.SMTPNotSupportedError as error:
            raise MailPermanent(f"SMTP: {error}") from error
        except (smtplib.SMTPException, OSError) as error:
            raise MailRetryable(f"SMTP: {type(error).__name__}") from error


def _refusal(code: int, reply: bytes | str) -> MailRetryable | MailPermanent:
    """RFC 5321 4.2.1: 4yz may succeed later, 5yz never will as it stands.

    The reply's text may quote the recipient, so only its codes are kept.
    """
    words = reply.decode(errors="replace") if isinstance(reply, bytes) else reply
    first = words.split(" ", 1)[0]
    enhanced = first if first.replace(".", "").isdigit() else ""
    said = f"SMTP {code} {enhanced}".strip()
    return MailRetryable(said) if code < 500 else MailPermanent(said)
