"""Tells the types of ISO base media files apart: HEIC, AVIF, MP4, M4A, MOV and 3GP.

All of them begin with a box `ftyp` (ISO/IEC 14496-12, 4.3) that names a major brand and the
brands that the file is compatible with.
"""

import re

from functions.model.attachment import FileType

_IMAGES: dict[bytes, FileType] = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis"), "heic"),
    **dict.fromkeys((b"hevc", b"hevx", b"hevm", b"hevs"), "heic"),
    **dict.fromkeys((b"avif", b"avis"), "avif"),
}
_ANY_IMAGE = frozenset({b"mif1", b"mif2", b"msf1", b"miaf"})
"""Brands of HEIF that say nothing of the coding; another compatible brand does, or it is HEIC."""

_AUDIO = frozenset({b"M4A ", b"M4B "})
_FILM = frozenset({b"M4V ", b"M4VH", b"M4VP"})
_EITHER = frozenset(
    {b"avc1", b"dash", b"mmp4", b"mp41", b"mp42", b"mp71", b"MSNV", b"XAVC", b"isom"}
    | {b"iso%d" % number for number in range(2, 10)}
)
"""Brands of MP4 that also recordings without a picture have."""

_HANDLER = re.compile(rb"hdlr.{8}(vide|soun)", re.DOTALL)
"""A box `hdlr` names what its track is."""


def iso_media_types(head: bytes) -> tuple[FileType, ...]:
    """The types that a file whose first bytes are `head` may have; none if it is no such file.

    The major brand decides. Where it stands for several types, the compatible brands do, and where
    these do not either, `media_by_tracks` does.
    """
    major, *compatible = _brands(head) or (b"",)
    images = [_IMAGES[brand] for brand in (major, *compatible) if brand in _IMAGES]
    if major == b"qt  ":
        return ("mov",)
    if major in _AUDIO:
        return ("m4a",)
    if images or major in _ANY_IMAGE:
        return (images[0],) if images else ("heic",)
    if major.startswith(b"3g"):
        return ("3gp",)
    if major in _FILM:
        return ("mp4",)
    if major not in _EITHER:
        return ()
    named = {*compatible}
    return ("m4a",) if named & _AUDIO and not named & _FILM else ("mp4", "m4a")


def media_by_tracks(content: bytes) -> FileType:
    """MP4 or M4A: a recording has tracks of sound and none of pictures."""
    return "m4a" if set(_HANDLER.findall(content)) == {b"soun"} else "mp4"


def _brands(head: bytes) -> tuple[bytes, ...] | None:
    """The major brand, then the compatible brands; None if there is no whole box `ftyp`."""
    if head[4:8] != b"ftyp":
        return None
    size, start = int.from_bytes(head[:4], "big"), 8
    if size == 1:
        size, start = int.from_bytes(head[8:16], "big"), 16
    box = head[start:size]
    if len(box) < 8:
        return None
    return (box[:4], *(box[at : at + 4] for at in range(8, len(box) - 3, 4)))
