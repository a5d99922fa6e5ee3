"""Says by the first bytes of a file which types it may have.

The functions and the script of the forms read the same table, so that a browser refuses a file for
the same reason as they do, before it is sent. Its expressions mean the same in Python and in
JavaScript, where each character stands for one byte and a dot for any.
"""

import re
from typing import Final

from functions.model.attachment import FileType

HEAD: Final = 1024
"""Bytes that show which types a file may have. Browsers look for markup in them, and PDF readers
for a header."""

_BOX = r"^(?:\x00\x00\x00\x01ftyp.{8}|.{4}ftyp)(?=.{8})"
"""Every ISO base media file begins with a box `ftyp` (ISO/IEC 14496-12, 4.3). It names a major
brand, a version and the brands that the file is compatible with, of four bytes each."""

_HEIC = "(?:hei[cmsx]|hev[cmsx])"
_AVIF = "(?:avi[fs])"
_ANY_IMAGE = "(?:mif[12]|msf1|miaf)"
"""Brands of HEIF that say nothing of the coding; another compatible brand does, or it is HEIC."""

_AUDIO = "M4[AB] "
_FILM = "M4V[ HP]"
_EITHER = "(?:avc1|dash|mmp4|mp4[12]|mp71|MSNV|XAVC|iso[m2-9])"
"""Brands of MP4 that also recordings without a picture have."""


def _compatible(brand: str, unless: str = "") -> str:
    """A compatible brand, which stands after the major one and the version."""
    skipped = f"(?!{unless})" if unless else ""
    return f".{{8}}(?:{skipped}.{{4}})*?{brand}"


_OPEN_DOCUMENT = r"^PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\.opendocument\."
"""The first entry of an archive of OpenDocument names its type, uncompressed (ODF 1.3, part 2,
3.3). A template has a longer name."""

_MPEG_RATES = "".join(rf"\x{index:x}0-\x{index:x}b" for index in range(1, 15))
"""The third byte of a frame of MPEG audio: a bit rate and a sampling rate that are defined."""

SIGNATURES: tuple[tuple[str, tuple[FileType, ...]], ...] = (
    (rf"{_OPEN_DOCUMENT}text(?!-)", ("odt",)),
    (rf"{_OPEN_DOCUMENT}spreadsheet(?!-)", ("ods",)),
    (r"^PK\x03\x04", ("docx", "xlsx")),
    (r"^\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ("doc", "xls")),
    (r"^RIFF.{4}WEBP", ("webp",)),
    (r"^RIFF.{4}WAVE", ("wav",)),
    (r"^RIFF", ()),
    (f"{_BOX}qt  ", ("mov",)),
    (f"{_BOX}{_AUDIO}", ("m4a",)),
    (f"{_BOX}(?:{_AVIF}|(?!{_HEIC}){_compatible(_AVIF, unless=_HEIC)})", ("avif",)),
    (f"{_BOX}(?:{_HEIC}|{_ANY_IMAGE}|{_compatible(_HEIC)})", ("heic",)),
    (f"{_BOX}3g", ("3gp",)),
    (f"{_BOX}{_FILM}", ("mp4",)),
    (f"{_BOX}(?={_EITHER})(?={_compatible(_AUDIO)})(?!{_compatible(_FILM)})", ("m4a",)),
    (f"{_BOX}{_EITHER}", ("mp4", "m4a")),
    (r"^%PDF-", ("pdf",)),
    (r"^\xff\xd8\xff", ("jpeg",)),
    (r"^\x89PNG\r\n\x1a\n", ("png",)),
    (r"^#!AMR", ("amr",)),
    # A first page with one packet that names the coding of sound (RFC 3533, 6; RFC 7845, 5.1).
    (r"^OggS\x00\x02.{20}\x01.(?:OpusHead|\x01vorbis|Speex   )", ("ogg",)),
    (rf"^(?:ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb][{_MPEG_RATES}])", ("mp3",)),
    (r"^\xff[\xf0\xf1\xf8\xf9]", ("aac",)),
)
"""Expressions over the head, which is cut to the box `ftyp` if it begins with one, and the types
that a file may then have. The first that matches decides. What none matches may be text."""

NAMED_INSIDE: dict[FileType, str] = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "doc": "W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0",
    "xls": "W\0o\0r\0k\0b\0o\0o\0k\0",
}
"""What stands somewhere in a file of these types, which share their first bytes with others."""

NO_TEXT = r"[\x00-\x08\x0b\x0e-\x1f\x7f]|^\s*(?:<[!?a-zA-Z]|#!|\{\\rtf|GIF8[79]a|%!PS)"
"""What the head of plain text has nowhere: control characters, the beginning of code or markup."""

TEXT_ENCODINGS = ("utf-8", "gb18030")
"""The encodings that plain text may have, by names that browsers know, too."""

_COMPILED = tuple(
    (re.compile(pattern.encode("latin-1"), re.DOTALL), types) for pattern, types in SIGNATURES
)


def signed_types(head: bytes) -> tuple[FileType, ...] | None:
    """The types that a file that begins with `head` may have; None if no signature matches."""
    head = _first_box(head[:HEAD])
    return next((types for pattern, types in _COMPILED if pattern.match(head)), None)


def _first_box(head: bytes) -> bytes:
    """The head, or the box `ftyp` at its beginning, without what follows that."""
    size = int.from_bytes(head[:4], "big")
    return head[:size] if head[4:8] == b"ftyp" and size > 1 else head
