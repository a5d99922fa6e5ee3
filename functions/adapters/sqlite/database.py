"""Opens the store's file with two connections: one writes in groups, the other reads."""

import logging
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any, TypeVar

from functions.adapters.sqlite.group_commit import GroupCommit
from functions.adapters.sqlite.schema import open_database, prepare
from functions.adapters.sqlite.turns import Turns
from functions.model.errors import StoreError, StoreUnavailable
from functions.model.files.private_files import close_to_others, make_private

_T = TypeVar("_T")

_BUSY_SECONDS = 10
_LEAST_PAUSE, _SHARE = 5.0, 100

log = logging.getLogger("ombud.store")


class Database:
    """Opens the file, or creates it. The reader never waits for the writer."""

    def __init__(self, path: str) -> None:
        try:
            _create_private(Path(path))
            self._writer = open_database(path, _BUSY_SECONDS)
            prepare(self._writer, str(Path(path).resolve()))
            self._turns = Turns(Path(path).parent)
            self._journal = GroupCommit(self._writer, self._turns)
            self._reader = open_database(path, _BUSY_SECONDS)
        except (OSError, sqlite3.Error) as error:
            raise StoreError(f"{path} cannot be opened: {error}") from error
        self._read_lock = Lock()
        self._path, self._damage, self._next_check = path, "", 0.0

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

    def begin(self, work: Callable[[sqlite3.Connection], _T]) -> Callable[[], _T]:
        """Queues a write and returns what gives its outcome; see GroupCommit."""
        return self._journal.begin(work)

    def look_for_damage(self) -> None:
        """Reads all pages if it is time; keeps what is wrong for `raise_damage`.

        A check may take a hundredth of the time: seconds lie between two checks of a small file,
        an hour between two of a large one.
        """
        if monotonic() < self._next_check:
            return
        begun = monotonic()
        try:
            with closing(open_database(self._path, _BUSY_SECONDS)) as db:
                ((found,),) = db.execute("PRAGMA quick_check(1)").fetchall()
        except sqlite3.OperationalError as error:
            log.warning("the store could not be checked: %s", error)
            found = "ok"
        except sqlite3.Error as error:
            found = str(error)
        if found != "ok":
            self._damage = f"{self._path} is damaged: {found.splitlines()[-1]}; restore a backup"
            log.error(self._damage)
        self._next_check = monotonic() + max(_LEAST_PAUSE, _SHARE * (monotonic() - begun))

    def raise_damage(self) -> None:
        """Raises StoreError if a check found damage."""
        if self._damage:
            raise StoreError(self._damage)

    def empty_log(self) -> None:
        """Removes deleted rows from the log, too; see GroupCommit."""
        self._journal.empty()

    def close(self) -> None:
        """Closes both connections."""
        self._reader.close()
        self._writer.close()
        self._turns.close()


def _create_private(path: Path) -> None:
    """Creates the folder and an empty file for their owner alone.

    Takes a file that is there from others, with what SQLite keeps beside it: 0.1.0 did not.
    """
    make_private(path.parent)
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    close_to_others(*(path.with_name(path.name + end) for end in ("", "-wal", "-shm")))
