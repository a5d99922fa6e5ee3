"""A site that opens in English, in the browser: from its list to the receipt, and in Chinese."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from functions.adapters.contracts.folder import FolderContracts
from functions.cases.ports.ports import Ports
from tests.helpers.chromium import page_of
from tests.helpers.english_site import COMPLAINT, english_site
from tests.helpers.servers.site_server import served_here


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built once."""
    return english_site(tmp_path_factory.mktemp("english"))


@pytest.fixture
def page(browser: Browser, ports: Ports, english: Path) -> Iterator[Page]:
    """A page at the root of the served site."""
    contracts = FolderContracts(str(english / "contracts"))
    with served_here(replace(ports, contracts=contracts), english) as address:
        opened = page_of(browser)
        opened.goto(f"{address}/")
        yield opened


def test_from_the_list_to_the_receipt(page: Page) -> None:
    """Search, form, check and receipt are English, without one address that names a language."""
    page.get_by_role("searchbox").fill("library")
    page.locator("#found").get_by_role("link", name="Sample library").click()
    page.get_by_role("link", name="File online").click()
    page.get_by_label("What happened", exact=False).first.fill(COMPLAINT["account"])
    page.get_by_label("Your name").fill(COMPLAINT["name"])
    page.get_by_label("E-mail").fill(COMPLAINT["email"])
    expect(page.locator("input[name=consent]")).to_have_count(0)
    page.get_by_role("button", name="Next: check your answers").click()
    page.locator("button[value=send]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("We have received your complaint")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("a[href^='/en/'], a[href^='/zh/']")).to_have_count(0)


def test_chinese_page_and_back(page: Page) -> None:
    """The link to Chinese leads below /zh/; there the list marks names that are only English."""
    page.get_by_role("link", name="中文").click()
    page.wait_for_url(lambda url: url.endswith("/zh/"))
    page.get_by_role("searchbox").fill("示例图书馆")
    page.locator("#found").get_by_role("link", name="示例图书馆").click()
    expect(page.get_by_text("以英文原文为准")).to_be_visible()
    page.get_by_role("link", name="英文原文").click()
    page.wait_for_url(lambda url: url.endswith("/library/procedure/#text"))
    assert "/zh/" not in page.url
