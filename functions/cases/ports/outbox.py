"""The port for the outbox: mails to send, each leased by one worker at a time."""

from datetime import datetime, timedelta
from typing import Protocol

from functions.model.mail import LeasedMail, OutboxMail

LONGEST_PAUSE = timedelta(hours=6)
"""The longest deferral; a mail that is due later was deferred while the clock ran fast."""


class Outbox(Protocol):
    """Mails, each stored in the same transaction as the event that causes it.

    Each method raises StoreUnavailable if a retry may help, else StoreError.
    """

    def lease_mails(self, now: datetime, until: datetime, most: int) -> tuple[LeasedMail, ...]:
        """Leases up to `most` due mails to this worker alone until `until`.

        A mail that cannot be read is leased as such, and the others are leased with it.

        On a self-hosted machine the clock may be set back: there a mail that is due later than
        LONGEST_PAUSE from now is due at once.
        """

    def lease_mail(
        self, reference: str, message_id: str, now: datetime, until: datetime
    ) -> LeasedMail | None:
        """Leases one mail until `until`; None if it is not owed or not due."""

    def owed_since(self) -> datetime | None:
        """When the oldest unsent mail was stored; None if there is none.

        The cost does not depend on the number of cases.
        """

    def owed_mails(self, since: datetime, most: int) -> int:
        """How many mails have been owed since that moment or longer, counted up to `most`."""

    def unreadable_mails(self, most: int) -> int:
        """How many of the `most` mails that are owed longest cannot be read."""

    def mail_sent(self, mail: OutboxMail, now: datetime) -> None:
        """Records that the mail was handed over."""

    def mail_deferred(self, mail: LeasedMail, again_at: datetime, reason: str) -> None:
        """Records a failed attempt and when to try again."""

    def mail_failed(
        self, mail: LeasedMail, now: datetime, reason: str, mails: tuple[OutboxMail, ...] = ()
    ) -> None:
        """Records that the mail will never be delivered, and stores `mails` instead of it.

        This is one transaction. Those of `mails` whose message_id the case already has are left
        out, as they are the same mails.
        """
