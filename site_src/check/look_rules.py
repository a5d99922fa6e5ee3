"""Checks an organisation's looks: the contrast of its colour and the format of its logo."""

from collections.abc import Iterator
from pathlib import Path

from site_src.looks.svg_rules import svg_problem
from site_src.looks.theme import TEXT_CONTRAST, least_contrast, readable, themed
from site_src.policy.finding import Finding
from site_src.policy.finding_place import at_key
from site_src.policy.load import REVISIONS, Edition

LARGEST_LOGO = 64 * 1024
"""In bytes; every page loads the logo, on a phone too."""

_PNG = b"\x89PNG\r\n\x1a\n"


def check_looks(source: Edition) -> Iterator[Finding]:
    """The findings on a colour that cannot be read and on a logo that is not one."""
    if source.folder.parent.name == REVISIONS:
        return
    own = source.policy.organisation
    if own.colour:
        light, _ = themed(own.colour)
        contrast = least_contrast(light)
        if contrast < TEXT_CONTRAST:
            message = (
                f"{own.colour} has a contrast of {contrast:.1f}:1 with the page, "
                f"but text needs {TEXT_CONTRAST}:1"
            )
            remedy = f"Use a darker colour; the nearest is {readable(own.colour)}."
            place = ("organisation", "colour")
            yield at_key(source, "colour-contrast", message, remedy, *place)
    if own.logo and (problem := _logo_problem(source.folder / own.logo)):
        remedy = (
            f"Put an SVG or PNG of at most {LARGEST_LOGO // 1024} KB beside policy.yaml; an SVG "
            "has shapes only, and everything that it shows in itself."
        )
        yield at_key(source, "logo-wrong", problem, remedy, "organisation", "logo")


def _logo_problem(file: Path) -> str | None:
    """Why a file cannot be the logo, or None; its content decides its type, not its name."""
    if not file.is_file():
        return f"there is no {file.name} beside policy.yaml"
    try:
        size = file.stat().st_size
        content = file.read_bytes() if size <= LARGEST_LOGO else b""
    except OSError as error:
        return f"{file.name}: {error.strerror}"
    if size > LARGEST_LOGO:
        return f"{file.name} has {size / 1024:.0f} KB, which is too much"
    if file.suffix == ".png":
        return None if content.startswith(_PNG) else f"{file.name} is not PNG"
    problem = svg_problem(content)
    return f"{file.name} {problem}" if problem else None
