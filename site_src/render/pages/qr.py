"""Draws QR codes for paper into the page itself, so that no file is fetched."""

import re
from collections.abc import Iterable, Iterator

import segno
from markupsafe import Markup

_QUIET = 4
"""The margin that ISO/IEC 18004 requires around a code, in modules."""

_BLACK = re.compile(b"\\x01+")


def qr(address: str, title: str) -> Markup:
    """The QR code of an address as SVG, with a title for readers who cannot see it.

    Error correction is M because paper on a wall gets dirty. The mask is fixed because every mask
    is readable and comparing all eight takes most of the time. The code is black on white
    whatever the page's colours.
    """
    code = segno.make(address, error="m", micro=False, mask=0)
    side = len(code.matrix) + 2 * _QUIET
    return Markup(
        '<svg role="img" viewBox="0 0 {side} {side}" class="qr"><title>{title}</title>'
        '<path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/>'
        '<path stroke="#000" d="M{start} {start}.5{lines}"/></svg>'
    ).format(side=side, title=title, start=_QUIET, lines="".join(_lines(code.matrix)))


def _lines(rows: Iterable[bytearray]) -> Iterator[str]:
    """The black modules of each row as strokes, each from where the last one ended."""
    x = y = 0
    for number, row in enumerate(rows):
        for black in _BLACK.finditer(row):
            start, end = black.span()
            if (start, number) != (x, y):
                yield f"m{start - x} {number - y}"
            yield f"h{end - start}"
            x, y = end, number
