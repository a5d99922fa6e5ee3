"""What is SQLite's own about its store: a file that somebody else holds."""

import sqlite3
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from functions.adapters.sqlite import database
from functions.adapters.sqlite.schema import foreign_objects, open_database
from functions.adapters.sqlite.store import SqliteStore
from functions.cases.desk.index import refresh
from functions.cases.ports.case_store import Repeated, Spent, Stored
from functions.cases.ports.counters import Quota
from functions.cases.ports.ports import Ports
from functions.cases.subject_rights import cases_of, erase_case
from functions.model.answers.submission import Submission
from functions.model.case import CaseEvent
from functions.model.desk.summary import ALL
from functions.model.errors import StoreError, StoreUnavailable
from functions.notify import work
from tests.conftest import MORNING, codec, on_store
from tests.functions.adapters.test_desk_store import summary
from tests.functions.adapters.test_store import DAY, HOUR, case, key, mail


def test_locked_file_is_unavailable_until_it_is_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process's lock stores nothing and may be waited out; afterwards all is well."""
    monkeypatch.setattr(database, "_BUSY_SECONDS", 0.05)
    path = str(tmp_path / "ombud.db")
    store = SqliteStore(path, codec())
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreUnavailable, match="locked"):
        store.accept(case(), (mail(1),), key())
    with pytest.raises(StoreUnavailable):
        store.lease_mails(MORNING, MORNING + HOUR, 10)
    other.execute("ROLLBACK")
    assert store.accept(case(), (mail(1),), key()) == Stored()
    other.close()
    store.close()


@pytest.mark.parametrize("error", [StoreUnavailable("SQLite: database is locked"), ValueError()])
def test_worker_outlives_what_fails(
    error: Exception, ports: Ports, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mail worker tries again after a pause, whatever failed."""
    stop = Event()
    tries: list[int] = []

    def drain(_: Ports) -> int:
        tries.append(len(tries))
        if len(tries) == 2:
            stop.set()
            return 0
        raise error

    monkeypatch.setattr("functions.notify.drain", drain)
    monkeypatch.setattr("functions.notify._PAUSE_SECONDS", 0.01)
    work(ports, stop)
    assert tries == [0, 1]


_TO_5 = """
DROP TABLE summaries; DROP TABLE listed; DROP TABLE found_by; DROP TABLE looks; DROP TABLE revoked;
DROP TABLE totals;
ALTER TABLE events DROP COLUMN link;
PRAGMA user_version = 5;
"""
"""Makes of a store what version 5 of its tables was."""

_TO_4 = "DROP TABLE about; PRAGMA user_version = 4;"
_TO_3 = """
DROP INDEX counters_by_end;
ALTER TABLE counters RENAME TO failures;
CREATE INDEX failures_by_end ON failures (expires_at);
PRAGMA user_version = 3;
"""
_TO_2 = """
DROP INDEX cases_by_end; DROP INDEX events_of_case; DROP INDEX outbox_due; DROP INDEX outbox_owed;
DROP INDEX outbox_of_case; DROP INDEX idempotency_of_case; DROP INDEX failures_by_end;
CREATE TABLE then_cases (
    reference TEXT PRIMARY KEY, content TEXT NOT NULL, retained_until TEXT NOT NULL
) WITHOUT ROWID, STRICT;
INSERT INTO then_cases SELECT reference, content, retained_until FROM cases;
CREATE INDEX cases_by_end ON then_cases (retained_until);
CREATE TABLE then_events (
    id INTEGER PRIMARY KEY, reference TEXT NOT NULL REFERENCES then_cases ON DELETE CASCADE,
    at TEXT NOT NULL, type TEXT NOT NULL, detail TEXT NOT NULL
) STRICT;
INSERT INTO then_events SELECT e.id, reference, at, type, detail
    FROM events e JOIN cases c ON c.id = case_id;
CREATE INDEX events_of_case ON then_events (reference, id);
CREATE TABLE then_event_keys (
    reference TEXT NOT NULL REFERENCES then_cases ON DELETE CASCADE, key TEXT NOT NULL,
    PRIMARY KEY (reference, key)
) WITHOUT ROWID, STRICT;
INSERT INTO then_event_keys SELECT reference, key FROM event_keys JOIN cases c ON c.id = case_id;
CREATE TABLE then_outbox (
    message_id TEXT PRIMARY KEY, reference TEXT NOT NULL REFERENCES then_cases ON DELETE CASCADE,
    type TEXT NOT NULL, recipient TEXT NOT NULL, language TEXT NOT NULL,
    attempts INTEGER NOT NULL, due_at TEXT, state TEXT NOT NULL, reason TEXT NOT NULL,
    settled_at TEXT, owed_at TEXT
) WITHOUT ROWID, STRICT;
INSERT INTO then_outbox SELECT message_id, reference, type, recipient, language, attempts, due_at,
    state, reason, settled_at, owed_at FROM outbox JOIN cases c ON c.id = case_id;
CREATE INDEX outbox_owed ON then_outbox (owed_at) WHERE state = 'owed';
CREATE TABLE then_idempotency (
    key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL,
    reference TEXT NOT NULL REFERENCES then_cases ON DELETE CASCADE, expires_at TEXT NOT NULL
) WITHOUT ROWID, STRICT;
INSERT INTO then_idempotency SELECT key, fingerprint, reference, expires_at
    FROM idempotency JOIN cases c ON c.id = case_id;
CREATE TABLE then_quotas (
    key TEXT PRIMARY KEY, count INTEGER NOT NULL, expires_at TEXT NOT NULL
) WITHOUT ROWID, STRICT;
INSERT INTO then_quotas SELECT key, count, expires_at FROM quotas;
CREATE INDEX quotas_by_end ON then_quotas (expires_at);
DROP TABLE event_keys; DROP TABLE events; DROP TABLE outbox; DROP TABLE idempotency;
DROP TABLE quotas; DROP TABLE cases;
ALTER TABLE then_cases RENAME TO cases; ALTER TABLE then_events RENAME TO events;
ALTER TABLE then_event_keys RENAME TO event_keys; ALTER TABLE then_outbox RENAME TO outbox;
ALTER TABLE then_idempotency RENAME TO idempotency; ALTER TABLE then_quotas RENAME TO quotas;
PRAGMA user_version = 2;
"""
_TO_1 = """
DROP INDEX outbox_owed; ALTER TABLE outbox DROP COLUMN owed_at; PRAGMA user_version = 1;
"""
_STEPS = (_TO_5, _TO_4, _TO_3, _TO_2, _TO_1)
"""What makes of each version the one before it, the latest first."""

_QUOTA = Quota(key="somebody", most=2, ends=MORNING + HOUR)


def _make_earlier(path: Path, version: int) -> None:
    """Makes of a store of today's version one of an earlier version."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for step in _STEPS[: 6 - version]:
            db.executescript(step)
        assert db.execute("PRAGMA user_version").fetchone() == (version,)


@pytest.mark.parametrize("version", [5, 4, 3, 2, 1])
def test_file_of_earlier_version_is_brought_up_to_date(tmp_path: Path, version: int) -> None:
    """All that it has is there as before; mails of version 1 are owed since they were due."""
    path = tmp_path / "ombud.db"
    event = CaseEvent(at=MORNING, type="message", detail="words")
    with closing(SqliteStore(str(path), codec())) as store:
        store.accept(case(), (mail(1),), key(), (_QUOTA,))
        store.add_event(case().reference, event, (mail(2),), "once")
        events, mails = store.events(case().reference), store.mails(case().reference)
    _make_earlier(path, version)
    with closing(SqliteStore(str(path), codec())) as store:
        assert store.case(case().reference) == case()
        assert (store.events(case().reference), store.mails(case().reference)) == (events, mails)
        assert store.owed_since() == MORNING
        assert not store.add_event(case().reference, event, (), "once")
        assert store.accept(case(), (), key()) == Repeated(case())
        other = case().model_copy(update={"reference": "SEC-33333-33333"})
        fresh = key().model_copy(update={"key": "other"})
        assert store.accept(other, (), fresh, (_QUOTA,)) == Stored()
        third = case().model_copy(update={"reference": "SEC-44444-44444"})
        again = key().model_copy(update={"key": "third"})
        assert store.accept(third, (), again, (_QUOTA,)) == Spent(_QUOTA)
        assert store.lease_mails(MORNING, MORNING + HOUR, 10) == (mail(1), mail(2))
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert foreign_objects(db) == []


@pytest.mark.parametrize("version", [5, 4, 3, 2, 1])
def test_cases_of_earlier_version_are_listed(ports: Ports, tmp_path: Path, version: int) -> None:
    """Each is named once; the sweep then lists it, and it is found by what its filer gave."""
    path = tmp_path / "ombud.db"
    digest = ports.contracts.current().organisations["accreditation-body"]
    filed = [
        case(f"ACB-22222-2222{number}").model_copy(
            update={
                "organisation": "accreditation-body",
                "contract": digest,
                "submission": Submission(account="words", email=f"filer{number}@example.com"),
            }
        )
        for number in range(2, 7)
    ]
    for one in filed:
        ports.store.accept(one, (), key(one.reference))
    erase_case(filed.pop(), ports)
    ports.store.close()
    _make_earlier(path, version)
    with closing(SqliteStore(str(path), codec())) as store:
        here = on_store(ports, store)
        assert store.due_cases(MORNING, 9) == ()
        references = tuple(one.reference for one in filed)
        assert (store.unlisted(3), store.unlisted(3)) == (references[:3], references[3:])
        assert store.unlisted(3) == ()
        for reference in store.due_cases(MORNING, 9):
            assert refresh(reference, here)
        assert store.due_cases(MORNING, 9) == ()
        listed = store.listed("accreditation-body", ALL, "open").found
        assert {one.reference for one in listed} == set(references)
        assert list(cases_of("filer2@example.com", here)) == [filed[0]]


def test_file_that_cannot_be_brought_up_to_date_stays_as_it_was(tmp_path: Path) -> None:
    """What fails half way leaves the earlier version, whole, to be tried again."""
    path = tmp_path / "ombud.db"
    SqliteStore(str(path), codec()).close()
    _make_earlier(path, 2)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("DROP TABLE failures")
        before = db.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
    with pytest.raises(StoreError, match="failures"):
        SqliteStore(str(path), codec())
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall() == before
        assert db.execute("PRAGMA user_version").fetchone() == (2,)


def test_oldest_owed_mail_is_found_by_an_index(tmp_path: Path) -> None:
    """Readiness costs the same however many cases there are."""
    store = SqliteStore(str(tmp_path / "ombud.db"), codec())
    store.close()
    asked = "EXPLAIN QUERY PLAN SELECT min(owed_at) FROM outbox WHERE state = 'owed'"
    with closing(sqlite3.connect(tmp_path / "ombud.db")) as db:
        ((*_, plan),) = db.execute(asked)
    assert plan == "SEARCH outbox USING INDEX outbox_owed"


def test_desk_reads_as_much_of_many_cases_as_of_few(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page, a count, what is due, a person and a case take as many steps in any store."""
    steps = 0

    def count_step() -> None:
        nonlocal steps
        steps += 1

    def counted(path: str, busy_seconds: float) -> sqlite3.Connection:
        connection = open_database(path, busy_seconds)
        connection.set_progress_handler(count_step, 1)
        return connection

    monkeypatch.setattr(database, "open_database", counted)
    costs: list[list[int]] = []
    with closing(SqliteStore(str(tmp_path / "ombud.db"), codec())) as store:
        for numbers in (range(60), range(60, 240)):
            for number in numbers:
                reference = f"SEC-22222-22{number:03}"
                store.accept(case(reference), (), key(f"k{number}"))
                store.summarise(summary(reference, next_due=MORNING + number * DAY))
                store.find_by(reference, (f"{number}",))
            costs.append([])
            for use in (
                lambda: store.listed("securities-brokerage", "intake", "open", most=20),
                lambda: store.counted("securities-brokerage", "intake", "open", "", "~", 50),
                lambda: store.due_cases(MORNING + 9 * DAY, 10),
                lambda: store.references_of("7"),
                lambda: store.summary("SEC-22222-22007"),
                lambda: store.case("SEC-22222-22007"),
                lambda: store.ended(MORNING),
            ):
                before = steps
                assert use() is not None
                costs[-1].append(steps - before)
    assert min(costs[0]) > 0
    assert costs[0] == costs[1]


def test_commits_wait_for_the_disk(tmp_path: Path) -> None:
    """What is committed survives a loss of power: the log is synced at each commit."""
    with closing(open_database(str(tmp_path / "ombud.db"), 1)) as db:
        settings = [
            db.execute(f"PRAGMA {name}").fetchone() for name in ("journal_mode", "synchronous")
        ]
    assert settings == [("wal",), (2,)]  # 2 is FULL
