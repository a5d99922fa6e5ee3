"""The port for the mail server."""

from email.message import EmailMessage
from typing import Protocol


class Mailer(Protocol):
    """Hands messages over for delivery; each has one recipient, `To`."""

    def send(self, message: EmailMessage) -> None:
        """Hands the message over. Raises MailRetryable or MailPermanent.

        MailboxUnavailable, which is retryable, says nothing of other recipients.
        """
