"""Group commit: many writers share one commit, and each gets its own outcome."""

import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Event

import pytest

from functions.adapters.sqlite.group_commit import GroupCommit
from functions.model.errors import StoreError, StoreUnavailable, StoreUncertain

_WRITERS = 32


class CountingConnection(sqlite3.Connection):
    """A real connection that counts its commits, and fails one in the way it is told to."""

    commits = 0
    failure: sqlite3.Error | None = None

    def execute(self, sql: str, *values: object) -> sqlite3.Cursor:
        """Counts, fails or executes."""
        if sql == "COMMIT":
            self.commits += 1
            if self.failure:
                raise self.failure
        return super().execute(sql, *values)  # type: ignore[arg-type] # values are passed on


@pytest.fixture
def connection(tmp_path: Path) -> CountingConnection:
    """A durable database of one table."""
    made = sqlite3.connect(
        tmp_path / "rows.db",
        isolation_level=None,
        check_same_thread=False,
        factory=CountingConnection,
    )
    made.execute("PRAGMA journal_mode = WAL")
    made.execute("CREATE TABLE rows (number INTEGER PRIMARY KEY) STRICT")
    return made


def insert(number: object, db: sqlite3.Connection) -> object:
    """Stores a number and returns it."""
    db.execute("INSERT INTO rows VALUES (?)", (number,))
    return number


def stored(connection: sqlite3.Connection) -> set[int]:
    """What is in the table."""
    return {number for (number,) in connection.execute("SELECT number FROM rows")}


def together(
    journal: GroupCommit, works: list[Callable[[sqlite3.Connection], object]]
) -> list[object]:
    """The outcomes, values or errors, of works that queue in order while another one runs."""
    begun, go_on = Event(), Event()

    def first(db: sqlite3.Connection) -> None:
        begun.set()
        go_on.wait(60)

    def call(work: Callable[[sqlite3.Connection], object]) -> object:
        try:
            return journal.write(work)
        except StoreError as error:
            return error

    with ThreadPoolExecutor(len(works) + 1) as pool:
        pool.submit(journal.write, first)
        begun.wait(60)
        calls = []
        for work in works:
            calls.append(pool.submit(call, work))
            while len(journal._waiting) < len(calls):  # noqa: SLF001 - nothing else tells it
                time.sleep(0.001)
        go_on.set()
        return [each.result(60) for each in calls]


def test_those_who_wait_share_a_commit(connection: CountingConnection) -> None:
    """Thirty-two writes that wait for one another are one commit, and each has its own value."""
    outcomes = together(GroupCommit(connection), [partial(insert, n) for n in range(_WRITERS)])
    assert outcomes == list(range(_WRITERS))
    assert stored(connection) == set(range(_WRITERS))
    assert connection.commits == 2


def test_one_failure_leaves_the_others(connection: CountingConnection) -> None:
    """A write that fails is undone whole and told so; those before and after it are stored."""

    def half(db: sqlite3.Connection) -> None:
        insert(100, db)
        insert(1, db)

    outcomes = together(GroupCommit(connection), [partial(insert, 1), half, partial(insert, 2)])
    assert (outcomes[0], outcomes[2]) == (1, 2)
    assert isinstance(outcomes[1], StoreError)
    assert stored(connection) == {1, 2}


def test_failed_commit_fails_all(connection: CountingConnection) -> None:
    """Where the disk fails in the commit nobody is told that anything is stored."""
    failure = sqlite3.OperationalError("disk I/O error")
    failure.sqlite_errorname = "SQLITE_IOERR_FSYNC"
    journal = GroupCommit(connection)
    connection.failure = failure
    for _ in range(2):
        with pytest.raises(StoreUncertain, match="I/O"):
            journal.write(partial(insert, 1))
    connection.failure = None
    assert journal.write(partial(insert, 1)) == 1


def test_full_disk_stores_nothing(connection: CountingConnection) -> None:
    """A full disk fails the write; once there is room the same write succeeds."""

    def much(db: sqlite3.Connection) -> None:
        for number in range(10_000):
            insert(number, db)

    journal = GroupCommit(connection)
    connection.execute("PRAGMA max_page_count = 4")
    with pytest.raises(StoreUnavailable, match="full"):
        journal.write(much)
    assert stored(connection) == set()
    connection.execute("PRAGMA max_page_count = 100000")
    journal.write(much)
    assert len(stored(connection)) == 10_000


def test_one_thread_begins_many(connection: CountingConnection) -> None:
    """Writes that one thread begins share the commit of the first that is asked for."""
    journal = GroupCommit(connection)
    outcomes = [journal.begin(partial(insert, n)) for n in range(_WRITERS)]
    assert stored(connection) == set()
    assert [outcome() for outcome in outcomes] == list(range(_WRITERS))
    assert stored(connection) == set(range(_WRITERS))
    assert connection.commits == 1


def test_begun_write_fails_alone(connection: CountingConnection) -> None:
    """Of writes that were begun together, each has its own error."""
    journal = GroupCommit(connection)
    outcomes = [journal.begin(partial(insert, n)) for n in (1, 1, 2)]
    assert outcomes[0]() == 1
    with pytest.raises(StoreError, match="UNIQUE"):
        outcomes[1]()
    assert outcomes[2]() == 2
    assert stored(connection) == {1, 2}
