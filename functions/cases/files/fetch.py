"""Hands out the files of a case once a scanner has cleared them: to staff, and to the filer."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from functions.cases.ports.file_storage import CLEARED, UPLOADS, WAITING
from functions.cases.ports.ports import Ports
from functions.model.attachment import MEDIA_TYPES, Attachment, ScanState
from functions.model.errors import FileMissing
from functions.views.case_file import CaseFile

LARGEST_FETCHED = 4_000_000
"""Bytes of a file that this application answers with where its storage can hand it out: Lambda
answers with 6 MB, and base64 makes four characters of three bytes."""


@dataclass(frozen=True)
class Fetched:
    """The content of a file, which is the one that was sent: its hash is the same."""

    content: bytes


@dataclass(frozen=True)
class FetchedElsewhere:
    """Where the storage itself hands the file out."""

    url: str


@dataclass(frozen=True)
class Withheld:
    """Why a file is not handed out. `changed` means that it is not the file that was sent."""

    why: Literal["waiting", "infected", "gone", "changed"]


def fetch_file(
    file: CaseFile, wanted: Attachment, disposition: str, ports: Ports
) -> Fetched | FetchedElsewhere | Withheld:
    """The file, or where it is, or why it is withheld.

    Without a scanner no file is ever cleared, and all may be opened. `disposition` is the header of
    the answer. Raises FilesUnavailable.
    """
    state = file.scans[wanted.id]
    if not file.may_open(wanted):
        return Withheld("infected" if state == "infected" else "waiting")
    places = _places(file.case.reference, wanted.id, state)
    if wanted.size > LARGEST_FETCHED:
        url = ports.shelf.link(places[0], MEDIA_TYPES[wanted.type], disposition)
        if url is not None:
            return FetchedElsewhere(url)
    for key in places:
        try:
            content = ports.shelf.read(key)
        except FileMissing:
            continue
        same = sha256(content).hexdigest() == wanted.sha256
        return Fetched(content) if same else Withheld("changed")
    return Withheld("gone")


def _places(reference: str, id_: str, state: ScanState) -> tuple[str, str]:
    """Where a file is, and where it was before: it moves only after its state is recorded."""
    waiting = f"{WAITING}/{reference}/{id_}"
    if state == "cleared":
        return f"{CLEARED}/{reference}/{id_}", waiting
    return waiting, f"{UPLOADS}/{id_}"
