"""Writes files atomically: whole or not at all, even if the process is killed."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex

_LONGEST_WRITING_SECONDS = 60
"""A draft that nothing has been written to for so long is of a process that was killed."""


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Has errors of writing name the file: the system does so only where it cannot be opened."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = str(path)
        raise


def write_whole(
    path: Path, content: bytes, *, private: bool = False, durable: bool = False
) -> None:
    """Replaces a file: a reader sees either the old content or the new content.

    `private` lets only the owner read and write the file. `durable` returns only once content and
    name are on disk, so that they survive a power failure. Raises OSError, which names the file;
    until the file is replaced, an error changes nothing.
    """
    draft = path.with_name(f".{path.name[:40]}.{token_hex(4)}.new")
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY
    try:
        descriptor = os.open(draft, flags, 0o600 if private else 0o666)
        with naming(path), os.fdopen(descriptor, "wb") as file:
            file.write(content)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        os.replace(draft, path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    if durable:
        sync(path.parent)


def remove_abandoned(folder: Path) -> None:
    """Removes what a killed process left of `write_whole` below the folder. Raises OSError."""
    for draft in folder.rglob(".*.new"):
        with suppress(FileNotFoundError):  # another process has just finished it
            if time.time() - draft.stat().st_mtime > _LONGEST_WRITING_SECONDS:
                draft.unlink()


def sync(path: Path) -> None:
    """Flushes a file, or the names in a folder, to disk. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
