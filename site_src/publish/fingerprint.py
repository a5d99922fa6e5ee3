"""Whether files are as they were, without reading them: by what the file system notes of each.

A mark changes with the name, inode, size and times of a file. The time of the last change of
the inode is among them, so that a copy that keeps the old time of writing is seen too.
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
    """What lies below a folder, folders ending in a slash; names that start with a dot do not
    count.

    `newest` is when the last of it changed, in nanoseconds since 1970.
    """

    folder: Path
    names: tuple[str, ...]
    mark: str
    newest: int

    def content(self) -> bytes:
        """The digest of names and contents. Raises FileNotFoundError."""
        made = sha256()
        for name in self.names:
            held = b"" if name.endswith("/") else (self.folder / name).read_bytes()
            made.update(f"{name}\n{len(held)}\n".encode())
            made.update(held)
        return made.digest()


def folder_state(folder: Path, without: tuple[str, ...] = ()) -> FolderState:
    """The folder as it is, `without` some that lie in it; a missing one is like an empty one."""
    noted = sorted(row for row in _below(str(folder), "") if not row[0].startswith(without))
    numbers = array("q", (number for _, *numbers in noted for number in numbers))
    names = tuple(name for name, *_ in noted)
    made = blake2b("\n".join(names).encode(), digest_size=16)
    made.update(numbers.tobytes())
    return FolderState(folder, names, made.hexdigest(), max((row[4] for row in noted), default=0))


def _below(folder: str, above: str) -> Iterator[tuple[str, int, int, int, int]]:
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
                yield from _below(entry.path, f"{above}{entry.name}/")
            else:
                noted = entry.stat()
                times = noted.st_mtime_ns, noted.st_ctime_ns
                yield f"{above}{entry.name}", noted.st_ino, noted.st_size, *times


def fingerprint(folder: Path, names: Iterable[str]) -> str | None:
    """The mark of these files and folders below `folder`; None where one is missing.

    That of a folder changes when something in it is added, removed or renamed.
    """
    base = str(folder)
    numbers = array("q")
    try:
        for name in names:
            noted = os.stat(f"{base}/{name}")
            times = noted.st_mtime_ns, noted.st_ctime_ns
            numbers.extend((noted.st_ino, noted.st_size, *times))
    except (FileNotFoundError, NotADirectoryError):
        return None
    return blake2b(numbers.tobytes(), digest_size=16).hexdigest()
