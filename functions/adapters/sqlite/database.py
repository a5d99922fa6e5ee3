"""The connections to the file of the store: one writes, in groups, another reads."""

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
    """Opens the file, or makes it. The reader never waits for the writer."""

    def __init__(self, path: str) -> None:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        self._writer = open_database(path, _BUSY_SECONDS)
        prepare(self._writer, path)
        self._journal = GroupCommit(self._writer)
        self._reader = open_database(path, _BUSY_SECONDS)
        self._reading = Lock()

    def read(self, query: str, *values: str | int) -> list[tuple[Any, ...]]:
        """The rows of a query. Raises StoreUnavailable for a locked file and the like."""
        with self._reading:
            try:
                return self._reader.execute(query, values).fetchall()
            except sqlite3.OperationalError as error:
                raise StoreUnavailable(f"SQLite: {error}") from error
            except sqlite3.Error as error:
                raise StoreError(f"SQLite: {error}") from error

    def write(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        """What `work` returns, once it is durable; see Journal."""
        return self._journal.write(work)

    def empty_log(self) -> None:
        """Leaves deleted rows in neither file; see Journal."""
        self._journal.empty()

    def close(self) -> None:
        """Closes both connections."""
        self._reader.close()
        self._writer.close()
