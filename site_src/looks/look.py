"""Adds an organisation's own looks to the site: a logo and one colour.

Looks are not facts: they belong to the organisation and not to a version. So only those of the
current edition's folder count, and changing them needs no new version.
"""

from dataclasses import dataclass
from pathlib import Path

from functions.model.contract.directory import BrandColours
from site_src.looks.theme import theme_sheet, themed
from site_src.policy.edition import Editions
from site_src.policy.folders import REVISIONS
from site_src.policy.model.organisation import Organisation
from site_src.site_files import SiteFiles


@dataclass(frozen=True)
class Look:
    """The addresses of an organisation's own style sheet and logo; None if it has none.

    `colours` are those of its mails, which no style sheet reaches.
    """

    sheet: str | None = None
    logo: str | None = None
    colours: BrandColours | None = None


def look(site: SiteFiles, editions: Editions) -> Look:
    """Adds an organisation's style sheet and logo to the site."""
    source = next(
        edition for edition in editions.editions if edition.folder.parent.name != REVISIONS
    )
    own: Organisation = source.policy.organisation
    sheet = logo = colours = None
    if own.colour:
        sheet = site.asset(f"{editions.id}.css", theme_sheet(own.colour).encode())
        light, dark = themed(own.colour)
        colours = BrandColours(light=light.brand, dark=dark.brand)
    if own.logo:
        suffix = Path(own.logo).suffix
        content = (source.folder / own.logo).read_bytes()
        logo = site.asset(f"{editions.id}{suffix}", content)
    return Look(sheet, logo, colours)
