"""The port for file storage; a filer cannot influence the keys of files."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

UPLOADS = "uploads"
"""Place of files that a page has a voucher for; they are removed after a week."""

WAITING = "waiting"
"""Place of files of cases that no scanner has cleared."""

CLEARED = "cleared"
INFECTED = "infected"

PLACES = (WAITING, CLEARED, INFECTED)
"""Places of files of cases; their keys are `<place>/<reference>/<id>`."""

_KEY = re.compile(
    f"{UPLOADS}/[0-9a-f]{{32}}|(?:{'|'.join(PLACES)})/[0-9A-Z-]{{10,20}}/[0-9a-f]{{32}}", re.ASCII
)


@dataclass(frozen=True)
class StoredFile:
    """A stored file; `left_at` is when it was stored."""

    key: str
    left_at: datetime


@dataclass(frozen=True)
class UploadForm:
    """The form by which a browser uploads a file: POST these fields, and `file` last."""

    url: str
    fields: dict[str, str]


class FileStorage(Protocol):
    """Files by key. Each method raises FilesUnavailable if a retry may help."""

    @property
    def origin(self) -> str:
        """The origin of upload URLs; empty if it is the site's own."""

    def put(self, key: str, content: bytes) -> None:
        """Stores a file; when it returns, the file is durable."""

    def read(self, key: str) -> bytes:
        """The content of the file. Raises FileMissing."""

    def link(self, key: str, media_type: str, disposition: str) -> str | None:
        """A URL by which a browser gets the file for a quarter of an hour, with these headers.

        None if only this application hands it out. Whoever has the URL gets the file.
        """

    def copy(self, key: str, target: str) -> None:
        """Copies the file to the key `target`. Raises FileMissing."""

    def remove(self, key: str) -> None:
        """Removes the file, if it exists."""

    def remove_all(self, reference: str) -> None:
        """Removes the files of a case from all PLACES; reads only what the case has there."""

    def entries(self, place: str) -> Iterator[StoredFile]:
        """The files whose key begins with `place/`."""

    def ticket(self, key: str, size: int, sha256: str, token: str) -> UploadForm:
        """The form that lets a browser store one file with this key, size and hash for an hour.

        `size` is in bytes. `token` is the file's voucher, which tells the receiver the same.
        """


def checked_reference(reference: str) -> str:
    """The reference, if it may be part of a key. Raises ValueError otherwise."""
    checked_key(f"{WAITING}/{reference}/{'0' * 32}")
    return reference


def checked_key(key: str) -> str:
    """The key, if it is valid. Raises ValueError otherwise, so no key leaves the storage folder."""
    if not _KEY.fullmatch(key):
        raise ValueError("not a valid key of the file storage")
    return key
