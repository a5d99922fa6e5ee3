"""The style sheet of the desk begins with that of the site."""

import pytest

from functions.views.desk.style import desk_style
from site_src.places import ROOT
from site_src.render.assets import assets
from site_src.site_files import SiteFiles

_OF_SITE = ("ombud.css", "form.css", "case.css")
"""The style sheets of the site that the desk uses the colours and components of."""

SHEET = ROOT / "functions" / "views" / "desk" / "styles" / "site.css"


def test_sheet_begins_as_the_sites(pytestconfig: pytest.Config) -> None:
    """Colours, type and components are the site's: its style sheets, as the build makes them.

    `--update-golden` writes the file.
    """
    site = SiteFiles()
    addresses = assets(site)
    made = b"".join(site.files[addresses[name].lstrip("/")] for name in _OF_SITE)
    if pytestconfig.getoption("--update-golden"):
        SHEET.write_bytes(made)
    assert SHEET.read_bytes() == made
    assert desk_style().startswith(made)
