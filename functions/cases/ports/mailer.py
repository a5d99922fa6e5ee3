"""The port of the mail server."""

from email.message import EmailMessage
from typing import Protocol


class Mailer(Protocol):
    """Hands one message over to whoever delivers it; it has one recipient, `To`."""

    def send(self, message: EmailMessage) -> None:
        """Raises MailRetryable or MailPermanent."""
