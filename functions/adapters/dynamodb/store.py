"""Stores cases in one DynamoDB table, each filing in one transaction.

See docs/decisions/0008-one-table.md. What only commands and tidying do is imported when they do it.
"""

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, cast

from botocore import __version__ as botocore_version
from botocore.config import Config

from functions.adapters.aws import session
from functions.adapters.dynamodb.acts import TableActs
from functions.adapters.dynamodb.attempts import ConditionFailed
from functions.adapters.dynamodb.counters import (
    current_count,
    increment,
    quota_items,
    spent_quota,
    use_quotas,
)
from functions.adapters.dynamodb.desk_items import due_place
from functions.adapters.dynamodb.items import (
    KEY_CHECK,
    case_item,
    case_key,
    epoch,
    item,
    key_item,
    mail_item,
    mail_key,
    mail_record,
    order_events,
    read,
)
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
from functions.model.errors import StoreUncertain
from functions.model.mail import MailRecord, OutboxMail

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

    from functions.adapters.dynamodb.items import Item


_PROBE = "PROBE"
"""The key of the item that a readiness check writes."""


def dynamodb_client() -> "DynamoDBClient":
    """Returns a client that tries once, with short timeouts; Attempts repeats the requests.

    It leaves it to DynamoDB to refuse a request that is not well formed: to look at each value
    before takes a tenth of a filing. botocore puts together who asks twice for each request, of
    thirty parts, unless it is told.
    """
    config = Config(
        connect_timeout=1,
        read_timeout=3,
        retries={"total_max_attempts": 1},
        parameter_validation=False,
        user_agent=f"Botocore/{botocore_version}",
    )
    return cast("DynamoDBClient", session().create_client("dynamodb", config=config))


class DynamoStore(TableActs):
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
        reference, gone = case.reference, "-"
        while True:
            failed = self._accept(case, mails, idempotency, quotas, gone)
            if failed is None:
                return Stored()
            stored_key = failed.items[0]
            if stored_key is None:
                counts = failed.items[len(failed.items) - quota_items(quotas) :]
                spent = spent_quota(quotas, counts)
                return Spent(spent) if spent else ReferenceTaken()
            if (gone := stored_key["reference"]["S"]) == reference:
                return Stored()
            if stored_key["fingerprint"]["S"] != idempotency.fingerprint:
                return KeyReused()
            if (earlier := self.case(gone)) is not None:
                return Repeated(earlier)

    def _accept(
        self,
        case: Case,
        mails: tuple[OutboxMail, ...],
        idempotency: Idempotency,
        quotas: tuple[Quota, ...],
        gone: str,
    ) -> ConditionFailed | None:
        """Stores a filing; a key that has expired, or is that of the case `gone`, is free."""
        table, codec, expires = self._table, self._codec, epoch(case.retained_until)
        reference, stored_at = case.reference, case.stored_at
        new_case = case_item(case, codec, idempotency.key) | item(**due_place(reference, stored_at))
        return table.write(
            # DynamoDB deletes expired items days late, so an expired one counts as gone.
            table.put_if(
                key_item(idempotency, reference),
                "attribute_not_exists(pk) OR expires_at <= :now OR #reference = :gone",
                now=stamp(stored_at),
                gone=gone,
            ),
            table.put_new(new_case),
            *(table.put(mail_item(mail, stored_at, expires, codec)) for mail in mails),
            *use_quotas(table, quotas),
            lost=StoreUncertain,
        )

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
        return tuple(read() for _, read in self._events(reference, *self._history(reference)))

    def all_events(self, reference: str) -> tuple[CaseEvent | Unreadable, ...]:
        """See CaseStore."""
        return tuple(each_readable(self._events(reference, *self._history(reference))))

    def case_with_events(self, reference: str) -> tuple[Case | None, tuple[CaseEvent, ...]]:
        """See CaseStore. It is one request."""
        stored, events = self._history(reference)
        case = self._codec.read_case(stored["content"]["S"], reference) if stored else None
        if case is None:
            return None, ()
        return case, tuple(read() for _, read in self._events(reference, stored, events))

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
        from functions.adapters.dynamodb.purge import erase_items

        erase_items(self._table, tombstone, keep, self._codec)

    def erased(self, reference: str) -> Tombstone | None:
        """See CaseStore."""
        stored = self._table.get(case_key(reference), "CASE", "content")
        return self._codec.read_tombstone(stored["content"]["S"], reference) if stored else None

    def ended(self, now: datetime, most: int = 100) -> tuple[str, ...]:
        """See CaseStore. An index has them: DynamoDB's time to live deletes the same, days later,
        but not the files.
        """
        from functions.adapters.dynamodb.purge import ended_cases

        return ended_cases(self._table, now, most)

    def expire(self, now: datetime, references: tuple[str, ...] | None = None) -> int:
        """See CaseStore. Leaves keys and counts to DynamoDB's time to live."""
        from functions.adapters.dynamodb.purge import expire_items

        return expire_items(self._table, now, references)

    def rekey(self) -> Rekeyed:
        """See CaseStore."""
        from functions.adapters.dynamodb.rekey import rekey_items

        return rekey_items(self._table, self._codec)

    def increment(self, key: str, expires_at: datetime, by: int = 1) -> int:
        """See Counters. A lost reply may count twice, which only slows down a guesser."""
        return increment(self._table, key, self._codec.now(), expires_at, by)

    def current_count(self, key: str) -> int:
        """See Counters."""
        return current_count(self._table, key, self._codec.now())

    def _history(self, reference: str) -> "tuple[Item | None, list[Item]]":
        """Returns the item of a case, if it is there, and those of its events in order."""
        stored = self._table.between(case_key(reference), "CASE", "EVENT#~")
        case = next((row for row in stored if row["sk"]["S"] == "CASE"), None)
        return case, order_events([row for row in stored if row["sk"]["S"].startswith("EVENT#")])

    def _events(
        self, reference: str, case: "Item | None", events: "list[Item]"
    ) -> "Iterator[tuple[str, Callable[[], CaseEvent]]]":
        """Yields what each event is and how it is read.

        The first of a case follows from the case; earlier releases stored it, too.
        """
        if case and not any(event["type"]["S"] == "received" for event in events):
            first = partial(self._codec.received, case["content"]["S"], reference)
            yield "the first event", first
        for event in events:
            yield f"event {event['sk']['S']}", partial(self._read_event, reference, event)

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
