"""`python -m tests.commands.studio_screenshots`: takes the pictures of docs/for-organisations.md.

The same procedure is in the studio in Chinese, and another one in English.
"""

import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from site_src.places import ROOT
from tests.helpers.chromium import launch, page_of
from tests.helpers.servers.site_server import serving
from tests.helpers.studio.clerk import ClerkAtStudio
from tests.helpers.studio.office import Office
from tests.helpers.studio.procedures import ACCREDITATION, HOUSING, OfficeProcedure

_FOLDER = ROOT / "docs" / "screenshots"
_WIDTH = 1120
_TALLEST = 900
"""Pixels. The pictures show where things are, not whole pages."""


def main() -> None:
    """Takes each page in both languages, from the import to the publication."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        office = Office(Path(folder))
        browser = launch(playwright)
        with serving(office.studio) as address:
            for procedure in (ACCREDITATION, HOUSING):
                page = page_of(browser, width=_WIDTH)
                page.set_viewport_size({"width": _WIDTH, "height": _TALLEST})
                _pictures(page, address + office.first(procedure.tongue), procedure, office)
        browser.close()


def _pictures(page: Page, first: str, procedure: OfficeProcedure, office: Office) -> None:
    name, tongue = f"sample-{procedure.tongue}", procedure.tongue
    draft = f"{first}{name}/"
    page.goto(first)
    page.set_input_files("#file", procedure.document(office.documents))
    page.fill("#organisation", name)
    _take(page, "import", tongue)
    page.locator("form button").first.click()
    _take(page, "left-out", tongue)
    page.goto(draft)
    _take(page, "fact", tongue)
    page.locator(".facts a[href*='?fact=limits.0']").click()
    _take(page, "limit", tongue)
    page.fill("#f-value", "15")
    page.locator(".live .findings").scroll_into_view_if_needed()
    _take(page, "finding", tongue)
    clerk = ClerkAtStudio(page, draft)
    page.goto(f"{draft}organisation")
    _take(page, "organisation", tongue)
    clerk.work(procedure.answers)
    for path in ("preview", "trial", "publish"):
        page.goto(f"{draft}{path}")
        _take(page, path, tongue)


def _take(page: Page, name: str, tongue: str) -> None:
    """Saves what is on the screen with 64 colours, which makes the file a third as large."""
    page.wait_for_load_state("networkidle")
    picture = Image.open(BytesIO(page.screenshot()))
    path = _FOLDER / f"studio-{name}-{tongue}.png"
    picture.convert("RGB").quantize(64).save(path, optimize=True)


if __name__ == "__main__":
    main()
