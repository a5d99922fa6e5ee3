"""Detects changed files by their metadata, without reading them.

A mark depends on the name, inode, size, modification time and inode change time of each file.
The inode change time reveals a copy that keeps the old modification time.
"""

import os
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b, sha256
from pathlib import Path

_IGNORED = (".", "__pycache__")


@dataclass(frozen=True)
class FolderState:
    """The names below a folder, without those that start with a dot, and their mark.

    Names of folders end in a slash. `newest` is the time of the latest change, in nanoseconds
    since 1970.
    """

    folder: Path
    names: tuple[str, ...]
    mark: str
    newest: int

    def content(self) -> bytes:
        """The digest of names and contents. Raises FileNotFoundError."""
        hasher = sha256()
        for name in self.names:
            data = b"" if name.endswith("/") else (self.folder / name).read_bytes()
            hasher.update(f"{name}\n{len(data)}\n".encode())
            hasher.update(data)
        return hasher.digest()


def folder_state(folder: Path, without: tuple[str, ...] = ()) -> FolderState:
    """The state of a folder, except names starting with `without`; a missing one is empty."""
    rows = sorted(row for row in _walk(str(folder), "") if not row[0].startswith(without))
    numbers = array("q", (number for _, *numbers in rows for number in numbers))
    names = tuple(name for name, *_ in rows)
    hasher = blake2b("\n".join(names).encode(), digest_size=16)
    hasher.update(numbers.tobytes())
    return FolderState(folder, names, hasher.hexdigest(), max((row[4] for row in rows), default=0))


def _walk(folder: str, above: str) -> Iterator[tuple[str, int, int, int, int]]:
    try:
        entries = os.scandir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    with entries:
        for entry in entries:
            if entry.name.startswith(_IGNORED):
                continue
            if entry.is_dir():
                yield f"{above}{entry.name}/", 0, 0, 0, 0
                yield from _walk(entry.path, f"{above}{entry.name}/")
            else:
                status = entry.stat()
                times = status.st_mtime_ns, status.st_ctime_ns
                yield f"{above}{entry.name}", status.st_ino, status.st_size, *times


def fingerprint(folder: Path, names: Iterable[str]) -> str | None:
    """The mark of these files and folders below `folder`; None if one is missing.

    A folder's mark changes when something in it is added, removed or renamed.
    """
    base = str(folder)
    numbers = array("q")
    try:
        for name in names:
            status = os.stat(f"{base}/{name}")
            times = status.st_mtime_ns, status.st_ctime_ns
            numbers.extend((status.st_ino, status.st_size, *times))
    except (FileNotFoundError, NotADirectoryError):
        return None
    return blake2b(numbers.tobytes(), digest_size=16).hexdigest()
