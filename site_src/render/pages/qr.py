"""Draws QR codes for paper into the page itself, so that no file is fetched."""

import re
from collections.abc import Iterator

from markupsafe import Markup
from zxingcpp import BarcodeFormat, create_barcode

_BLACK = re.compile(b"\0+")


def qr(address: str, title: str) -> Markup:
    """The QR code of an address as SVG, with a title for readers who cannot see it.

    Error correction is M because paper on a wall gets dirty. The code is black on white whatever
    the page's colours, with the margin that ISO/IEC 18004 requires around it.
    """
    image = create_barcode(address, BarcodeFormat.QRCode, ec_level="M").to_image()
    side, _ = image.shape
    modules = memoryview(image).tobytes()  # type: ignore[arg-type]  # the stub says no Buffer
    return Markup(
        '<svg role="img" viewBox="0 0 {side} {side}" class="qr"><title>{title}</title>'
        '<path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/>'
        '<path stroke="#000" d="M0 .5{lines}"/></svg>'
    ).format(side=side, title=title, lines="".join(_lines(modules, side)))


def _lines(modules: bytes, side: int) -> Iterator[str]:
    """The black modules of each row as strokes, each from where the last one ended.

    The margin keeps those of one row from those of the next.
    """
    x = y = 0
    for black in _BLACK.finditer(modules):
        (row, start), length = divmod(black.start(), side), black.end() - black.start()
        yield f"m{start - x} {row - y}h{length}"
        x, y = start + length, row
