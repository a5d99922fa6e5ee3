"""Writes files atomically: whole or not at all, even if the process is killed."""

import os
from pathlib import Path
from secrets import token_hex


def write_whole(
    path: Path, content: bytes, *, private: bool = False, durable: bool = False
) -> None:
    """Replaces a file: a reader sees either the old content or the new content.

    `private` lets only the owner read and write the file. `durable` returns only once content and
    name are on disk, so that they survive a power failure. Raises OSError; until the file is
    replaced, an error changes nothing.
    """
    draft = path.with_name(f".{path.name[:40]}.{token_hex(4)}.new")
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY
    try:
        with os.fdopen(os.open(draft, flags, 0o600 if private else 0o666), "wb") as file:
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


def sync(path: Path) -> None:
    """Flushes a file, or the names in a folder, to disk. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
