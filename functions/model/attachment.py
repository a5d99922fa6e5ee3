"""Attachments: which files a form takes, and what is kept of each one."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from functions.model.frozen import Frozen

FileType = Literal["pdf", "jpeg", "png", "webp", "heic", "docx", "xlsx", "txt", "mp3", "m4a", "mp4"]

MEDIA_TYPES: dict[FileType, str] = {
    "pdf": "application/pdf",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "heic": "image/heic",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "txt": "text/plain",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "mp4": "video/mp4",
}
"""As IANA registers them."""

EXTENSIONS: dict[FileType, tuple[str, ...]] = {
    "jpeg": ("jpg", "jpeg"),
    "heic": ("heic", "heif"),
}
"""How names of a type end, where not only in the type's own name; the first is given out."""

MEGABYTE = 1_000_000

_MOST_FILES = 5
_MOST_MEGABYTES = 25
"""A file is read whole to be checked, and Lambda has a gigabyte."""

_LONGEST_NAME = 80
_UNSAFE = re.compile(r'[<>:"/\\|?*]')
_UNSEEN = ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp")
"""Unicode categories of control, format (bidirectional marks among them), private, surrogate,
unassigned and separating characters: none belongs in a file's name."""


class AttachmentRules(Frozen):
    """How many files of which size and types a filing may have.

    The defaults are the product's own: no procedure says them, so they cite no clause.
    """

    most: Annotated[int, Field(ge=0, le=_MOST_FILES)] = 5
    megabytes: Annotated[int, Field(ge=1, le=_MOST_MEGABYTES)] = 10
    types: Annotated[tuple[FileType, ...], Field(min_length=1)] = (
        "pdf",
        "jpeg",
        "png",
        "webp",
        "docx",
        "xlsx",
        "txt",
    )

    @property
    def most_bytes(self) -> int:
        """The size that no file may exceed."""
        return self.megabytes * MEGABYTE

    @property
    def type_names(self) -> str:
        """The types as people call them."""
        return ", ".join(name.upper() for name in self.types)

    @property
    def accept(self) -> str:
        """The `accept` attribute of a file input, by which the browser offers what fits."""
        endings = [f".{ending}" for name in self.types for ending in endings_of(name)]
        return ",".join([*endings, *(MEDIA_TYPES[name] for name in self.types)])


class Attachment(Frozen):
    """A file of a case: `name` is neutral, `sha256` is hexadecimal, `size` counts bytes."""

    id: Annotated[str, Field(pattern="^[0-9a-f]{32}$")]
    name: str
    type: FileType
    size: int
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


ScanState = Literal["waiting", "cleared", "infected"]
"""A file waits until a scanner has looked into it; without a scanner it waits for good."""

FileFault = Literal["empty", "too_large", "wrong_type", "unsafe"]
FlawCode = Literal[FileFault, "too_many", "gone", "changed"]


@dataclass(frozen=True)
class Flaw:
    """A file that is not taken; `file` is its name, empty where that is not known."""

    file: str
    code: FlawCode


def endings_of(type_: FileType) -> tuple[str, ...]:
    """How names of a type end, without the dot."""
    return EXTENSIONS.get(type_, (type_,))


def display_name(name: str) -> str:
    """A file's name as it is safe to show: no path, nothing unseen, no reserved character."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(char for char in last if unicodedata.category(char) not in _UNSEEN)
    clean = " ".join(_UNSAFE.sub("_", seen).split()).strip(". ")
    return clean[-_LONGEST_NAME:].lstrip(". ") or "file"


def neutral_name(name: str, type_: FileType) -> str:
    """The display name, ending as what the file was found to be."""
    shown = display_name(name)
    stem, dot, ending = shown.rpartition(".")
    if dot and ending.lower() in endings_of(type_):
        return shown
    return f"{stem or shown}.{endings_of(type_)[0]}"
