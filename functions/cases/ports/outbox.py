"""The port of the outbox: the mails that cases owe, each leased by one worker at a time."""

from datetime import datetime, timedelta
from typing import Protocol

from functions.model.mail import OutboxMail

LONGEST_PAUSE = timedelta(hours=6)
"""No mail is put off by more: one that is due later was put off by a clock that ran ahead."""


class Outbox(Protocol):
    """Mails that were stored in the same transaction as what causes them.

    Each method raises StoreUnavailable where trying again later may help, else StoreError.
    """

    def lease_mails(self, now: datetime, until: datetime, most: int) -> tuple[OutboxMail, ...]:
        """Takes up to `most` due mails for this worker alone until `until`.

        On a machine of one's own the clock may be put back: there a mail that is due later
        than LONGEST_PAUSE from now is due at once.
        """

    def lease_mail(
        self, reference: str, message_id: str, now: datetime, until: datetime
    ) -> OutboxMail | None:
        """The same for one mail: it if it is owed and due, leased until `until`; else None."""

    def owed_since(self) -> datetime | None:
        """Since when the mail that waits longest is owed; None where none is.

        It costs the same however many cases there are.
        """

    def mail_sent(self, mail: OutboxMail, now: datetime) -> None:
        """Records that the mail was handed over."""

    def mail_deferred(self, mail: OutboxMail, again_at: datetime, reason: str) -> None:
        """Records a failed attempt and when to try again."""

    def mail_failed(
        self, mail: OutboxMail, now: datetime, reason: str, mails: tuple[OutboxMail, ...] = ()
    ) -> None:
        """Records that the mail will never be delivered, and owes `mails` in its stead.

        One transaction. Of `mails`, those whose message_id the case owes or owed already are
        left out: they are the same mails.
        """
