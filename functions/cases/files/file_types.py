"""Detects a file's type from its content alone; name and declared media type do not count."""

import re
from io import BytesIO
from typing import Literal
from zipfile import BadZipFile, ZipFile, is_zipfile

from functions.model.attachment import AttachmentRules, FileType, Flaw

_BY_EXTENSION: dict[str, FileType] = {
    "pdf": "pdf",
    "jpg": "jpeg",
    "jpeg": "jpeg",
    "png": "png",
    "webp": "webp",
    "heif": "heic",
    "heic": "heic",
    "mp3": "mp3",
    "m4a": "m4a",
    "mp4": "mp4",
}

_SNIFFED = 1024
"""Bytes in which browsers look for markup, and PDF readers for a header."""

_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|script|iframe|svg|\?php)", re.IGNORECASE)
_CODE_START = re.compile(r"\s*(?:<[!?a-zA-Z]|#!|\{\\rtf|GIF8[79]a|%!PS)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MOST_ENTRIES = 5000
_MOST_UNPACKED = 500_000_000
_MOST_RATIO = 200
"""Real documents unpack to some tens of times their size, zip bombs to a thousand or more."""


def examine_content(name: str, content: bytes, rules: AttachmentRules) -> FileType | Flaw:
    """The type of the file if `rules` allow it, else the flaw; `name` only goes into the flaw.

    A file is `unsafe` if it is valid as two formats, holds macros or unpacks to an excessive
    size. Archives are never unpacked, only their directory is read.
    """
    if not content:
        return Flaw(name, "empty")
    if len(content) > rules.most_bytes:
        return Flaw(name, "too_large")
    if content.startswith(b"PK\x03\x04"):
        type_ = _detect_office(content)
    else:
        type_ = _detect_signature(content) or _detect_text(content)
    if type_ == "unsafe":
        return Flaw(name, "unsafe")
    if type_ is None or type_ not in rules.types:
        return Flaw(name, "wrong_type")
    return type_


def _detect_signature(content: bytes) -> FileType | Literal["unsafe"] | None:
    """The type whose signature the content has, `unsafe` if it is also valid as another format."""
    import puremagic  # lazily: 160 KB of signatures that only filings with files need

    try:
        candidates = puremagic.magic_string(content)
    except (puremagic.PureError, ValueError):
        return None
    for candidate in candidates:
        if type_ := _BY_EXTENSION.get(candidate.extension.lstrip(".")):
            return "unsafe" if _is_polyglot(content, type_) else type_
    return None


def _is_polyglot(content: bytes, type_: FileType) -> bool:
    """Whether other programs would read the file as markup, as an archive or as a PDF."""
    head = content[:_SNIFFED]
    return (
        _MARKUP.search(head) is not None
        or (type_ != "pdf" and b"%PDF-" in head)
        or is_zipfile(BytesIO(content))
    )


def _detect_office(content: bytes) -> FileType | Literal["unsafe"] | None:
    """The Office Open XML type (ECMA-376) of an archive, from its directory alone."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
    except (BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        return None
    names = {entry.filename for entry in entries}
    if "[Content_Types].xml" not in names:
        return None
    unpacked = sum(entry.file_size for entry in entries)
    if (
        len(entries) > _MOST_ENTRIES
        or len(names) < len(entries)
        or unpacked > min(_MOST_UNPACKED, _MOST_RATIO * len(content))
        or any(name.lower().endswith("vbaproject.bin") for name in names)
    ):
        return "unsafe"
    if "word/document.xml" in names:
        return "docx"
    return "xlsx" if "xl/workbook.xml" in names else None


def _detect_text(content: bytes) -> FileType | None:
    """`txt` for plain text in UTF-8 or GB 18030 that does not look like code; else None."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if _CONTROL.search(text) or _CODE_START.match(text) else "txt"
    return None
