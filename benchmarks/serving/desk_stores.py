"""Fills stores with open cases of one organisation, as the adapters themselves would write them."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from functions.adapters.dynamodb.desk_items import (
    found_item,
    found_key,
    place_item,
    slots,
    summary_item,
)
from functions.adapters.dynamodb.items import case_item, epoch
from functions.adapters.dynamodb.store import DynamoStore
from functions.adapters.encryption.codec import Codec
from functions.adapters.encryption.moments import stamp
from functions.adapters.sqlite.store import SqliteStore
from functions.model.answers.submission import Submission
from functions.model.case import Case
from functions.model.desk.summary import CaseSummary, DueLimit
from tests.conftest import codec

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

FIRST = datetime(2026, 6, 1, tzinfo=UTC)
_CASES = 20_000
_BATCH = 25
_WRITERS = 4
_CASE = Case(
    reference="SEC-22222-22222",
    organisation="securities-brokerage",
    kind="complaint",
    contract="0" * 32,
    language="zh-CN",
    received_at=FIRST,
    retained_until=FIRST + timedelta(days=1096),
    submission=Submission(account="等了三个小时", name="李四", email="filer@example.com"),
)


def reference_of(number: int) -> str:
    """Returns the reference of a case."""
    return f"SEC-{number:010d}"


def hash_of(number: int) -> str:
    """Returns the hash that finds a case alone."""
    return sha256(f"{number}".encode()).hexdigest()[:32]


def case_of(number: int) -> Case:
    """Returns a case."""
    return _CASE.model_copy(update={"reference": reference_of(number)})


def summary_of(number: int) -> CaseSummary:
    """Returns the summary of a case: one is due each minute from 1 June 2026 on."""
    due = FIRST + timedelta(minutes=number)
    return CaseSummary(
        reference=reference_of(number),
        organisation=_CASE.organisation,
        kind="complaint",
        category="service-late",
        level=None,
        state="handling",
        waiting=False,
        received_at=FIRST - timedelta(days=30),
        answered_at=None,
        holders=("intake",),
        readers=("manager",),
        limits=(DueLimit(limit="reply", start=FIRST, due=due, exact=False),),
        next_due=due,
    )


@contextmanager
def fill_sqlite(path: Path, number: int) -> Iterator[SqliteStore]:
    """Yields a store of SQLite with that many open cases."""
    SqliteStore(str(path), _codec()).close()
    db = sqlite3.connect(path)
    db.execute("PRAGMA synchronous = OFF")  # this file need not survive a crash
    end = stamp(_CASE.retained_until)
    of_case: dict[str, Callable[[int], list[tuple[object, ...]]]] = {
        "cases": lambda n: [(n + 1, reference_of(n), _ENCRYPTING.case(case_of(n)), end)],
        "events": lambda n: [(n + 1, n + 1, stamp(FIRST), "received", "", "")],
        "summaries": lambda n: [(n + 1, _ENCRYPTING.summary(summary_of(n)), "", _due(n))],
        "listed": lambda n: [
            (_CASE.organisation, entry.holder, entry.bucket, entry.sort, n + 1)
            for entry in summary_of(n).entries
        ],
        "found_by": lambda n: [(hash_of(n), n + 1)],
    }
    for name, rows_of in of_case.items():
        values = ", ".join("?" * len(rows_of(0)[0]))
        for first in range(0, number, _CASES):
            numbers = range(first, min(first + _CASES, number))
            rows = [row for n in numbers for row in rows_of(n)]
            db.executemany(f"INSERT INTO {name} VALUES ({values})", rows)
        db.commit()
    db.close()
    store = SqliteStore(str(path), _codec())
    yield store
    store.close()


def fill_dynamodb(client: "DynamoDBClient", name: str, number: int) -> DynamoStore:
    """Returns a store in that table with as many open cases; what nobody asks for is left out."""

    def write(numbers: range) -> None:
        items = (item for n in numbers for item in _items(n))
        while batch := list(islice(items, _BATCH)):
            puts: Any = [{"PutRequest": {"Item": item}} for item in batch]
            while puts:
                answer = client.batch_write_item(RequestItems={name: puts})
                puts = answer["UnprocessedItems"].get(name)

    share = -(-number // _WRITERS)
    starts = range(0, number, share)
    with ThreadPoolExecutor(_WRITERS) as pool:
        list(pool.map(write, (range(n, min(n + share, number)) for n in starts)))
    return DynamoStore(name, client, _codec())


def _due(number: int) -> str:
    return stamp(FIRST + timedelta(minutes=number))


def _items(number: int) -> Iterator[dict[str, Any]]:
    reference, made = reference_of(number), summary_of(number)
    expires = epoch(_CASE.retained_until)
    yield case_item(case_of(number), _ENCRYPTING, f"{number}")
    places = slots(made.entries)
    yield summary_item(made, places, 0, made.next_due, expires, "0", _ENCRYPTING)
    yield found_item(reference, found_key(hash_of(number)), expires)
    for slot, entry in places.items():
        yield place_item(reference, slot, made.organisation, entry, expires)


def _codec() -> Codec:
    return codec(lambda: FIRST)


_ENCRYPTING = _codec()
