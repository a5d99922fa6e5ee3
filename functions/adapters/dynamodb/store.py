"""Stores cases in one DynamoDB table, each filing in one transaction.

See docs/decisions/0008-one-table.md.
"""

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from secrets import token_hex
from typing import TYPE_CHECKING, cast

from botocore.config import Config

from functions.adapters.aws import session
from functions.adapters.dynamodb.items import (
    KEY_CHECK,
    case_item,
    case_key,
    epoch,
    event_item,
    item,
    key_item,
    mail_item,
    mail_key,
    mail_record,
    once_item,
    read,
)
from functions.adapters.dynamodb.outbox import TableOutbox
from functions.adapters.dynamodb.purge import delete_expired_items, erase_items
from functions.adapters.dynamodb.rekey import rekey_items
from functions.adapters.dynamodb.table import Table
from functions.adapters.encryption.codec import Codec, each_readable
from functions.adapters.encryption.moments import stamp
from functions.cases.ports.case_store import (
    Idempotency,
    KeyReused,
    ReferenceTaken,
    Rekeyed,
    Repeated,
    Spent,
    Stored,
)
from functions.cases.ports.counters import Quota
from functions.model.case import Case, CaseEvent, Tombstone, Unreadable
from functions.model.errors import StoreError, StoreUncertain
from functions.model.mail import MailRecord, OutboxMail

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

    from functions.adapters.dynamodb.items import Item


_PROBE = "PROBE"
"""The key of the item that a readiness check writes."""


def dynamodb_client() -> "DynamoDBClient":
    """Returns a client that tries once, with short timeouts; Attempts repeats the requests."""
    config = Config(connect_timeout=1, read_timeout=3, retries={"total_max_attempts": 1})
    return cast("DynamoDBClient", session().create_client("dynamodb", config=config))


class DynamoStore(TableOutbox):
    """Stores cases in a table of DynamoDB. Every request is idempotent."""

    def __init__(
        self,
        table: str,
        client: "DynamoDBClient",
        codec: Codec,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        super().__init__(Table(table, client, sleep), codec)

    def accept(
        self,
        case: Case,
        mails: tuple[OutboxMail, ...],
        idempotency: Idempotency,
        quotas: tuple[Quota, ...] = (),
    ) -> Stored | Repeated | KeyReused | ReferenceTaken | Spent:
        """See CaseStore.

        If the reply of a successful attempt is lost, the next attempt finds its own reference
        under the idempotency key: the filing is stored.
        """
        table, codec, expires = self._table, self._codec, epoch(case.retained_until)
        received = CaseEvent(at=case.received_at, type="received", detail="")
        failed = table.write(
            table.put_unless_kept(key_item(idempotency, case.reference), stamp(case.received_at)),
            table.put_new(case_item(case, codec)),
            table.put(event_item(case.reference, received, "", expires, codec)),
            *(table.put(mail_item(mail, case.received_at, expires, codec)) for mail in mails),
            *(self._use_quota(quota) for quota in quotas),
            lost=StoreUncertain,
        )
        if failed is None:
            return Stored()
        stored_key = failed.items[0]
        if stored_key is None:
            counts = failed.items[len(failed.items) - len(quotas) :]
            spent = (quota for quota, count in zip(quotas, counts, strict=True) if count)
            return next((Spent(quota) for quota in spent), ReferenceTaken())
        reference = stored_key["reference"]["S"]
        if reference == case.reference:
            return Stored()
        if stored_key["fingerprint"]["S"] != idempotency.fingerprint:
            return KeyReused()
        earlier = self.case(reference)
        if earlier is None:
            raise StoreError("DynamoDB: an idempotency key names a case that is gone")
        return Repeated(earlier)

    def case(self, reference: str) -> Case | None:
        """See CaseStore."""
        stored = self._table.get(case_key(reference), "CASE", "content")
        return self._codec.read_case(stored["content"]["S"], reference) if stored else None

    def cases(self) -> Iterator[Case | Unreadable]:
        """See CaseStore."""
        stored = (
            (item["pk"]["S"].removeprefix(case_key("")), item["content"]["S"])
            for item in self._table.scan("sk = :sk", sk="CASE")
        )
        for case in each_readable(
            (f"case {reference}", partial(self._codec.read_case, content, reference))
            for reference, content in stored
        ):
            if case is not None:
                yield case

    def events(self, reference: str) -> tuple[CaseEvent, ...]:
        """See CaseStore."""
        items = self._table.beginning_with(case_key(reference), "EVENT#")
        return tuple(self._read_event(reference, event) for event in items)

    def all_events(self, reference: str) -> tuple[CaseEvent | Unreadable, ...]:
        """See CaseStore."""
        items = self._table.beginning_with(case_key(reference), "EVENT#")
        return tuple(
            each_readable(
                (f"event {event['sk']['S']}", partial(self._read_event, reference, event))
                for event in items
            )
        )

    def mails(self, reference: str) -> tuple[MailRecord | Unreadable, ...]:
        """See CaseStore."""
        items = self._table.beginning_with(case_key(reference), mail_key(""))
        return tuple(
            each_readable(
                (f"mail {stored['sk']['S']}", partial(mail_record, stored, self._codec))
                for stored in items
            )
        )

    def erase(self, tombstone: Tombstone, keep: Callable[[CaseEvent], CaseEvent]) -> None:
        """See CaseStore. Recovery and stream keep the data longer; the operator says how long."""
        erase_items(self._table, tombstone, keep, self._codec)

    def erased(self, reference: str) -> Tombstone | None:
        """See CaseStore."""
        stored = self._table.get(case_key(reference), "CASE", "content")
        return self._codec.read_tombstone(stored["content"]["S"], reference) if stored else None

    def expire(self, now: datetime) -> int:
        """See CaseStore. DynamoDB's time to live does the same, days later."""
        return delete_expired_items(self._table, now)

    def rekey(self) -> Rekeyed:
        """See CaseStore."""
        return rekey_items(self._table, self._codec)

    def add_event(
        self,
        reference: str,
        event: CaseEvent,
        mails: tuple[OutboxMail, ...],
        key: str,
        due_at: datetime | None = None,
        quotas: tuple[Quota, ...] = (),
    ) -> bool | Spent:
        """See CaseStore. Adds nothing to a case that is gone."""
        case = self.case(reference)
        if case is None:
            return False
        expires, mark = epoch(case.retained_until), token_hex(8)
        writes = (
            self._table.put_new(once_item(reference, key, mark, expires)),
            self._table.put(event_item(reference, event, key, expires, self._codec)),
            *(self._use_quota(quota) for quota in quotas),
        )
        failed = self.write_and_owe(writes, mails, due_at or event.at, expires)
        if failed is None:
            return True
        if (earlier := failed.items[0]) is not None:
            return earlier["mark"]["S"] == mark
        counts = failed.items[len(writes) - len(quotas) : len(writes)]
        return next(Spent(quota) for quota, count in zip(quotas, counts, strict=True) if count)

    def increment(self, key: str, expires_at: datetime, by: int = 1) -> int:
        """See Counters. A lost reply may count twice, which only slows down a guesser."""
        now = self._codec.now()
        ends = "SET expires_at = :expires_at, expires = :expires"
        while True:  # an expired count restarts; repeat if another request was faster
            for change, condition in (
                (f"{ends} ADD used :added", "attribute_not_exists(pk) OR expires_at > :now"),
                (f"{ends}, used = :added", "expires_at <= :now"),
            ):
                counter = self._table.update(
                    f"COUNT#{key}",
                    "COUNT",
                    change,
                    condition,
                    now=stamp(now),
                    added=by,
                    expires_at=stamp(expires_at),
                    expires=epoch(expires_at),
                )
                if counter is not None:
                    return int(counter["used"]["N"])

    def _use_quota(self, quota: Quota) -> "TransactWriteItemTypeDef":
        """Part of a transaction: adds one to the quota, and fails if it is spent."""
        return self._table.change(
            f"QUOTA#{quota.key}",
            "QUOTA",
            "SET expires = :expires ADD used :one",
            "attribute_not_exists(pk) OR used < :most",
            one=1,
            most=quota.most,
            expires=epoch(quota.ends),
        )

    def _read_event(self, reference: str, stored: "Item") -> CaseEvent:
        return self._codec.read_event(reference, read(CaseEvent, stored))

    def check_key(self) -> None:
        """See CaseStore."""
        if stored := self._table.get(KEY_CHECK, KEY_CHECK, "content"):
            self._codec.verify_key(stored["content"]["S"])
            return
        new = item(pk=KEY_CHECK, sk=KEY_CHECK, content=self._codec.key_check())
        self._table.write(self._table.put_new(new))

    def probe(self) -> None:
        """See CaseStore. Writes and reads an item of its own, which expires within days."""
        self.check_key()
        text = self._codec.key_check()
        expires = epoch(self._codec.now() + timedelta(days=1))
        probe = item(pk=_PROBE, sk=_PROBE, content=text, expires=expires)
        self._table.write(self._table.put(probe))
        stored = self._table.get(_PROBE, _PROBE, "content")
        self._codec.verify_key(stored["content"]["S"] if stored else "")

    def look_for_damage(self) -> None:
        """See CaseStore. DynamoDB checks its own pages."""

    def ping(self) -> None:
        """See CaseStore."""
        self._table.get("PING", "PING", "pk")

    def close(self) -> None:
        """See CaseStore."""
        self._table.close()
