"""Hands a filer the files that staff sent, once a scanner has cleared them."""

from dataclasses import dataclass

from functions.cases.ports.file_storage import CLEARED, WAITING
from functions.cases.ports.ports import Ports
from functions.model.attachment import MEDIA_TYPES, Attachment
from functions.model.errors import FileMissing
from functions.views.case_file import CaseFile

LARGEST_FETCHED = 4_000_000
"""Bytes of a file that this application answers with where its storage can hand it out: Lambda
answers with 6 MB, and base64 makes four characters of three bytes."""


@dataclass(frozen=True)
class Fetched:
    """The content of a file."""

    content: bytes


@dataclass(frozen=True)
class FetchedElsewhere:
    """Where the storage itself hands the file out."""

    url: str


def fetch_file(
    file: CaseFile, wanted: Attachment, disposition: str, ports: Ports
) -> Fetched | FetchedElsewhere | None:
    """The file of an act, or where it is; None while it may not be opened, or if it is gone.

    Without a scanner no file is ever cleared, and all may be opened. `disposition` is the header of
    the answer. Raises FilesUnavailable.
    """
    if not file.may_open(wanted):
        return None
    reference = file.case.reference
    # A file is moved only after its state is recorded.
    places = (CLEARED, WAITING) if file.scans[wanted.id] == "cleared" else (WAITING,)
    for place in places:
        key = f"{place}/{reference}/{wanted.id}"
        if wanted.size > LARGEST_FETCHED:
            url = ports.shelf.link(key, MEDIA_TYPES[wanted.type], disposition)
            if url is not None:
                return FetchedElsewhere(url)
        try:
            return Fetched(ports.shelf.read(key))
        except FileMissing:
            continue
    return None
