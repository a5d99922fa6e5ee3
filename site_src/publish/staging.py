"""Stages the files of a build and moves them into place once all of them are ready.

The folder `.NAME.build` beside the site contains the manifest of the last build and, during a
build, the staged files. It can be removed at any time.
"""

import errno
import fcntl
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from functions.model.durable_files import write_whole

_NEW = "new"


@contextmanager
def work_folder(out: Path) -> Iterator[Path]:
    """The work folder beside `out`, for one build at a time: another build waits.

    Removes what a killed build left behind.
    """
    whole = out.resolve()
    folder = whole.with_name(f".{whole.name}.build")
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        shutil.rmtree(folder / _NEW, ignore_errors=True)
        try:
            yield folder
        finally:
            shutil.rmtree(folder / _NEW, ignore_errors=True)


class StagedFiles:
    """Staged files, grouped by the order in which they must go into place."""

    def __init__(self, folder: Path, out: Path, rank: Callable[[str], int]) -> None:
        self.folder = folder / _NEW
        self._out = out
        self._rank = rank

    def add(self, files: Mapping[str, bytes]) -> int:
        """Stages the files that differ from those in place; returns how many differ."""
        if self._out.is_dir():
            files = {
                name: content
                for name, content in files.items()
                if not _has_content(self._out / name, content)
            }
        paths = {name: self.folder / str(self._rank(name)) / name for name in files}
        for folder in {path.parent for path in paths.values()}:
            folder.mkdir(parents=True, exist_ok=True)
        for name, path in paths.items():
            path.write_bytes(files[name])
        return len(files)

    def discard(self, names: Iterable[str]) -> int:
        """Takes these files off the stage; returns how many were on it."""
        paths = [self.folder / str(self._rank(name)) / name for name in names]
        staged = [path for path in paths if path.is_file()]
        for path in staged:
            path.unlink()
            for above in path.parents:
                if above == self.folder or any(above.iterdir()):
                    break
                above.rmdir()
        return len(staged)

    def place(self) -> None:
        """Moves everything into place, the lowest rank first; each file whole or not at all."""
        self._out.mkdir(parents=True, exist_ok=True)
        for ranked in sorted(self.folder.glob("*"), key=lambda path: int(path.name)):
            _move(ranked, self._out)


def _has_content(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() == content
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return False


def _move(source: Path, target: Path) -> None:
    """Moves a whole folder if the target has none, else first its folders and then its files."""
    folder = source.is_dir()
    if target.is_dir() != folder and os.path.lexists(target):
        _remove(target)
    try:
        if not (folder and target.is_dir()):
            os.replace(source, target)
            return
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
    if folder:
        target.mkdir(exist_ok=True)
        for entry in sorted(source.iterdir(), key=lambda path: (path.is_file(), path.name)):
            _move(entry, target / entry.name)
    else:
        write_whole(target, source.read_bytes())


def remove_stale(folder: Path, kept: set[Path]) -> None:
    """Removes everything below `folder` that is not in `kept`, and folders left empty."""
    if not folder.is_dir() or folder.is_symlink():
        if folder not in kept:
            folder.unlink(missing_ok=True)
        return
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif path not in kept:
            path.unlink()
    if not any(folder.iterdir()):
        folder.rmdir()


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
