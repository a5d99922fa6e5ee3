"""Files that are written whole or not at all, whatever is killed meanwhile."""

import os
from pathlib import Path
from secrets import token_hex


def write_whole(
    path: Path, content: bytes, *, private: bool = False, durable: bool = False
) -> None:
    """Puts a file in the place of what is there: a reader sees the old content or the new one.

    `private` makes a new file readable by its owner alone. `durable` returns once content and name
    are on disk, so that a loss of power takes neither. Raises OSError, and then nothing changed.
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
    """Returns once a file, or the names in a folder, are on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
