"""Tells films from recordings, which ISO base media files of general brands may both be."""

import re

from functions.model.attachment import FileType

_HANDLER = re.compile(rb"hdlr.{8}(vide|soun)", re.DOTALL)
"""A box `hdlr` names what its track is."""


def media_by_tracks(content: bytes) -> FileType:
    """MP4 or M4A: a recording has tracks of sound and none of pictures."""
    return "m4a" if set(_HANDLER.findall(content)) == {b"soun"} else "mp4"
