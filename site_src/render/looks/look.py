"""What an organisation may set of its looks beside its name: a logo and one colour.

They are no facts: they hold for the organisation and not for a version, so only the open
folder's are looked at, and a change of them publishes nothing new.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from site_src.policy.finding import Finding
from site_src.policy.finding_place import at_key
from site_src.policy.load import REVISIONS, Editions, Source
from site_src.policy.model import Organisation
from site_src.render.looks.theme import TEXT_CONTRAST, least_contrast, readable, theme_sheet, themed
from site_src.render.site_files import Site

LARGEST_LOGO = 64 * 1024
"""In bytes; a logo is seen on each page, on a telephone too."""

_PNG = b"\x89PNG\r\n\x1a\n"
_SVG = "{http://www.w3.org/2000/svg}svg"


@dataclass(frozen=True)
class Look:
    """The addresses of an organisation's own style sheet and logo, where it has them."""

    sheet: str | None = None
    logo: str | None = None


def look(site: Site, editions: Editions) -> Look:
    """Adds an organisation's style sheet and logo to the site."""
    source = next(one for one in editions.editions if one.folder.parent.name != REVISIONS)
    own: Organisation = source.policy.organisation
    sheet = logo = None
    if own.colour:
        sheet = site.asset(f"{editions.id}.css", theme_sheet(own.colour).encode())
    if own.logo:
        suffix = Path(own.logo).suffix
        content = (source.folder / own.logo).read_bytes()
        logo = site.asset(f"{editions.id}{suffix}", content)
    return Look(sheet, logo)


def check_looks(source: Source) -> Iterator[Finding]:
    """A colour that cannot be read, and a logo that is none."""
    if source.folder.parent.name == REVISIONS:
        return
    own = source.policy.organisation
    if own.colour:
        light, _ = themed(own.colour)
        contrast = least_contrast(light)
        if contrast < TEXT_CONTRAST:
            message = (
                f"{own.colour} has a contrast of {contrast:.1f}:1 with the page, "
                f"text needs {TEXT_CONTRAST}:1"
            )
            remedy = f"Take a darker one; the nearest is {readable(own.colour)}."
            place = ("organisation", "colour")
            yield at_key(source, "colour-contrast", message, remedy, *place)
    if own.logo and (wrong := _wrong_logo(source.folder / own.logo)):
        remedy = f"Put an SVG or PNG of at most {LARGEST_LOGO // 1024} KB beside policy.yaml."
        yield at_key(source, "logo-wrong", wrong, remedy, "organisation", "logo")


def _wrong_logo(file: Path) -> str | None:
    """What keeps a file from being shown as a logo; its type is what it holds, not its name."""
    if not file.is_file():
        return f"there is no {file.name} beside policy.yaml"
    content = file.read_bytes()
    if len(content) > LARGEST_LOGO:
        return f"{file.name} has {len(content) / 1024:.0f} KB"
    held = content.startswith(_PNG) if file.suffix == ".png" else _is_svg(content)
    return None if held else f"{file.name} holds no {file.suffix[1:].upper()}"


def _is_svg(content: bytes) -> bool:
    try:
        return bool(fromstring(content).tag == _SVG)
    except (ParseError, DefusedXmlException, ValueError):
        return False
