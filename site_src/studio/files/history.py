"""Keeps what a file of a draft said before each change, so that a change can be undone.

The states lie beside the cases and not beside the policies: nothing that a build reads grows by
them. Each is on disk before the file changes, so a killed server loses none.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from functions.model.durable_files import write_whole
from functions.model.frozen import Frozen
from site_src.studio.files.draft_files import DraftFiles

_MOST = 500
"""States kept of each organisation; an import has some hundred decisions."""


class SavedChange(Frozen):
    """One change: the file's name, its content before and after, and what was done."""

    file: str
    before: str
    after: str
    what: str
    at: datetime


class History:
    """The changes of one organisation, as numbered files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def record(self, file: str, before: str, after: str, what: str) -> None:
        """Keeps a change that is about to be made. Raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        entries = self._entries()
        number = int(entries[-1].stem) + 1 if entries else 1
        change = SavedChange(file=file, before=before, after=after, what=what, at=datetime.now(UTC))
        path = self._folder / f"{number:06}.json"
        write_whole(path, change.model_dump_json().encode(), private=True, durable=True)
        for old in entries[: max(0, len(entries) + 1 - _MOST)]:
            old.unlink()

    def last(self, files: DraftFiles) -> SavedChange | None:
        """The last change, if the file still is as it left it; else None.

        A change that was recorded and then not made, because the server was killed between, is
        passed over.
        """
        for path in reversed(self._entries()):
            change = _read(path)
            if change is None:
                return None
            current = files.text(change.file)
            if current == change.after:
                return change
            if current != change.before:
                return None
        return None

    def earlier(self, file: str) -> Iterator[str]:
        """What that file said before each change, the newest first."""
        for path in reversed(self._entries()):
            change = _read(path)
            if change is not None and change.file == file:
                yield change.before

    def forget(self, files: DraftFiles) -> None:
        """Removes the changes at the end that `files` do not contain: those that were undone."""
        for path in reversed(self._entries()):
            change = _read(path)
            if change is not None and files.text(change.file) != change.before:
                return
            path.unlink()

    def _entries(self) -> list[Path]:
        return sorted(self._folder.glob("[0-9]*.json")) if self._folder.is_dir() else []


def _read(path: Path) -> SavedChange | None:
    """The change in a file, None if it is damaged: then nothing can be undone beyond it."""
    try:
        return SavedChange.model_validate_json(path.read_bytes())
    except ValidationError:
        return None
