"""Publishes to a folder that a web server serves; it must not serve `contracts/`.

What is under way lies in `contracts/.publish/`: the lock, which the system itself releases when a
process ends, and the staged files, which are moved into place.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex

from functions.model.durable_files import naming
from site_src.errors import WrongTarget
from site_src.file_names import PUBLISHED_RECORD, is_site_file
from site_src.progress import ShowProgress, show_nothing
from site_src.publish.stage import StagedFiles
from site_src.publish.targets.changed_files import damaged_files, foreign_files
from site_src.publish.targets.lock_wait import Busy, taken
from site_src.publish.targets.target import Waiting

_WORK = "contracts/.publish"
_PAUSE_SECONDS = 0.05


class FolderTarget:
    """A folder, which may be a link itself; no folder below it may lead out of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, name: str) -> bytes | None:
        """See Target."""
        try:
            return self.path(name).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    def names(self) -> Iterator[str]:
        """See Target."""
        for path in self.folder.rglob("*"):
            name = path.relative_to(self.folder).as_posix()
            if path.is_file() and not name.startswith(f"{_WORK}/"):
                yield name

    def damaged(self, files: Mapping[str, str]) -> set[str]:
        """See Target."""
        return damaged_files(self.folder, files)

    def strangers(self, names: Iterable[str]) -> set[str]:
        """See Target."""
        return foreign_files(self.folder, names)

    @contextmanager
    def stage(self) -> Iterator[Path]:
        """See Target; it lies below the folder, so that files can be moved out of it."""
        is_new = not self.folder.exists()
        stage, held = self._new_stage()
        try:
            yield stage
        finally:
            os.close(held)
            shutil.rmtree(stage, ignore_errors=True)
            if is_new:  # and nothing was published
                _remove_empty(stage.parent, self.folder)

    @contextmanager
    def writer(self, by: str, waiting: Waiting) -> Iterator["FolderWriter"]:
        """See Target."""
        file = self.work_folder() / "lock"
        with file.open("a+") as lock:
            taken(lambda: _locked(lock.fileno(), file), waiting, _PAUSE_SECONDS)
            lock.truncate(0)
            lock.write(json.dumps({"by": by, "since": f"{datetime.now(UTC):%H:%M:%S} UTC"}))
            lock.flush()
            self._remove_abandoned()
            try:
                yield FolderWriter(self)
            finally:
                lock.truncate(0)

    def path(self, name: str) -> Path:
        """Where a file lies. Raises WrongTarget for a name that leads out of the folder."""
        path = self.folder / name
        if not is_site_file(name) or not path.parent.resolve().is_relative_to(
            self.folder.resolve()
        ):
            raise WrongTarget(f"{path.parent} leads out of {self.folder}; remove the link")
        return path

    def work_folder(self) -> Path:
        """The folder of what is under way."""
        folder = self.path(f"{_WORK}/lock").parent
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def _new_stage(self) -> tuple[Path, int]:
        """A new stage and its open folder, whose lock says that it is in use."""
        while True:
            stage = self.work_folder() / f"stage-{token_hex(8)}"
            try:
                stage.mkdir()
                held = os.open(stage, os.O_RDONLY)
            except FileNotFoundError:  # another publication removed it, or the folder above
                continue
            fcntl.flock(held, fcntl.LOCK_EX)
            if stage.exists():  # else another publication took it for abandoned
                return stage, held
            os.close(held)

    def _remove_abandoned(self) -> None:
        """Removes what killed publications left: nobody holds their stages any more."""
        for entry in self.work_folder().iterdir():
            if entry.name.startswith("new-"):
                entry.unlink(missing_ok=True)
            elif entry.name.startswith("stage-") and _is_abandoned(entry):
                shutil.rmtree(entry, ignore_errors=True)


class FolderWriter:
    """Writes to a folder while this process holds its lock; see Writer."""

    def __init__(self, target: FolderTarget) -> None:
        self._target = target
        self.read = target.read

    def expect(self, names: Iterable[str]) -> None:
        """See Writer; refuses links that lead out of the folder before anything is written."""
        folder, checked = self._target.folder, set[Path]()
        for name in names:
            if not is_site_file(name):
                self._target.path(name)
            for above in (folder / name).parents:
                if above == folder or above in checked:
                    break
                checked.add(above)
                if above.is_symlink():
                    self._target.path(f"{above.relative_to(folder).as_posix()}/x")

    def put(self, name: str, content: bytes) -> None:
        """See Writer."""
        path = self._target.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = self._target.work_folder() / f"new-{token_hex(8)}"
        with naming(path):
            draft.write_bytes(content)
        os.replace(draft, path)

    def place(
        self, stage: StagedFiles, ranks: Iterable[int], progress: ShowProgress = show_nothing
    ) -> None:
        """See Writer; files are moved, which takes no time."""
        wanted = set(map(str, ranks))
        for ranked in stage.ranks():
            if ranked.name in wanted:
                _move(ranked, self._target.folder)

    def remove(self, name: str) -> None:
        """See Writer."""
        path = self._target.path(name)
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        try:
            path.unlink(missing_ok=True)
        except NotADirectoryError:
            return
        for above in path.parents:
            if above == self._target.folder or not above.is_dir() or any(above.iterdir()):
                break
            above.rmdir()

    def finish(self, names: tuple[str, ...]) -> None:
        """See Writer; from now on, a file that is younger than the record was changed by others."""
        os.utime(self._target.path(PUBLISHED_RECORD))


def holds_something_else(folder: Path) -> bool:
    """Whether it is a file, or a folder that has files but no contracts: no publication's."""
    return folder.is_file() or (
        folder.is_dir() and any(folder.iterdir()) and not (folder / "contracts").is_dir()
    )


def _remove_empty(folder: Path, top: Path) -> None:
    """Removes the folder and those above it, up to `top`, as far as they are empty."""
    for above in (folder, *folder.parents):
        try:
            above.rmdir()
        except OSError:
            return
        if above == top:
            return


def _move(source: Path, target: Path) -> None:
    """Moves a whole folder if the target has none, else first its folders and then its files."""
    folder = source.is_dir()
    if target.is_dir() != folder and os.path.lexists(target):
        if target.is_dir() and not target.is_symlink():
            shutil.rmtree(target)
        else:
            target.unlink()
    if not (folder and target.is_dir()):
        os.replace(source, target)
        return
    for entry in sorted(source.iterdir(), key=lambda path: (path.is_file(), path.name)):
        _move(entry, target / entry.name)


def _locked(descriptor: int, lock: Path) -> Busy | None:
    """Takes the lock of an open file, unless another publication has it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return Busy(_holder(lock))
    return None


def _holder(lock: Path) -> str:
    """Who has the lock, as far as that is written there."""
    try:
        holder = json.loads(lock.read_text("utf-8"))
        return f"the publication of {holder['by']}, since {holder['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _is_abandoned(stage: Path) -> bool:
    try:
        descriptor = os.open(stage, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True
