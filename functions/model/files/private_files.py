"""Keeps what is personal for its owner alone: folders of mode 700, files of mode 600."""

import os
from collections.abc import Iterator
from contextlib import suppress
from errno import EACCES
from pathlib import Path

_OTHERS = 0o077
"""What group and others may do."""


def make_private(folder: Path) -> None:
    """Creates a folder, and those above it that are missing, for the owner alone.

    `Path.mkdir` has the mode for the last one only. Raises OSError, also for a folder that is there
    and in which nothing can be made.
    """
    missing = [folder, *folder.parents]
    for each in reversed([each for each in missing if not each.exists()]):
        each.mkdir(mode=0o700, exist_ok=True)
    folder.mkdir(exist_ok=True)  # raises if it is no folder
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(EACCES, os.strerror(EACCES), str(folder))


def is_open_to_others(place: Path) -> bool:
    """Whether anybody but its owner could read or change it. Raises OSError."""
    return bool(place.stat().st_mode & _OTHERS)


def close_to_others(*places: Path) -> None:
    """Takes files and folders from everybody but their owner.

    What is missing, what another user owns and what lies where there are no modes stays as it is.
    """
    for place in places:
        with suppress(OSError):
            if (mode := place.stat().st_mode) & _OTHERS:
                place.chmod(mode & 0o700)


def close_all_to_others(folder: Path) -> None:
    """Takes a folder, and all that is in it, from everybody but their owner; follows no link."""
    close_to_others(folder, *_open_below(folder))


def _open_below(folder: Path) -> Iterator[Path]:
    folders = [folder]
    while folders:
        with suppress(OSError), os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_symlink():
                    continue
                if entry.stat().st_mode & _OTHERS:
                    yield Path(entry.path)
                if entry.is_dir(follow_symlinks=False):
                    folders.append(Path(entry.path))
