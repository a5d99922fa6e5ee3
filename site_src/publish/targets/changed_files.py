"""Finds what somebody else has changed in a folder since the last publication.

The last thing that a publication does is to touch the record. A file whose inode changed later,
or whose folder got or lost an entry later, is looked at; everything else is as it was. The time
of an inode's change cannot be set, so a copy that keeps the old time of writing is seen, too.
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from stat import S_ISREG

from functions.model.contract.digest import digest
from site_src.file_names import KEPT, PUBLISHED_RECORD


def damaged_files(folder: Path, files: Mapping[str, str]) -> set[str]:
    """Those of the files that are missing or have another digest than they should."""
    sealed, base = _sealed(folder), f"{folder}/"
    found = set[str]()
    for name, wanted in files.items():
        try:
            status = os.lstat(base + name)
        except (FileNotFoundError, NotADirectoryError):
            found.add(name)
            continue
        if status.st_ctime_ns < sealed and S_ISREG(status.st_mode):
            continue
        if not S_ISREG(status.st_mode) or digest((folder / name).read_bytes()) != wanted:
            found.add(name)
    return found


def foreign_files(folder: Path, names: Iterable[str]) -> set[str]:
    """The files and folders that are not among the names; contracts and assets are left alone."""
    sealed, base = _sealed(folder), f"{folder}/"
    files = {name for name in names if not name.startswith(KEPT)}
    folders = {above for name in files for above in _parents(name)}
    kept = {name.rstrip("/") for name in KEPT}
    found = set[str]()
    for above in ("", *folders):
        path = base + above
        try:
            if os.stat(path).st_mtime_ns < sealed:
                continue
            entries = os.listdir(path)
        except (FileNotFoundError, NotADirectoryError):
            continue
        inside = {f"{above}/{entry}" if above else entry for entry in entries}
        found |= inside - files - folders - kept
    return found


def _sealed(folder: Path) -> int:
    """When the last publication ended, in nanoseconds since 1970; 0 if none has."""
    try:
        return os.stat(folder / PUBLISHED_RECORD).st_ctime_ns
    except FileNotFoundError:
        return 0


def _parents(name: str) -> Iterable[str]:
    above = name.rpartition("/")[0]
    while above:
        yield above
        above = above.rpartition("/")[0]
