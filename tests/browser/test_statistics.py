"""Reports and published figures in a real browser: on a phone and a desk, by day and by night."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from cli.reporting.written_report import write_report
from cli.reporting.year_archive import write_archive
from functions.cases.login import link_for
from functions.cases.ports.ports import Ports
from tests.helpers.chromium import page_of, violations
from tests.helpers.desk.counted_year import counted_year, with_figures
from tests.helpers.desk.staff_directory import BANKER, person_with
from tests.helpers.servers.site_server import served_here

Scheme = Literal["light", "dark"]
LOOKS: tuple[tuple[int, Scheme], ...] = ((320, "light"), (320, "dark"), (1280, "light"))


@pytest.fixture(scope="module")
def year(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ports]:
    """The ports over a year of the bank's cases, with staff of the tests' own."""
    with counted_year(tmp_path_factory.mktemp("year"), built) as ports:
        yield ports


@pytest.fixture(scope="module")
def site(year: Ports, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with the desk, and with pages that show the published figures."""
    folder = tmp_path_factory.mktemp("figures")
    with_figures(year, folder)
    with served_here(year, folder / "dist") as address:
        yield address


def note_url(asked: list[str], request: Request) -> None:
    """Notes what a page asks for."""
    asked.append(request.url)


def assert_good(page: Page) -> None:
    """Nothing keeps anybody out, and nothing must be scrolled sideways."""
    assert violations(page) == []
    wide = "one => one.scrollWidth > one.clientWidth"
    assert page.locator("html").evaluate(wide) is False


@pytest.mark.parametrize("exact", [False, True])
def test_report_page_is_accessible(
    browser: Browser, year: Ports, tmp_path: Path, exact: bool
) -> None:
    """The page that `report` writes, with small numbers hidden and told."""
    directory = year.contracts.directory("commercial-bank")
    assert directory is not None
    path = write_report(directory, "2026-10", tmp_path, exact, year).paths[1]
    for width, scheme in LOOKS:
        page = page_of(browser, width=width)
        page.emulate_media(color_scheme=scheme)
        page.goto(path.as_uri())
        assert_good(page)
        expect(page.get_by_role("img").locator("rect")).to_have_count(24)
        page.context.close()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_published_figures_are_accessible(browser: Browser, site: str, prefix: str) -> None:
    """The procedure with figures, in both languages; the first page stays short."""
    for width, scheme in LOOKS:
        page = page_of(browser, width=width)
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{site}{prefix}/commercial-bank/procedure/#figures")
        expect(page.locator("#figures .counts dd").first).to_be_visible()
        assert_good(page)
        page.goto(f"{site}{prefix}/commercial-bank/")
        expect(page.locator("#figures a").first).to_be_visible()
        page.set_viewport_size({"width": 360, "height": 640})
        assert page.evaluate("document.documentElement.scrollHeight") <= 3.5 * 640
        page.context.close()


def test_report_at_the_desk_is_accessible(browser: Browser, site: str, year: Ports) -> None:
    """Staff choose a month; on paper the choice and the button are not printed."""
    local = replace(year, site_url=site)
    person = person_with(BANKER, "commercial-bank", local)
    for width, scheme in LOOKS:
        page = page_of(browser, width=width)
        page.emulate_media(color_scheme=scheme)
        page.goto(link_for(person, "", local))
        page.get_by_role("button").last.click()
        page.goto(f"{site}/cases/desk/report")
        page.get_by_role("combobox").select_option("2026-09")
        page.locator("form.beside button").click()
        page.wait_for_url(lambda url: "month=2026-09" in url)
        assert_good(page)
        page.emulate_media(media="print")
        expect(page.locator("form.beside")).to_be_hidden()
        expect(page.locator(".chain")).to_be_visible()
        page.context.close()


def test_archived_case_is_read_without_a_server(
    browser: Browser, year: Ports, tmp_path: Path
) -> None:
    """The page of an archived case opens from its folder, asks nothing of any server, is whole."""
    directory = year.contracts.directory("commercial-bank")
    assert directory is not None
    later = replace(year, now=lambda: datetime(2027, 1, 4, tzinfo=UTC))
    archive = write_archive(directory, 2026, tmp_path, later)
    assert archive.broken == archive.unreadable == ()
    folder = min(archive.folder.glob("cases/*"))
    for width, scheme in LOOKS:
        page = page_of(browser, width=width)
        asked: list[str] = []
        page.on("request", partial(note_url, asked))
        page.emulate_media(color_scheme=scheme)
        page.goto((folder / "case.html").as_uri())
        assert_good(page)
        expect(page.locator("main")).to_contain_text(folder.name, use_inner_text=True)
        expect(page.locator(".log li b").first).to_have_text("收到来件", use_inner_text=True)
        assert {url.partition(":")[0] for url in asked} == {"file"}

        page.context.close()
