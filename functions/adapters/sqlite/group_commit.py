"""Commits writes to SQLite in groups: callers that wait for the disk share the next commit."""

import sqlite3
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import Generic, TypeVar

from functions.model.errors import StoreError, StoreUnavailable, StoreUncertain

_T = TypeVar("_T")

_MOST = 100
"""Writes in one commit: enough for every thread of a server, and few enough that the first
caller does not wait long."""


@dataclass(eq=False)
class _Write(Generic[_T]):
    """One caller's write, and its result or error once `done`."""

    work: Callable[[sqlite3.Connection], _T]
    value: _T | None = None
    error: BaseException | None = None
    done: bool = False


class GroupCommit:
    """Queues writes for the one connection that writes, and commits them together.

    A commit waits for the disk, and costs the same for one filing or for fifty. So writes queue,
    and the caller that gets the lock executes all waiting writes in one transaction. If one
    fails, it executes all of them again, each in its own savepoint, so a failure does not affect
    the others. Nobody gets a result before the commit is on disk.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        turn: AbstractContextManager[None] = nullcontext(),  # noqa: B008 - it has no state
    ) -> None:
        """Takes the connection, and what is entered for each commit: the turn of this process."""
        self._connection, self._turn = connection, turn
        self._waiting: deque[_Write[object]] = deque()
        self._lock = Lock()

    def write(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        """Returns what `work` returns, once it is durable.

        `work` may run twice; the first run is then rolled back. Raises what `work` raises, and
        then stores nothing of it. Raises StoreUnavailable if SQLite refuses, and StoreUncertain if
        the commit itself fails.
        """
        return self.begin(work)()

    def begin(self, work: Callable[[sqlite3.Connection], _T]) -> Callable[[], _T]:
        """Queues a write, and returns what gives its outcome as `write` does.

        It must be called: before, nothing is stored. One thread that begins many writes thus has
        one commit for all of them.
        """
        write: _Write[_T] = _Write(work)
        self._waiting.append(write)  # type: ignore[arg-type] # only `work` itself sees its T
        return partial(self._outcome, write)

    def _outcome(self, write: _Write[_T]) -> _T:
        if not write.done:
            with self._lock:
                while not write.done:
                    most = min(_MOST, self._length())
                    writes = [self._waiting.popleft() for _ in range(most)]
                    with self._turn:
                        self._commit(writes)
        if write.error is not None:
            raise write.error
        return write.value  # type: ignore[return-value] # set, as there is no error

    def empty(self) -> None:
        """Moves the log into the database and truncates it: deleted rows remain in neither.

        Raises StoreUnavailable if a reader holds the old state for too long.
        """
        with self._lock:
            try:
                (busy, *_) = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            except sqlite3.Error as error:
                raise _store_error(error) from error
        if busy:
            raise StoreUnavailable("SQLite: the rows are deleted, but a log in use still has them")

    def _length(self) -> int:
        return len(self._waiting)

    def _commit(self, writes: list[_Write[object]]) -> None:
        """Executes and commits the writes; afterwards each has its result or its error."""
        db = self._connection
        try:
            db.execute("BEGIN IMMEDIATE")
            if not _execute_all(db, writes):
                if db.in_transaction:
                    db.execute("ROLLBACK")
                db.execute("BEGIN IMMEDIATE")
                for write in writes:
                    _execute_alone(db, write)
            _commit(db)
        except BaseException as error:
            for write in writes:
                write.error = _store_error(error)
            if db.in_transaction:
                db.execute("ROLLBACK")
        finally:
            for write in writes:
                write.done = True


def _execute_all(db: sqlite3.Connection, writes: list[_Write[object]]) -> bool:
    """Executes the writes without savepoints, which cost time; returns whether all succeeded."""
    try:
        for write in writes:
            write.value = write.work(db)
    except Exception:  # the caller executes each alone, and records the errors then
        return False
    return True


def _execute_alone(db: sqlite3.Connection, write: _Write[object]) -> None:
    """Executes one write in a savepoint, and rolls back only it if it fails.

    Raises if SQLite itself rolled back the transaction.
    """
    db.execute("SAVEPOINT one")
    try:
        write.value = write.work(db)
    except BaseException as error:
        if not db.in_transaction:
            raise
        db.execute("ROLLBACK TO one")
        write.error = _store_error(error)
    db.execute("RELEASE one")


def _commit(db: sqlite3.Connection) -> None:
    try:
        db.execute("COMMIT")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname == "SQLITE_FULL":
            raise
        raise StoreUncertain(f"SQLite: {error}") from error


def _store_error(error: BaseException) -> BaseException:
    """Translates SQLite's errors.

    StoreUnavailable for what passes, such as a locked file or a full disk; StoreError for what
    does not, such as a damaged file. Returns other errors unchanged.
    """
    match error:
        case sqlite3.OperationalError():
            return _with_cause(StoreUnavailable(f"SQLite: {error}"), error)
        case sqlite3.Error():
            return _with_cause(StoreError(f"SQLite: {error}"), error)
    return error


def _with_cause(error: StoreError, cause: BaseException) -> StoreError:
    error.__cause__ = cause
    return error
