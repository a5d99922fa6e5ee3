"""What is SQLite's own about its store: a file that somebody else holds."""

import sqlite3
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from functions.adapters import sqlite
from functions.adapters.sqlite import SqliteStore
from functions.errors import StoreUnavailable
from functions.notify import work
from functions.ports import Ports, Stored
from tests.conftest import MORNING, codec
from tests.test_store import HOUR, case, key, mail


def test_locked_file_is_unavailable_until_it_is_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process's lock stores nothing and may be waited out; afterwards all is well."""
    monkeypatch.setattr(sqlite, "_BUSY_SECONDS", 0.05)
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


def test_file_of_version_1_is_brought_up_to_date(tmp_path: Path) -> None:
    """What its mails lack is added; they count as owed since they were due."""
    path = tmp_path / "ombud.db"
    store = SqliteStore(str(path), codec())
    store.accept(case(), (mail(1),), key())
    store.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("DROP INDEX outbox_owed")
        db.execute("ALTER TABLE outbox DROP COLUMN owed_at")
        db.execute("PRAGMA user_version = 1")
    store = SqliteStore(str(path), codec())
    assert store.owed_since() == MORNING
    assert store.lease_mails(MORNING, MORNING + HOUR, 10) == (mail(1),)
    store.close()


def test_oldest_owed_mail_is_found_by_an_index(tmp_path: Path) -> None:
    """Readiness costs the same however many cases there are."""
    store = SqliteStore(str(tmp_path / "ombud.db"), codec())
    store.close()
    asked = "EXPLAIN QUERY PLAN SELECT min(owed_at) FROM outbox WHERE state = 'owed'"
    with closing(sqlite3.connect(tmp_path / "ombud.db")) as db:
        ((*_, plan),) = db.execute(asked)
    assert plan == "SEARCH outbox USING INDEX outbox_owed"
