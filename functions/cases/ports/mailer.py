"""The port for the mail server."""

from email.message import EmailMessage
from typing import Protocol, runtime_checkable


class Mailer(Protocol):
    """Hands messages over for delivery; each has one recipient, `To`."""

    def send(self, message: EmailMessage) -> None:
        """Hands the message over. Raises MailRetryable or MailPermanent.

        MailboxUnavailable, which is retryable, says nothing of other recipients.
        """


@runtime_checkable
class ProvableMailer(Mailer, Protocol):
    """A mailer that can be tried without a mail."""

    def prove(self, sender: str) -> tuple[str, ...]:
        """Connects, logs in and offers a mail of the sender, and takes it back.

        Returns sentences on what a person should know although mails are sent. Raises MailError.
        """
