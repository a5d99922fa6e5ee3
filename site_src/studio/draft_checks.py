"""Keeps the checks of the last states of drafts, since a check takes most of a page's time.

Confirming a fact takes a mark off that no check looks at: so the state of before is found again.
"""

import json
from collections import OrderedDict
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from threading import Lock

from site_src.policy.drafts.marks import MARKS, without_keys
from site_src.policy.folders import POLICY_FILE, PROCEDURE_FILE
from site_src.publish.build import today
from site_src.studio.checking import Checked, check_draft
from site_src.studio.errors import FilesUnreadable
from site_src.studio.files.draft_files import DraftFiles

_KEPT = 16
"""Checks that are kept: those of what is typed, too."""


class DraftChecks:
    """The checks of the drafts in a folder of policies."""

    def __init__(self, policies: Path) -> None:
        self._policies = policies
        self._kept: OrderedDict[str, Checked] = OrderedDict()
        self._lock = Lock()

    def of(self, files: DraftFiles) -> Checked:
        """The draft as checked."""
        key = checked_state(files, self._policies)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        found = check_draft(files, self._policies)
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return found


def checked_state(files: DraftFiles, policies: Path) -> str:
    """What tells everything that a check or a preview of a draft looks at from any other state."""
    try:
        facts: object = without_keys(files.document.data, MARKS)
    except FilesUnreadable:
        facts = files.facts
    said = [files.organisation, facts, files.procedure, str(today()), *_beside(files, policies)]
    return sha256(json.dumps(said, ensure_ascii=False, default=str).encode()).hexdigest()


def _beside(files: DraftFiles, policies: Path) -> Iterator[tuple[str, int, int]]:
    """When the files beside the draft changed: calendars, staff, translations, what is published.

    Of other organisations only the prefix counts, which is compared when a draft is published.
    """
    own = (path for path in files.folder.rglob("*") if path.is_file())
    shared = (*policies.glob("*.*"), *policies.glob("calendar/*"))
    for path in sorted({*own, *shared}):
        if path.parent == files.folder and path.name in (POLICY_FILE, PROCEDURE_FILE):
            continue
        status = path.stat()
        yield str(path), status.st_mtime_ns, status.st_size
