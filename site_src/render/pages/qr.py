"""QR codes for paper: drawn into the page, so that nothing is fetched and any printer will do."""

import segno
from markupsafe import Markup

_QUIET = 4
"""The margin that ISO/IEC 18004 wants around a code, in modules; darker surroundings need it."""


def qr(address: str, title: str) -> Markup:
    """The code of an address as SVG with a text for those who cannot see it.

    Error correction M: paper on a wall gets dirty. Any mask can be read; to weigh all eight is most
    of the work. Black on white whatever the page's colours.
    """
    code = segno.make(address, error="m", micro=False, mask=0)
    drawn = code.svg_inline(
        omitsize=True, border=_QUIET, svgclass="qr", lineclass=None, light="#fff", title=title
    )
    return Markup(drawn.replace("<svg ", '<svg role="img" ', 1))
