"""The sweep lists new cases and old ones, passes over what it cannot read, and costs little."""

import json
import logging
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from functions.adapters.sqlite.store import SqliteStore
from functions.cases.watch.watching import bring_up_to_date, watch
from functions.model.case import CaseEvent, Tombstone
from functions.model.case_log import ActDetails, act_event, without_words
from functions.model.desk.summary import ALL, FILED
from functions.notify import send_new, work
from tests.functions.cases.watch.watched_cases import WatchedCases
from tests.helpers.lambdas import REFERENCE, event, store_filing

BANK = "commercial-bank"


@dataclass
class Noting:
    """Stands before a store and notes which of its methods are called."""

    store: object
    called: list[str] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        self.called.append(name)
        return getattr(self.store, name)


def noting(cases: WatchedCases) -> tuple[WatchedCases, list[str]]:
    """The same cases, and the calls of their store."""
    store: Any = Noting(cases.ports.store)
    ports = replace(cases.ports, store=store, outbox=store, counters=store, lists=store)
    return replace(cases, ports=ports), store.called


def change(tmp_path: Path, statement: str, *values: str) -> None:
    """Changes the store from outside."""
    with closing(sqlite3.connect(tmp_path / "ombud.db", isolation_level=None)) as db:
        db.execute("PRAGMA foreign_keys = ON")
        assert db.execute(statement, values).rowcount > 0


def listed(cases: WatchedCases, bucket: str = "open") -> list[str]:
    """The bank's cases in a list."""
    page = cases.ports.lists.listed(BANK, ALL, bucket)
    return [summary.reference for summary in page.found]


def test_new_case_is_listed_by_the_next_sweep(watched: WatchedCases) -> None:
    """Before, it is in no list."""
    watched.file(BANK, "BNK-1")
    assert listed(watched) == []
    watched.sweep()
    assert listed(watched) == ["BNK-1"]


def test_act_of_a_filer_is_listed_by_the_next_sweep(watched: WatchedCases) -> None:
    """Who withdraws is soon in the list of what is over."""
    watched.file(BANK, "BNK-1")
    watched.sweep()
    watched.act("BNK-1", "withdrawn")
    assert listed(watched, "over") == []
    watched.sweep()
    assert (listed(watched), listed(watched, "over")) == ([], ["BNK-1"])


def test_idle_sweep_costs_four_reads(watched: WatchedCases) -> None:
    """Whatever number of cases there is, none of which is due."""
    for number in range(30):
        watched.file(BANK, f"BNK-{number}")
    watched.sweep()
    same, called = noting(watched)
    assert same.sweep() == ()
    assert called == ["remembered", "remembered", "due_cases", "unlisted"]


def test_new_case_costs_six_requests(watched: WatchedCases) -> None:
    """Its summary, what it is found by, the case, its events, and the write of both."""
    watched.sweep()
    watched.file(BANK, "BNK-1")
    same, called = noting(watched)
    same.sweep()
    of_case = [name for name in called if name not in ("remembered", "due_cases", "unlisted")]
    assert of_case == ["summary", "case", "find_by", "case", "events", "summarise"]


def test_cases_of_an_earlier_release_get_their_summaries(
    watched: WatchedCases, tmp_path: Path
) -> None:
    """In batches, and with the reminders that they owe; one that was erased gets none."""
    for number in range(250):
        watched.file(BANK, f"BNK-{number:03}")
    level = act_event("classified", ActDetails(level="simple"), watched.clock.at)
    watched.ports.store.add_event("BNK-007", level, (), "level")  # as of before acts were chained
    tombstone = Tombstone(
        **watched.cases["BNK-008"].model_dump(include=set(Tombstone.model_fields)),
        erased_at=watched.clock.at,
    )
    watched.ports.store.erase(tombstone, without_words)
    change(tmp_path, "DELETE FROM summaries")
    watched.clock.forward(days=11)
    assert {line for sent in watched.sweep() for line in sent.lines if "·" in line} == {
        "BNK-007 · 投诉"
    }
    page = watched.ports.lists.listed(BANK, ALL, FILED, most=300)
    assert len(page.found) == 249
    assert watched.ports.lists.unlisted(10) == ()
    assert watched.ports.lists.summary("BNK-008") is None
    assert watched.sweep() == ()


@pytest.mark.parametrize("what", ["case", "contract"])
def test_case_that_cannot_be_read_keeps_no_other(
    watched: WatchedCases, tmp_path: Path, caplog: pytest.LogCaptureFixture, what: str
) -> None:
    """It is logged, and looked at again an hour later."""
    for name in ("BNK-1", "BNK-2"):
        watched.file(BANK, name)
        watched.act(name, "classified", level="simple")
    if what == "case":
        change(tmp_path, "UPDATE cases SET content = '1.0' WHERE reference = 'BNK-1'")
    else:
        text = json.dumps({**read_content(tmp_path, "BNK-1"), "contract": "0" * 32})
        change(tmp_path, "UPDATE cases SET content = ? WHERE reference = 'BNK-1'", text)
    watched.clock.forward(days=11)
    (sent,) = watched.sweep()[:1]
    assert "BNK-2 · 投诉" in sent.lines
    assert caplog.text.count("case BNK-1 is not watched") == 1
    watched.sweep()
    assert caplog.text.count("case BNK-1 is not watched") == 1
    watched.clock.forward(hours=1)
    watched.sweep()
    assert caplog.text.count("case BNK-1 is not watched") == 2


def read_content(tmp_path: Path, reference: str) -> dict[str, object]:
    """What is stored of a case."""
    with closing(sqlite3.connect(tmp_path / "ombud.db")) as db:
        (row,) = db.execute("SELECT content FROM cases WHERE reference = ?", (reference,))
    content: dict[str, object] = json.loads(row[0])
    return content


def test_unexpected_error_of_one_case(
    watched: WatchedCases, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The other cases are looked at; the sweep fails at its end, so that somebody is alarmed."""
    watched.file(BANK, "BNK-1")
    watched.file(BANK, "BNK-2")
    events = SqliteStore.events

    def broken(store: SqliteStore, reference: str) -> tuple[CaseEvent, ...]:
        if reference == "BNK-1":
            raise ZeroDivisionError
        return events(store, reference)

    monkeypatch.setattr(SqliteStore, "events", broken)
    with pytest.raises(ZeroDivisionError):
        watch(watched.ports)
    assert listed(watched) == ["BNK-2"]
    assert "case is not watched" in caplog.text
    assert watch(watched.ports) == 0


def test_delivered_notice_lists_the_case(watched: WatchedCases) -> None:
    """On AWS the stream's record of the notice does, before any sweep; again it costs two reads."""
    store_filing(watched.ports)
    send_new(event("stream_filing"), watched.ports)
    summary = watched.ports.lists.summary(REFERENCE)
    assert summary is not None
    assert summary.state == "received"
    same, called = noting(watched)
    bring_up_to_date(REFERENCE, same.ports)
    assert called == ["summary", "events"]


def test_summary_of_before_an_act_is_brought_up_to_date(watched: WatchedCases) -> None:
    """The record of the mail that tells staff of a filer's act makes it anew."""
    watched.file(BANK, "BNK-1")
    watched.sweep()
    watched.act("BNK-1", "withdrawn")
    bring_up_to_date("BNK-1", watched.ports)
    assert listed(watched, "over") == ["BNK-1"]


def test_case_without_a_contract_stays_due(
    watched: WatchedCases, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The mail of a case was sent all the same; the sweep lists it when its contract is back."""
    watched.file(BANK, "BNK-1")
    empty = tmp_path / "contracts"
    hidden = empty.rename(tmp_path / "elsewhere")
    bring_up_to_date("BNK-1", watched.ports)
    assert "case BNK-1 is not listed yet" in caplog.text
    hidden.rename(empty)
    watched.sweep()
    assert listed(watched) == ["BNK-1"]


def test_one_machine_lists_a_filing_within_a_second(
    watched: WatchedCases, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker goes round each second, and a round lists what was filed before it."""
    stop, seen = Event(), list[list[str]]()

    def pause(seconds: float | None = None) -> bool:
        assert seconds == 1
        seen.append(sorted(listed(watched)))
        if len(seen) == 3:
            stop.set()
        watched.file(BANK, f"BNK-{len(seen)}")
        return stop.is_set()

    monkeypatch.setattr(stop, "wait", pause)
    work(watched.ports, stop)
    assert seen == [[], ["BNK-1"], ["BNK-1", "BNK-2"]]


def test_log_names_no_person(watched: WatchedCases, caplog: pytest.LogCaptureFixture) -> None:
    """Lines about reminders have the Message-ID, and neither an address nor a name."""
    watched.file(BANK, "BNK-1")
    watched.act("BNK-1", "classified", level="simple")
    watched.clock.forward(days=11)
    with caplog.at_level(logging.INFO, "ombud"):
        assert len(watched.sweep()) == 1
    (record,) = [each for each in caplog.records if each.name == "ombud.watch"]
    assert record.getMessage() == "reminder sent"
    assert "@bank.example.com" not in str(record.__dict__)


def test_put_off_waits_until_then(watched: WatchedCases) -> None:
    """A case that is put off is due then; one that is put off for good is not, until an act."""
    lists = watched.ports.lists
    watched.file(BANK, "BNK-1")
    watched.file(BANK, "BNK-2")
    now = watched.clock.at
    lists.put_off("BNK-1", now + timedelta(hours=1))
    lists.put_off("BNK-2", None)
    assert lists.due_cases(now, 10) == ()
    assert lists.due_cases(now + timedelta(hours=1), 10) == ("BNK-1",)
    watched.act("BNK-2", "information", text="补充")
    assert lists.due_cases(now, 10) == ("BNK-2",)
