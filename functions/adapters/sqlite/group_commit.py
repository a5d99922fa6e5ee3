"""Group commit for SQLite: whoever waits while the disk is busy shares the next commit."""

import sqlite3
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

from functions.model.errors import StoreError, StoreUnavailable, StoreUncertain

_T = TypeVar("_T")

_MOST = 100
"""Writes in one commit: enough for every thread of a server, and the first is not kept long."""


@dataclass(eq=False)
class _Write(Generic[_T]):
    """One caller's write and what came of it, once that is certain."""

    work: Callable[[sqlite3.Connection], _T]
    value: _T | None = None
    error: BaseException | None = None
    done: bool = False


class GroupCommit:
    """The one connection that writes.

    A commit waits for the disk, and costs the same for one filing or for fifty. So writes
    queue, and whoever gets the lock carries out all that wait in one transaction. Where one of
    them fails, all are carried out again, each in a savepoint of its own: that one does not
    touch the others. Nobody gets a result before the commit is on disk.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._waiting: deque[_Write[object]] = deque()
        self._lock = Lock()

    def write(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        """What `work` returns, once it is durable; it may run twice, the first time undone.

        Raises what `work` raises, and then nothing of it is stored; StoreUnavailable where
        SQLite refuses, StoreUncertain where it fails in the very act of committing.
        """
        mine: _Write[_T] = _Write(work)
        self._waiting.append(mine)  # type: ignore[arg-type] # only `work` itself sees its T
        with self._lock:
            while not mine.done:
                self._commit([self._waiting.popleft() for _ in range(min(_MOST, self._length()))])
        if mine.error is not None:
            raise mine.error
        return mine.value  # type: ignore[return-value] # set, as there is no error

    def empty(self) -> None:
        """Moves the log into the database and cuts it to nothing: deleted rows stay in neither.

        Raises StoreUnavailable where somebody reads the old state for so long that it cannot be.
        """
        with self._lock:
            try:
                (busy, *_) = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            except sqlite3.Error as error:
                raise _translated(error) from error
        if busy:
            raise StoreUnavailable("SQLite: deleted, but the log is in use and still has it")

    def _length(self) -> int:
        return len(self._waiting)

    def _commit(self, writes: list[_Write[object]]) -> None:
        """Carries out the writes; afterwards each has its result or its error."""
        db = self._connection
        try:
            db.execute("BEGIN IMMEDIATE")
            if not _together(db, writes):
                if db.in_transaction:
                    db.execute("ROLLBACK")
                db.execute("BEGIN IMMEDIATE")
                for write in writes:
                    _attempt(db, write)
            _end(db)
        except BaseException as error:
            for write in writes:
                write.error = _translated(error)
            if db.in_transaction:
                db.execute("ROLLBACK")
        finally:
            for write in writes:
                write.done = True


def _together(db: sqlite3.Connection, writes: list[_Write[object]]) -> bool:
    """Whether all went well; nearly always so, which saves each the price of a savepoint."""
    try:
        for write in writes:
            write.value = write.work(db)
    except Exception:  # each is tried again by itself, and then keeps its own error
        return False
    return True


def _attempt(db: sqlite3.Connection, write: _Write[object]) -> None:
    """One write, undone alone where it fails. Raises where SQLite gave up the transaction."""
    db.execute("SAVEPOINT one")
    try:
        write.value = write.work(db)
    except BaseException as error:
        if not db.in_transaction:
            raise
        db.execute("ROLLBACK TO one")
        write.error = _translated(error)
    db.execute("RELEASE one")


def _end(db: sqlite3.Connection) -> None:
    try:
        db.execute("COMMIT")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname == "SQLITE_FULL":
            raise
        raise StoreUncertain(f"SQLite: {error}") from error


def _translated(error: BaseException) -> BaseException:
    """A locked file, a full disk and the like pass: StoreUnavailable. A damaged file does not."""
    match error:
        case sqlite3.OperationalError():
            return _caused(StoreUnavailable(f"SQLite: {error}"), error)
        case sqlite3.Error():
            return _caused(StoreError(f"SQLite: {error}"), error)
    return error


def _caused(told: StoreError, cause: BaseException) -> StoreError:
    told.__cause__ = cause
    return told
