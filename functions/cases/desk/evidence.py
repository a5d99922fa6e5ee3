"""Hands a file of a case to staff, once the scanner has cleared it."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from functions.cases.ports.file_storage import CLEARED, UPLOADS, WAITING
from functions.cases.ports.ports import Ports
from functions.model.attachment import Attachment, ScanState
from functions.model.errors import FileMissing
from functions.views.case_file import CaseFile
from functions.views.desk.case.evidence import file_access

LARGEST_ANSWER = 4_000_000
"""Bytes of a file that this application answers with where another origin can hand it out: Lambda
answers with 6 MB, and base64 makes four characters of three bytes."""


@dataclass(frozen=True)
class Content:
    """The file itself, which is the one that was filed: its hash is the same."""

    content: bytes


@dataclass(frozen=True)
class Elsewhere:
    """Where a browser gets the file: it is too large for this application."""

    url: str


@dataclass(frozen=True)
class Withheld:
    """Why the file is not handed out. `changed` means that it is not the file that was filed."""

    why: Literal["waiting", "infected", "gone", "changed"]


def hand_out(
    file: CaseFile, evidence: Attachment, media_type: str, disposition: str, ports: Ports
) -> Content | Elsewhere | Withheld:
    """The file, or where to get it, or why it is withheld. Raises FilesUnavailable.

    `media_type` and `disposition` are the headers of the answer of another origin.
    """
    state = file.scans.get(evidence.id, "waiting")
    access = file_access(evidence.type, state, ports.scanner is not None)
    if access in ("infected", "waiting"):
        return Withheld("infected" if access == "infected" else "waiting")
    keys = _keys(file.case.reference, evidence.id, state)
    if evidence.size > LARGEST_ANSWER:
        url = ports.shelf.link(keys[0], media_type, disposition)
        if url is not None:
            return Elsewhere(url)
    for key in keys:
        try:
            content = ports.shelf.read(key)
        except FileMissing:
            continue
        if sha256(content).hexdigest() != evidence.sha256:
            return Withheld("changed")
        return Content(content)
    return Withheld("gone")


def _keys(reference: str, id_: str, state: ScanState) -> tuple[str, str]:
    """Where a file is, and where it was before: it moves only after its state is recorded."""
    waiting = f"{WAITING}/{reference}/{id_}"
    if state == "cleared":
        return f"{CLEARED}/{reference}/{id_}", waiting
    return waiting, f"{UPLOADS}/{id_}"
