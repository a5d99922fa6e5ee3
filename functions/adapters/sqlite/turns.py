"""Has processes take turns at writing one store."""

import os
from fcntl import LOCK_EX, LOCK_UN, flock
from pathlib import Path
from types import TracebackType
from weakref import finalize


class Turns:
    """A lock among processes and stores, on the folder of the file; the system wakes who is next.

    SQLite has a lock of its own, but whoever finds it taken sleeps for milliseconds, and meanwhile
    the other process takes it again. The system lets go of a process that ends.
    """

    def __init__(self, folder: Path) -> None:
        self._descriptor = os.open(folder, os.O_RDONLY)
        self._close = finalize(self, os.close, self._descriptor)

    def __enter__(self) -> None:
        flock(self._descriptor, LOCK_EX)

    def __exit__(
        self,
        type_: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        flock(self._descriptor, LOCK_UN)

    def close(self) -> None:
        """Closes the folder, once."""
        self._close()
