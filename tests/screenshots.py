"""Takes the screenshots of docs/screenshots/ from the real server: `make screenshots`."""

import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from site_src.site import ROOT
from tests.filings import APPEAL
from tests.serving import server
from tests.test_browser import choose, launch, page_of

FOLDER = ROOT / "docs" / "screenshots"
WIDTHS = (360, 1280)


def main() -> None:
    """Disclosure page, form with errors, answers to check and receipt, on a phone and on a desk."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        server(Path(folder) / "data", Path(folder) / "dist") as (address, _),
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        for width in WIDTHS:
            page = page_of(browser, script=False, width=width)
            page.goto(f"{address}/accreditation-body/")
            take(page, "disclosure", width)
            page.goto(f"{address}/accreditation-body/appeal/")
            page.fill("#account", APPEAL["account"])
            page.fill("#email", "zhang@example")
            page.click("button[value=check]")
            take(page, "errors", width)
            choose(page, APPEAL["category"])
            for name in ("decision", "decided_on", "name", "email"):
                page.fill(f"#{name}", APPEAL[name])
            page.check("#consent")
            page.click("button[value=check]")
            take(page, "check", width)
            page.click("button[value=send]")
            take(page, "receipt", width)
        browser.close()


def take(page: Page, name: str, width: int) -> None:
    """Keeps the whole page as a picture."""
    page.screenshot(path=FOLDER / f"{name}-{width}.png", full_page=True)


if __name__ == "__main__":
    main()
