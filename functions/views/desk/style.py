"""The style sheet of the desk: that of the site, and what only the desk has."""

from functools import cache
from hashlib import sha256
from pathlib import Path

_FOLDER = Path(__file__).parent / "styles"

_SHEETS = ("site.css", "desk.css", "case.css", "report.css")
"""`site.css` is what the build makes of the site's own style sheets; a test compares the two."""


@cache
def desk_style() -> bytes:
    """Its content."""
    return b"".join((_FOLDER / name).read_bytes() for name in _SHEETS)


@cache
def style_address() -> str:
    """Its address, which changes with its content, so that browsers may keep it."""
    return f"/cases/desk/style/{sha256(desk_style()).hexdigest()[:12]}.css"
