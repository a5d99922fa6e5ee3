"""The shelf: where files lie, by keys that no filer has a word in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

UPLOADS = "uploads"
"""Files that pages carry vouchers for; whoever finds them here a week later removes them."""

WAITING = "waiting"
"""Files of cases that no scanner has cleared."""

CLEARED = "cleared"
INFECTED = "infected"

PLACES = (WAITING, CLEARED, INFECTED)
"""Where a case's file may lie: `<place>/<reference>/<id>`."""

_KEY = re.compile(
    f"{UPLOADS}/[0-9a-f]{{32}}|(?:{'|'.join(PLACES)})/[0-9A-Z-]{{10,20}}/[0-9a-f]{{32}}", re.ASCII
)


@dataclass(frozen=True)
class StoredFile:
    """A file on the shelf."""

    key: str
    left_at: datetime


@dataclass(frozen=True)
class UploadForm:
    """Where a browser sends a file: a POST of these fields, and `file` after them."""

    url: str
    fields: dict[str, str]


class FileStorage(Protocol):
    """Files by key. Each method raises FilesUnavailable where trying again later may help."""

    @property
    def origin(self) -> str:
        """The origin that tickets lead to; empty where it is the site's own."""

    def put(self, key: str, content: bytes) -> None:
        """Stores a file; once it returns, the file is durable."""

    def read(self, key: str) -> bytes:
        """The file. Raises FileMissing."""

    def copy(self, key: str, target: str) -> None:
        """Stores the same file under another key as well. Raises FileMissing."""

    def remove(self, key: str) -> None:
        """Removes the file, if it is there."""

    def entries(self, place: str) -> Iterator[StoredFile]:
        """The files whose key begins with `place/`."""

    def ticket(self, key: str, size: int, sha256: str, token: str) -> UploadForm:
        """Lets a browser store one file: under this key, of this size and hash, for an hour.

        `token` is its voucher, which says the same to whoever takes the file in.
        """


def checked_key(key: str) -> str:
    """The key, if it is one. Raises ValueError for anything else: no name leads off the shelf."""
    if not _KEY.fullmatch(key):
        raise ValueError("that is no key of the shelf")
    return key
