"""Leases, defers and settles the mails of cases in DynamoDB, and adds new ones."""

from datetime import datetime
from secrets import token_hex
from typing import TYPE_CHECKING

from functions.adapters.dynamodb.attempts import ConditionFailed
from functions.adapters.dynamodb.items import (
    SHARDS,
    case_key,
    event_item,
    leased_mail,
    mail_item,
    mail_key,
    shard_key,
)
from functions.adapters.dynamodb.table import Table
from functions.adapters.encryption.codec import Codec
from functions.adapters.encryption.moments import stamp
from functions.model.case import CaseEvent
from functions.model.mail import LeasedMail, OutboxMail, UnreadableMail

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef


OWED_DUE, OWED_SINCE = "owed-due", "owed-since"
"""The sparse indexes of owed mails: by when they are due, and by when those that were not sent at
first began to wait."""

MOMENTS = {OWED_DUE: "due_at", OWED_SINCE: "owed_at"}
"""The moment that an index has its mails in order of."""

LAST = "~"
"""Sorts behind every moment."""

_FEW = 500
"""So many owed mails are read at once, some 90 KB; where more are owed, each shard is asked."""

_Place = tuple[str, str, str]
"""A moment, `sk` and `pk` of a mail."""


class TableOutbox:
    """The outbox of the store in DynamoDB; see Outbox."""

    def __init__(self, table: Table, codec: Codec) -> None:
        self._table = table
        self._codec = codec
        self._ends: dict[str, int] = {}
        """When each leased mail is deleted with its case, by Message-ID, so that whoever settles it
        need not ask."""

    def lease_mails(self, now: datetime, until: datetime, most: int) -> tuple[LeasedMail, ...]:
        """See Outbox. The index may lag behind the table, so only the lease decides.

        Whatever was not sent at first waits from then on: a worker that dies with a mail tells
        nobody.
        """
        leased: list[LeasedMail] = []
        for due_at, sk, pk in self._first(OWED_DUE, most, until=stamp(now)):
            if len(leased) == most:
                break
            if mail := self._lease(pk, sk, now, until, waits_since=due_at):
                leased.append(mail)
        return tuple(leased)

    def lease_mail(
        self, reference: str, message_id: str, now: datetime, until: datetime
    ) -> LeasedMail | None:
        """See Outbox."""
        return self._lease(case_key(reference), mail_key(message_id), now, until)

    def owed_since(self) -> datetime | None:
        """See Outbox. The index may lag behind the table. Without owed mails it is one request."""
        if not (due := self._first(OWED_DUE, 1)):
            return None
        earliest, _, _ = min((due[0], *self._first(OWED_SINCE, 1)[:1]))
        return datetime.fromisoformat(earliest)

    def owed_mails(self, since: datetime, most: int) -> int:
        """See Outbox. The index may lag behind the table."""
        return len(self._owed_longest(most, until=stamp(since))[:most])

    def unreadable_mails(self, most: int) -> int:
        """See Outbox. The index may lag behind the table."""
        items = (self._table.get_whole(pk, sk) for _, sk, pk in self._owed_longest(most)[:most])
        mails = (leased_mail(item, self._codec) for item in items if item)
        return sum(isinstance(mail, UnreadableMail) for mail in mails)

    def mail_sent(self, mail: OutboxMail, now: datetime) -> None:
        """See Outbox."""
        self._settle(mail, "sent", CaseEvent(at=now, type="mail_sent", detail=mail.type))

    def mail_deferred(self, mail: LeasedMail, again_at: datetime, reason: str) -> None:
        """See Outbox. A mail that another worker has settled meanwhile stays settled."""
        self._ends.pop(mail.message_id, None)
        self._table.update(
            case_key(mail.reference),
            mail_key(mail.message_id),
            "SET due_at = :due_at, attempts = :attempts, reason = :reason, "
            "owed_at = if_not_exists(owed_at, :now)",
            "attribute_exists(owed)",
            due_at=stamp(again_at),
            now=stamp(self._codec.now()),
            attempts=mail.attempts + 1,
            reason=self._codec.reason(mail, reason),
        )

    def mail_failed(
        self, mail: LeasedMail, now: datetime, reason: str, mails: tuple[OutboxMail, ...] = ()
    ) -> None:
        """See Outbox."""
        event = CaseEvent(at=now, type="mail_failed", detail=f"{mail.type}: {reason}")
        self._settle(mail, "failed", event, mails)

    def write_and_owe(
        self,
        writes: "tuple[TransactWriteItemTypeDef, ...]",
        mails: tuple[OutboxMail, ...],
        due_at: datetime,
        expires: int,
    ) -> ConditionFailed | None:
        """Writes all, and adds those of the mails that the case never owed before.

        Repeats the transaction without the mails that are there. Returns the failed condition if
        one of `writes` is refused; then nothing is written.
        """
        while True:
            new = (
                self._table.put_new(mail_item(mail, due_at, expires, self._codec)) for mail in mails
            )
            failed = self._table.write(*writes, *new)
            if failed is None or any(failed.refused[: len(writes)]):
                return failed
            stored = failed.items[len(writes) :]
            mails = tuple(mail for mail, item in zip(mails, stored, strict=True) if item is None)

    def _owed_longest(self, most: int, until: str = LAST) -> list[_Place]:
        """Returns the mails that are owed longest, at least `most` of them or all, in order.

        One that waits is owed for longer than its due time tells.
        """
        waiting = self._first(OWED_SINCE, most, until)
        known = {place[1:] for place in waiting}
        fresh = [mail for mail in self._first(OWED_DUE, most, until) if mail[1:] not in known]
        return sorted((*waiting, *fresh))

    def _first(self, index: str, most: int, until: str = LAST) -> list[_Place]:
        """Returns the first entries of an index in order: at least `most` of them, or all.

        The index has owed mails alone, mostly none, so one look at all of it is less than a
        question to each shard. Only where many are owed each shard is asked.
        """
        found, is_all = self._table.scan_index(index, _FEW)
        moment = MOMENTS[index]
        if not is_all:
            found = [
                mail
                for shard in range(SHARDS)
                for mail in self._table.in_index(
                    index,
                    f"owed = :owed AND {moment} <= :until",
                    most,
                    owed=shard_key("OWED", shard),
                    until=until,
                )
            ]
        places = ((mail[moment]["S"], mail["sk"]["S"], mail["pk"]["S"]) for mail in found)
        return sorted(place for place in places if place[0] <= until)

    def _lease(
        self, pk: str, sk: str, now: datetime, until: datetime, waits_since: str = ""
    ) -> LeasedMail | None:
        """Moves the mail's due time to `until`; None if it is not due.

        The random `lease` lets a repeated request recognise its own lease after a lost reply.
        """
        waits = ", owed_at = if_not_exists(owed_at, :since)" if waits_since else ""
        leased = self._table.update(
            pk,
            sk,
            f"SET due_at = :until, lease = :lease{waits}",
            "attribute_exists(owed) AND (due_at <= :now OR lease = :lease)",
            now=stamp(now),
            until=stamp(until),
            lease=token_hex(8),
            **({"since": waits_since} if waits_since else {}),
        )
        if leased is None:
            return None
        mail = leased_mail(leased, self._codec)
        self._ends[mail.message_id] = int(leased["expires"]["N"])
        return mail

    def _settle(
        self, mail: LeasedMail, outcome: str, event: CaseEvent, mails: tuple[OutboxMail, ...] = ()
    ) -> None:
        """Settles a mail and adds the event to its case, unless the mail is deleted meanwhile."""
        pk, sk = case_key(mail.reference), mail_key(mail.message_id)
        if (expires := self._ends.pop(mail.message_id, None)) is None:
            stored = self._table.get(pk, sk, "expires")
            if stored is None:
                return
            expires = int(stored["expires"]["N"])
        settle_mail = self._table.change(
            pk,
            sk,
            "SET outcome = :outcome, attempts = :attempts, reason = :reason, "
            "settled_at = :settled_at "
            "REMOVE owed, due_at, owed_at, lease",
            "attribute_exists(pk)",
            outcome=outcome,
            attempts=mail.attempts + 1,
            reason=self._codec.reason(mail, event.detail if outcome == "failed" else ""),
            settled_at=stamp(event.at),
        )
        add_event = self._table.put(
            event_item(mail.reference, event, mail.message_id, expires, self._codec)
        )
        self.write_and_owe((settle_mail, add_event), mails, event.at, expires)
