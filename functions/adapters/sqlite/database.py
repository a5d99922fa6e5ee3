"""Opens the store's file with two connections: one writes in groups, the other reads."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from functions.adapters.sqlite.group_commit import GroupCommit
from functions.adapters.sqlite.schema import open_database, prepare
from functions.model.errors import StoreError, StoreUnavailable

_T = TypeVar("_T")

_BUSY_SECONDS = 10


class Database:
    """Opens the file, or creates it. The reader never waits for the writer."""

    def __init__(self, path: str) -> None:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        self._writer = open_database(path, _BUSY_SECONDS)
        prepare(self._writer, path)
        self._journal = GroupCommit(self._writer)
        self._reader = open_database(path, _BUSY_SECONDS)
        self._read_lock = Lock()

    def read(self, query: str, *values: str | int) -> list[tuple[Any, ...]]:
        """Returns the rows of a query. Raises StoreUnavailable for a locked file and the like."""
        with self._read_lock:
            try:
                return self._reader.execute(query, values).fetchall()
            except sqlite3.OperationalError as error:
                raise StoreUnavailable(f"SQLite: {error}") from error
            except sqlite3.Error as error:
                raise StoreError(f"SQLite: {error}") from error

    def write(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        """Returns what `work` returns, once it is durable; see GroupCommit."""
        return self._journal.write(work)

    def empty_log(self) -> None:
        """Removes deleted rows from the log, too; see GroupCommit."""
        self._journal.empty()

    def close(self) -> None:
        """Closes both connections."""
        self._reader.close()
        self._writer.close()
