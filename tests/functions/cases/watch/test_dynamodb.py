"""The dates of cases in DynamoDB: the same reminders, and what a sweep asks of the table."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from functions.adapters.dynamodb.store import DynamoStore
from tests.conftest import StoppedClock, codec, on_store
from tests.functions.cases.watch.watched_cases import WatchedCases
from tests.helpers.desk.staff_directory import BANKER
from tests.helpers.servers.dynamodb_local import client_at

BANK, REFERENCE = "commercial-bank", "BNK-22222-22222"


@pytest.fixture
def requests() -> Counter[str]:
    """How often each operation was asked of the table."""
    return Counter()


@pytest.fixture
def in_table(
    watched: WatchedCases, clock: StoppedClock, dynamodb: str, table: str, requests: Counter[str]
) -> Iterator[WatchedCases]:
    """The cases of a table."""
    client: Any = client_at(dynamodb)
    client.meta.events.register(
        "before-call.dynamodb", lambda model, **_: requests.update([model.name])
    )
    store = DynamoStore(table, client, codec(clock))
    yield replace(watched, ports=on_store(watched.ports, store))
    store.close()


def test_each_stage_once(in_table: WatchedCases) -> None:
    """Near, on the last day and overdue, each once, with a sweep every three hours."""
    in_table.file(BANK, REFERENCE)
    in_table.act(REFERENCE, "classified", level="simple")
    end = in_table.clock.at + timedelta(days=17)
    sent = [each for each in in_table.until(end, timedelta(hours=3)) if each.to == BANKER]
    assert [each.subject.partition("：")[2] for each in sent] == [
        "即将到期 1 项",
        "今日到期 1 项",
        "逾期 1 项",
    ]
    summary = in_table.ports.lists.summary(REFERENCE)
    assert summary is not None
    assert len(summary.told) == 3


def test_idle_sweep(in_table: WatchedCases, requests: Counter[str]) -> None:
    """One question says that nothing is due; what was noted before is not asked again."""
    in_table.file(BANK, REFERENCE)
    in_table.sweep()
    in_table.sweep()
    requests.clear()
    in_table.sweep()
    assert requests == {"Query": 1}


def test_new_case(in_table: WatchedCases, requests: Counter[str]) -> None:
    """Ten more requests list a case and make it findable."""
    in_table.sweep()
    in_table.file(BANK, REFERENCE, phone="400-000-0000")
    requests.clear()
    in_table.sweep()
    idle = Counter({"Query": 1})
    assert requests - idle == {"GetItem": 6, "Query": 2, "TransactWriteItems": 2}
