"""What is SQLite's own about its store: a file that somebody else holds."""

import sqlite3
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
