"""Detects a file's type from its content alone; name and declared media type do not count."""

import re
from codecs import getincrementaldecoder
from collections.abc import Callable
from io import BytesIO
from typing import Literal
from zipfile import is_zipfile

from functions.cases.files.audio_frames import is_aac, is_amr, is_mp3
from functions.cases.files.iso_media import media_by_tracks
from functions.cases.files.office_documents import (
    detect_compound,
    detect_open_document,
    detect_open_xml,
)
from functions.model.attachment import AttachmentRules, FileType, Flaw
from functions.model.files.signatures import HEAD, NO_TEXT, TEXT_ENCODINGS, signed_types

_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|script|iframe|svg|\?php)", re.IGNORECASE)
_NO_TEXT = re.compile(NO_TEXT)

_FRAMES: dict[FileType, Callable[[bytes], bool]] = {"mp3": is_mp3, "aac": is_aac, "amr": is_amr}
"""Types whose first bytes other formats have, too: frames of sound must follow."""


def examine_content(name: str, content: bytes, rules: AttachmentRules) -> FileType | Flaw:
    """The type of the file if `rules` allow it, else the flaw; `name` only goes into the flaw.

    A file is `unsafe` if it is valid as two formats, holds macros or unpacks to an excessive
    size. Archives are never unpacked, only their directory is read.
    """
    if not content:
        return Flaw(name, "empty")
    if len(content) > rules.most_bytes:
        return Flaw(name, "too_large")
    type_ = _detect(content)
    if type_ == "unsafe":
        return Flaw(name, "unsafe")
    if type_ is None or type_ not in rules.types:
        return Flaw(name, "wrong_type")
    return type_


def examine_head(name: str, head: bytes, rules: AttachmentRules) -> Flaw | None:
    """The flaw that the first bytes of a file show; None if it may be of a type in `rules`."""
    allowed = set(rules.types).intersection(_possible_types(head[:HEAD]))
    return None if allowed else Flaw(name, "wrong_type")


def _possible_types(head: bytes) -> tuple[FileType, ...]:
    """The types that a file that begins with `head` may have.

    A container is recognised by what it contains, never by its own signature alone.
    """
    signed = signed_types(head)
    if signed is not None:
        return signed
    return ("txt",) if _is_text(head, whole=False) else ()


def _detect(content: bytes) -> FileType | Literal["unsafe"] | None:
    """The type of the whole file, `unsafe` if something hides in it; None if it is not known."""
    type_: FileType
    match _possible_types(content[:HEAD]):
        case ("docx", _):
            return detect_open_xml(content)
        case ("doc", _):
            return detect_compound(content)
        case ("odt" | "ods" as only,):
            return detect_open_document(content, only)
        case ("txt",):
            return "txt" if _is_text(content) else None
        case ("mp4", _):
            type_ = media_by_tracks(content)
        case (only,):
            if only in _FRAMES and not _FRAMES[only](content):
                return None
            type_ = only
        case _:
            return None
    return "unsafe" if _is_polyglot(content, type_) else type_


def _is_polyglot(content: bytes, type_: FileType) -> bool:
    """Whether other programs would read the file as markup, as an archive or as a PDF."""
    head = content[:HEAD]
    return (
        _MARKUP.search(head) is not None
        or (type_ != "pdf" and b"%PDF-" in head)
        or is_zipfile(BytesIO(content))
    )


def _is_text(content: bytes, whole: bool = True) -> bool:
    """Whether it is plain text in UTF-8 or GB 18030 that does not look like code.

    Unless it is `whole`, a character may be cut off at its end.
    """
    for encoding in TEXT_ENCODINGS:
        try:
            text = getincrementaldecoder(encoding)().decode(content, final=whole)
        except UnicodeDecodeError:
            continue
        return not _NO_TEXT.search(text.removeprefix("\ufeff"))
    return False
