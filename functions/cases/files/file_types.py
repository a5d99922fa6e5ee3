"""Detects a file's type from its content alone; name and declared media type do not count."""

import re
from codecs import getincrementaldecoder
from io import BytesIO
from typing import Literal
from zipfile import is_zipfile

from functions.cases.files.audio_frames import is_amr, is_mp3, may_be_mp3
from functions.cases.files.compound_file import COMPOUND_FILE
from functions.cases.files.iso_media import iso_media_types, media_by_tracks
from functions.cases.files.office_documents import detect_open_xml, detect_word
from functions.model.attachment import AttachmentRules, FileType, Flaw

HEAD = 1024
"""Bytes that show which types a file may have. Browsers look for markup in them, and PDF readers
for a header."""

_SIGNATURES: tuple[tuple[bytes, FileType], ...] = (
    (b"%PDF-", "pdf"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"#!AMR", "amr"),
)
"""Signatures that stand for one type."""

_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|script|iframe|svg|\?php)", re.IGNORECASE)
_CODE_START = re.compile(r"\s*(?:<[!?a-zA-Z]|#!|\{\\rtf|GIF8[79]a|%!PS)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


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
    if head.startswith(b"PK\x03\x04"):
        return ("docx", "xlsx")
    if head.startswith(COMPOUND_FILE):
        return ("doc",)
    if head.startswith(b"RIFF"):
        return ("webp",) if head[8:12] == b"WEBP" else ()
    if types := iso_media_types(head):
        return types
    for signature, type_ in _SIGNATURES:
        if head.startswith(signature):
            return (type_,)
    if may_be_mp3(head):
        return ("mp3",)
    return ("txt",) if _is_text(head, whole=False) else ()


def _detect(content: bytes) -> FileType | Literal["unsafe"] | None:
    """The type of the whole file, `unsafe` if something hides in it; None if it is not known."""
    type_: FileType
    match _possible_types(content[:HEAD]):
        case ("docx", _):
            return detect_open_xml(content)
        case ("doc",):
            return detect_word(content)
        case ("txt",):
            return "txt" if _is_text(content) else None
        case ("mp4", _):
            type_ = media_by_tracks(content)
        case ("mp3",):
            if not is_mp3(content):
                return None
            type_ = "mp3"
        case ("amr",):
            if not is_amr(content):
                return None
            type_ = "amr"
        case (only,):
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
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = getincrementaldecoder(encoding)().decode(content, final=whole)
        except UnicodeDecodeError:
            continue
        return not (_CONTROL.search(text) or _CODE_START.match(text))
    return False
