"""Saves a change of a draft, unless the files have changed since the page was made."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from functions.model.durable_files import write_whole
from site_src.bilingual import Bilingual
from site_src.policy.drafts.marks import is_draft
from site_src.policy.folders import POLICY_FILE, PROCEDURE_FILE
from site_src.studio.errors import FileChanged, NothingToUndo
from site_src.studio.files.draft_files import DraftFiles, read_files
from site_src.studio.files.history import History, SavedChange

Edited = Callable[[DraftFiles], DraftFiles]

_CHANGED = Bilingual(
    "The draft has changed since this page was opened: in another tab, or in an editor. Nothing "
    "was saved; what you typed is below. Compare it with the draft as it is now, then save again.",
    "打开此页以后，草稿已在别的标签页或者编辑器中改动。这次没有保存；您填写的内容仍在下面。请与现在的草稿核对，再保存一次。",
)
_NOTHING = Bilingual(
    "There is nothing to undo: nothing was changed here, or the file was edited elsewhere since.",
    "没有可以撤销的改动：这里没有改过，或者文件后来在别处改动了。",
)


def refuse_changed(files: DraftFiles, digest: str) -> None:
    """Raises FileChanged if a page with that digest was made from other files than these."""
    if files.digest != digest:
        raise FileChanged(_CHANGED)


@dataclass(frozen=True)
class Drafts:
    """The drafts of a folder of policies; `states` is where their earlier states are kept.

    `saved` is called after each save of a draft.
    """

    policies: Path
    states: Path
    saved: Callable[[], None] = lambda: None
    _lock: Lock = field(default_factory=Lock)

    def read(self, organisation: str) -> DraftFiles:
        """The files as they are now. Raises UnknownOrganisation and FilesUnreadable."""
        return read_files(self.policies, organisation)

    def save(self, organisation: str, digest: str, edit: Edited, what: str) -> DraftFiles:
        """Saves what `edit` makes of the files, and returns them; `what` says what was done.

        `digest` is that of the files which the page was made from. Raises FileChanged if they are
        no longer so, OSError, and what `edit` raises; then nothing is saved.
        """
        with self._lock:
            before = self.read(organisation)
            refuse_changed(before, digest)
            after = edit(before)
            for name in (POLICY_FILE, PROCEDURE_FILE):
                self._write(before, name, after.text(name), what)
            if is_draft(after.document.data):
                self.saved()
            return after

    def _write(self, before: DraftFiles, name: str, text: str, what: str) -> None:
        if text == before.text(name):
            return
        self._history(before.organisation).record(name, before.text(name), text, what)
        write_whole(before.folder / name, text.encode(), durable=True)

    def last_change(self, files: DraftFiles) -> SavedChange | None:
        """The change that `undo` would take back."""
        return self._history(files.organisation).last(files)

    def earlier_facts(self, organisation: str) -> Iterator[str]:
        """What policy.yaml said before each change that was made here, the newest first."""
        return self._history(organisation).earlier(POLICY_FILE)

    def undo(self, organisation: str, digest: str) -> SavedChange:
        """Takes the last change back. Raises FileChanged, NothingToUndo and OSError."""
        with self._lock:
            files = self.read(organisation)
            refuse_changed(files, digest)
            history = self._history(organisation)
            change = history.last(files)
            if change is None:
                raise NothingToUndo(_NOTHING)
            write_whole(files.folder / change.file, change.before.encode(), durable=True)
            history.forget(self.read(organisation))
            return change

    def _history(self, organisation: str) -> History:
        return History(self.states / organisation)
