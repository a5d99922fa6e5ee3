"""What a file is, found in its content: its name, and what a browser says of it, do not count."""

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
"""So far into a file browsers look for markup, and readers of PDF for a header."""

_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|script|iframe|svg|\?php)", re.IGNORECASE)
_LIKE_CODE = re.compile(r"\s*(?:<[!?a-zA-Z]|#!|\{\\rtf|GIF8[79]a|%!PS)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MOST_ENTRIES = 5000
_MOST_UNPACKED = 500_000_000
_MOST_RATIO = 200
"""Real documents unpack to some tens of times their size; a bomb to a thousand times or more."""


def examine_content(name: str, content: bytes, rules: AttachmentRules) -> FileType | Flaw:
    """The type of a file that the rules allow, or why it is not taken; `name` is for the answer.

    `unsafe` is a file that is two things at once, holds macros or unpacks beyond reason. Nothing
    is ever unpacked: an archive is judged by its directory.
    """
    if not content:
        return Flaw(name, "empty")
    if len(content) > rules.most_bytes:
        return Flaw(name, "too_large")
    if content.startswith(b"PK\x03\x04"):
        found = _office(content)
    else:
        found = _signed(content) or _text(content)
    if found == "unsafe":
        return Flaw(name, "unsafe")
    if found is None or found not in rules.types:
        return Flaw(name, "wrong_type")
    return found


def _signed(content: bytes) -> FileType | Literal["unsafe"] | None:
    """The type whose signature the content begins with."""
    import puremagic  # here: 160 KB of signatures that only a filing with files needs

    try:
        candidates = puremagic.magic_string(content)
    except (puremagic.PureError, ValueError):
        return None
    for candidate in candidates:
        if found := _BY_EXTENSION.get(candidate.extension.lstrip(".")):
            return "unsafe" if _is_two_things(content, found) else found
    return None


def _is_two_things(content: bytes, found: FileType) -> bool:
    """Whether another program would read the file as markup, as an archive or as a PDF."""
    head = content[:_SNIFFED]
    return (
        _MARKUP.search(head) is not None
        or (found != "pdf" and b"%PDF-" in head)
        or is_zipfile(BytesIO(content))
    )


def _office(content: bytes) -> FileType | Literal["unsafe"] | None:
    """Which document of Office Open XML (ECMA-376) an archive is, by its directory alone."""
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


def _text(content: bytes) -> FileType | None:
    """Plain text in UTF-8 or GB 18030, which is no code that something would run."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if _CONTROL.search(text) or _LIKE_CODE.match(text) else "txt"
    return None
