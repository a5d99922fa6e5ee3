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

    from functions.adapters.dynamodb.items import Item


class TableOutbox:
    """The outbox of the store in DynamoDB; see Outbox."""

    def __init__(self, table: Table, codec: Codec) -> None:
        self._table = table
        self._codec = codec

    def lease_mails(self, now: datetime, until: datetime, most: int) -> tuple[LeasedMail, ...]:
        """See Outbox. The index may lag behind the table, so only the lease decides."""
        due = sorted(
            (mail["due_at"]["S"], mail["sk"]["S"], mail["pk"]["S"])
            for shard in range(SHARDS)
            for mail in self._table.in_index(
                "owed-due",
                "owed = :owed AND due_at <= :until",
                most,
                owed=shard_key("OWED", shard),
                until=stamp(now),
            )
        )
        leased: list[LeasedMail] = []
        for _, sk, pk in due:
            if len(leased) == most:
                break
            if mail := self._lease(pk, sk, now, until):
                leased.append(mail)
        return tuple(leased)

    def lease_mail(
        self, reference: str, message_id: str, now: datetime, until: datetime
    ) -> LeasedMail | None:
        """See Outbox."""
        return self._lease(case_key(reference), mail_key(message_id), now, until)

    def owed_since(self) -> datetime | None:
        """See Outbox. The index may lag behind the table."""
        shards = (self._owed_longest(shard, 1) for shard in range(SHARDS))
        earliest = min((mail["owed_at"]["S"] for mails in shards for mail in mails), default=None)
        return datetime.fromisoformat(earliest) if earliest else None

    def owed_mails(self, since: datetime, most: int) -> int:
        """See Outbox. The index may lag behind the table."""
        condition, count = "owed = :owed AND owed_at <= :since", 0
        for shard in range(SHARDS):
            values = {"owed": shard_key("OWED", shard), "since": stamp(since)}
            if count < most:
                count += self._table.count_in_index("owed-since", condition, most - count, **values)
        return count

    def unreadable_mails(self, most: int) -> int:
        """See Outbox. The index may lag behind the table."""
        oldest = sorted(
            (mail["owed_at"]["S"], mail["pk"]["S"], mail["sk"]["S"])
            for shard in range(SHARDS)
            for mail in self._owed_longest(shard, most)
        )
        items = (self._table.get_whole(pk, sk) for _, pk, sk in oldest[:most])
        mails = (leased_mail(item, self._codec) for item in items if item)
        return sum(isinstance(mail, UnreadableMail) for mail in mails)

    def mail_sent(self, mail: OutboxMail, now: datetime) -> None:
        """See Outbox."""
        self._settle(mail, "sent", CaseEvent(at=now, type="mail_sent", detail=mail.type))

    def mail_deferred(self, mail: LeasedMail, again_at: datetime, reason: str) -> None:
        """See Outbox. A mail that another worker has settled meanwhile stays settled."""
        self._table.update(
            case_key(mail.reference),
            mail_key(mail.message_id),
            "SET due_at = :due_at, attempts = :attempts, reason = :reason",
            "attribute_exists(owed)",
            due_at=stamp(again_at),
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

    def _owed_longest(self, shard: int, most: int) -> "list[Item]":
        """Returns keys and `owed_at` of the mails of this shard that are owed longest."""
        owed = shard_key("OWED", shard)
        return self._table.in_index("owed-since", "owed = :owed", most, owed=owed)

    def _lease(self, pk: str, sk: str, now: datetime, until: datetime) -> LeasedMail | None:
        """Moves the mail's due time to `until`; None if it is not due.

        The random `lease` lets a repeated request recognise its own lease after a lost reply.
        """
        leased = self._table.update(
            pk,
            sk,
            "SET due_at = :until, lease = :lease",
            "attribute_exists(owed) AND (due_at <= :now OR lease = :lease)",
            now=stamp(now),
            until=stamp(until),
            lease=token_hex(8),
        )
        return leased_mail(leased, self._codec) if leased else None

    def _settle(
        self, mail: LeasedMail, outcome: str, event: CaseEvent, mails: tuple[OutboxMail, ...] = ()
    ) -> None:
        """Settles a mail and adds the event to its case, unless the mail is deleted meanwhile."""
        pk, sk = case_key(mail.reference), mail_key(mail.message_id)
        stored = self._table.get(pk, sk, "expires")
        if stored is None:
            return
        expires = int(stored["expires"]["N"])
        settle_mail = self._table.change(
            pk,
            sk,
            "SET outcome = :outcome, attempts = :attempts, reason = :reason, "
            "settled_at = :settled_at "
            "REMOVE owed, due_at, lease",
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
