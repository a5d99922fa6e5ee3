"""Checks an organisation's looks: the contrast of its colour and the format of its logo."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from site_src.looks.theme import TEXT_CONTRAST, least_contrast, readable, themed
from site_src.policy.finding import Finding
from site_src.policy.finding_place import at_key
from site_src.policy.load import REVISIONS, Edition

LARGEST_LOGO = 64 * 1024
"""In bytes; every page loads the logo, on a phone too."""

_PNG = b"\x89PNG\r\n\x1a\n"
_SVG = "{http://www.w3.org/2000/svg}svg"


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
        remedy = f"Put an SVG or PNG of at most {LARGEST_LOGO // 1024} KB beside policy.yaml."
        yield at_key(source, "logo-wrong", problem, remedy, "organisation", "logo")


def _logo_problem(file: Path) -> str | None:
    """Why a file cannot be the logo, or None; its content decides its type, not its name."""
    if not file.is_file():
        return f"there is no {file.name} beside policy.yaml"
    content = file.read_bytes()
    if len(content) > LARGEST_LOGO:
        return f"{file.name} has {len(content) / 1024:.0f} KB, which is too much"
    valid = content.startswith(_PNG) if file.suffix == ".png" else _is_svg(content)
    return None if valid else f"the content of {file.name} is not {file.suffix[1:].upper()}"


def _is_svg(content: bytes) -> bool:
    try:
        return bool(fromstring(content).tag == _SVG)
    except (ParseError, DefusedXmlException, ValueError):
        return False
