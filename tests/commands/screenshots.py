"""`make screenshots`: takes the screenshots of docs/screenshots/ from the real server."""

import tempfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from functions.cases.login import link_for
from site_src.places import POLICIES, ROOT
from site_src.publish.build import build
from tests.helpers.chromium import choose, launch, page_of
from tests.helpers.desk.counted_year import counted_year, with_figures
from tests.helpers.desk.staff_directory import BANKER, person_with
from tests.helpers.filings import APPEAL
from tests.helpers.servers.site_server import served_here, server

FOLDER = ROOT / "docs" / "screenshots"
WIDTHS = (360, 1280)


STATIC = {
    "index": "/",
    "start": "/accreditation-body/",
    "disclosure": "/accreditation-body/procedure/",
    "guide": "/accreditation-body/guide/",
    "form": "/accreditation-body/appeal/",
    "print": "/accreditation-body/appeal/print/",
    "poster": "/securities-brokerage/poster/",
    "track": "/track/",
    "verify": "/verify/",
    "404": "/nowhere/",
    "gallery": "/_gallery/",
}
"""An example of each type of static page."""

DESK: tuple[tuple[int, Literal["light", "dark"]], ...] = (
    (360, "light"),
    (1280, "light"),
    (360, "dark"),
)
"""How wide the desk is shown, and in which scheme."""

TALLEST = 2400
"""Pixels. Below this height a page only repeats what is above."""


def main() -> None:
    """Takes each page type on a phone and on a desktop, and two pages also in dark mode."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        server(Path(folder) / "data", Path(folder) / "dist") as (address, _),
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        for width in WIDTHS:
            page = page_of(browser, script=False, width=width)
            for name, path in STATIC.items():
                page.goto(address + path)
                take(page, name, width)
            filing(page, address, width)
        page.emulate_media(color_scheme="dark")
        for name in ("start", "form"):
            page.goto(address + STATIC[name])
            take(page, f"{name}-dark", width)
        desk(browser, Path(folder))
        browser.close()


def desk(browser: Browser, folder: Path) -> None:
    """Takes what staff see of a year of cases, and the figures that the public sees of them."""
    built = folder / "built"
    build(POLICIES, built, site_url="http://127.0.0.1")
    with counted_year(folder, built) as ports:
        with_figures(ports, folder)
        with served_here(ports, folder / "dist") as address:
            local = replace(ports, site_url=address)
            for width, scheme in DESK:
                link = link_for(person_with(BANKER, "commercial-bank", local), "", local)
                page = page_of(browser, script=False, width=width)
                page.emulate_media(color_scheme=scheme)
                page.goto(link)
                page.get_by_role("button").last.click()
                mark = "" if scheme == "light" else "-dark"
                for name, path in (("desk", "?list=overdue"), ("report", "/report?month=2026-10")):
                    page.goto(f"{address}/cases/desk{path}")
                    take(page, f"{name}{mark}", width)
                page.goto(f"{address}/cases/desk?list=overdue")
                page.locator(".desk-row h2 a").first.click()
                take(page, f"desk-case{mark}", width)
                page.goto(f"{address}/commercial-bank/procedure/")
                take(page, f"figures{mark}", width)


def filing(page: Page, address: str, width: int) -> None:
    """Takes the pages of a filing, from a form with errors to the status of its case."""
    page.goto(f"{address}/accreditation-body/appeal/")
    page.fill("#account", f"{APPEAL['account']} ({width})")
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
    reference, code = page.locator(".proof code").all_inner_texts()[:2]
    page.goto(f"{address}/track/")
    page.fill("#reference", reference)
    page.fill("#access_code", code)
    page.click("main button")
    page.fill("#information-text", "补充：当天的邮件和照片已经找到。")
    page.click("form[action='/cases/status/information'] button")
    take(page, "status", width)


def take(page: Page, name: str, width: int) -> None:
    """Saves a screenshot with 64 colours, which makes the file a third as large."""
    height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
    png = page.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})
    picture = Image.open(BytesIO(png))
    picture.convert("RGB").quantize(64).save(FOLDER / f"{name}-{width}.png", optimize=True)


if __name__ == "__main__":
    main()
