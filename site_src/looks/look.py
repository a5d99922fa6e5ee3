"""What an organisation may set of its looks beside its name: a logo and one colour.

They are no facts: they hold for the organisation and not for a version, so only the open
folder's are looked at, and a change of them publishes nothing new.
"""

from dataclasses import dataclass
from pathlib import Path

from site_src.looks.theme import theme_sheet
from site_src.policy.load import REVISIONS, Editions
from site_src.policy.model import Organisation
from site_src.site_files import SiteFiles


@dataclass(frozen=True)
class Look:
    """The addresses of an organisation's own style sheet and logo, where it has them."""

    sheet: str | None = None
    logo: str | None = None


def look(site: SiteFiles, editions: Editions) -> Look:
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
