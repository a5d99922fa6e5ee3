"""Draws QR codes for paper into the page itself, so that no file is fetched."""

import segno
from markupsafe import Markup

_QUIET = 4
"""The margin that ISO/IEC 18004 requires around a code, in modules."""


def qr(address: str, title: str) -> Markup:
    """The QR code of an address as SVG, with a title for readers who cannot see it.

    Error correction is M because paper on a wall gets dirty. The mask is fixed because every mask
    is readable and comparing all eight takes most of the time. The code is black on white
    whatever the page's colours.
    """
    code = segno.make(address, error="m", micro=False, mask=0)
    svg = code.svg_inline(
        omitsize=True, border=_QUIET, svgclass="qr", lineclass=None, light="#fff", title=title
    )
    return Markup(svg.replace("<svg ", '<svg role="img" ', 1))
