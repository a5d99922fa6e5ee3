"""Attachments: the rules of a form for files, a stored file's data, and safe file names."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Annotated, Literal, get_args

from pydantic import Field

from functions.model.frozen import Frozen

FileType = Literal[
    "jpeg",
    "png",
    "webp",
    "heic",
    "avif",
    "mp4",
    "mov",
    "3gp",
    "m4a",
    "mp3",
    "amr",
    "aac",
    "ogg",
    "wav",
    "pdf",
    "docx",
    "doc",
    "odt",
    "xlsx",
    "xls",
    "ods",
    "txt",
]

MEDIA_TYPES: dict[FileType, str] = {
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "heic": "image/heic",
    "avif": "image/avif",
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "3gp": "video/3gpp",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "amr": "audio/amr",
    "aac": "audio/aac",
    "ogg": "audio/ogg",
    "wav": "audio/wav",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "doc": "application/msword",
    "odt": "application/vnd.oasis.opendocument.text",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xls": "application/vnd.ms-excel",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "txt": "text/plain",
}
"""Media types as registered with IANA; `audio/wav` is not, but what browsers and phones say."""

EXTENSIONS: dict[FileType, tuple[str, ...]] = {
    "jpeg": ("jpg", "jpeg"),
    "heic": ("heic", "heif", "hif"),
    "mp4": ("mp4", "m4v"),
    "3gp": ("3gp", "3gpp", "3g2"),
    "ogg": ("ogg", "oga", "opus"),
}
"""File name extensions of types with other extensions than their name; new names use the first."""

TypeGroup = Literal["photos", "videos", "recordings", "documents"]

TYPE_GROUPS: dict[TypeGroup, tuple[FileType, ...]] = {
    "photos": ("jpeg", "png", "webp", "heic", "avif"),
    "videos": ("mp4", "mov", "3gp"),
    "recordings": ("m4a", "mp3", "amr", "aac", "ogg", "wav"),
    "documents": ("pdf", "docx", "doc", "odt", "xlsx", "xls", "ods", "txt"),
}
"""What people call the types."""

MEGABYTE = 1_000_000

FORM_MEGABYTES = 4
"""What all files together may have that a browser sends with the form, without a script. The
request may be half a megabyte longer."""

_MOST_FILES = 5
_MOST_MEGABYTES = 25
"""A file is read into memory to be checked, and the Lambda function has 1 GB."""

_LONGEST_NAME, _MOST_BYTES = 80, 230
"""In characters, and in bytes of UTF-8: file systems count bytes, and 255 are the most of nearly
all. The rest is for what stands before a name, such as a reference, and after it."""

_LONGEST_READ = 1000
"""Characters of a name that are looked at, from its end."""

_UNSAFE = re.compile(r'[<>:"/\\|?*]')
_INVISIBLE = ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp")
"""Unicode categories that are removed from file names: control, format (with bidirectional marks),
private use, surrogate, unassigned, and line and paragraph separators."""


class AttachmentRules(Frozen):
    """How many files of which size and types a filing may have.

    The defaults are the product's own: no procedure says them, so they cite no clause.
    """

    most: Annotated[int, Field(ge=0, le=_MOST_FILES)] = 5
    megabytes: Annotated[int, Field(ge=1, le=_MOST_MEGABYTES)] = 10
    types: Annotated[tuple[FileType, ...], Field(min_length=1)] = get_args(FileType)

    @property
    def most_bytes(self) -> int:
        """The largest size of a file, in bytes."""
        return self.megabytes * MEGABYTE

    def limit(self, with_form: bool = False) -> tuple[str, dict[str, int]]:
        """The one limit that people are told: the form of its sentence, and the numbers in it.

        Whatever is sent by itself may be as large as the rules say. What a browser sends
        `with_form`, without a script, may have `FORM_MEGABYTES` together.
        """
        together = FORM_MEGABYTES if with_form else self.most * self.megabytes
        each = min(self.megabytes, together)
        if self.most == 1:
            return "one", {"megabytes": each}
        if self.most * self.megabytes <= together:
            return "each", {"most": self.most, "megabytes": each}
        if each < together:
            return "both", {"most": self.most, "each": each, "megabytes": together}
        return "together", {"most": self.most, "megabytes": together}

    @property
    def type_names(self) -> dict[TypeGroup, tuple[str, ...]]:
        """The types as shown to people, by group: `{"photos": ("JPEG", "PNG")}`."""
        names = {
            group: tuple(type_.upper() for type_ in types if type_ in self.types)
            for group, types in TYPE_GROUPS.items()
        }
        return {group: listed for group, listed in names.items() if listed}

    @property
    def accept(self) -> str:
        """The `accept` attribute of a file input: extensions and media types of `types`."""
        endings = [f".{ending}" for name in self.types for ending in endings_of(name)]
        return ",".join([*endings, *(MEDIA_TYPES[name] for name in self.types)])


class Attachment(Frozen):
    """A file of a case: `name` by `neutral_name`, `sha256` in hexadecimal, `size` in bytes."""

    id: Annotated[str, Field(pattern="^[0-9a-f]{32}$")]
    name: str
    type: FileType
    size: int
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


ScanState = Literal["waiting", "cleared", "infected"]
"""A file is `waiting` until it is scanned; without a scanner it stays so."""

FileFault = Literal["empty", "too_large", "wrong_type", "unsafe"]
FlawCode = Literal[
    FileFault, "too_many", "gone", "changed", "later", "too_large_together", "case_full"
]


@dataclass(frozen=True)
class Flaw:
    """Why a file is not accepted; `file` is its name, empty if unknown."""

    file: str
    code: FlawCode


def endings_of(type_: FileType) -> tuple[str, ...]:
    """The file name extensions of a type, without the dot."""
    return EXTENSIONS.get(type_, (type_,))


def display_name(name: str) -> str:
    """A file name that is safe to show and to write: no path, invisible or reserved characters.

    It keeps the end of a long name, at most 80 characters and 230 bytes.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name[-_LONGEST_READ:]))[-1]
    visible = "".join(char for char in last if unicodedata.category(char) not in _INVISIBLE)
    clean = " ".join(_UNSAFE.sub("_", visible).split()).strip(". ")
    return last_bytes(clean[-_LONGEST_NAME:], _MOST_BYTES).lstrip(". ") or "file"


def last_bytes(name: str, most: int) -> str:
    """The end of a name that has at most that many bytes, in whole characters."""
    return name.encode()[-most:].decode(errors="ignore")


def neutral_name(name: str, type_: FileType) -> str:
    """The display name with an extension of the detected type."""
    shown = display_name(name)
    stem, dot, ending = shown.rpartition(".")
    if dot and ending.lower() in endings_of(type_):
        return shown
    return f"{stem or shown}.{endings_of(type_)[0]}"
