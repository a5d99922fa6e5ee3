"""The old addresses of a renamed organisation, in a real browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from functions.cases.ports.ports import Ports
from site_src.authoring.rename import rename
from tests.helpers.chromium import page_of, violations
from tests.helpers.servers.site_server import served_here
from tests.helpers.sites.changing_site import ANSWERS, ChangingSite, changing_site


@pytest.fixture
def site(ports: Ports, tmp_path: Path) -> ChangingSite:
    """The site before the sample is renamed."""
    return changing_site(tmp_path / "site", ports)


@pytest.fixture
def address(site: ChangingSite) -> Iterator[str]:
    """The site, served."""
    with served_here(site.ports, site.out) as served:
        yield served


def renamed(site: ChangingSite) -> None:
    """The sample is `northern` from now on."""
    rename(site.policies, "sample", "northern")
    site.build()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("language", ["", "/en"], ids=["zh", "en"])
def test_old_address_leads_on(
    site: ChangingSite, address: str, browser: Browser, script: bool, language: str
) -> None:
    """Whoever follows an old link or a printed code comes to the same page; back leads out."""
    renamed(site)
    with page_of(browser, script) as page:
        page.goto(f"{address}{language}/")
        for place in ("", "complaint/", "versions/1/", "procedure/"):
            page.goto(f"{address}{language}/sample/{place}", wait_until="commit")
            page.wait_for_url(f"{address}{language}/northern/{place}")
    if script:
        with page_of(browser) as page:
            page.goto(f"{address}{language}/sample/procedure/?from=mail#c2-2", wait_until="commit")
            page.wait_for_url(f"{address}{language}/northern/procedure/?from=mail#c2-2")


def test_page_that_leads_on_can_be_read(site: ChangingSite, address: str, browser: Browser) -> None:
    """Where a browser does not go on by itself, the page says where to, for everybody."""
    renamed(site)
    with page_of(browser) as page:
        page.route(re.compile("moved"), lambda route: route.abort())
        page.route(
            re.compile(r"/en/sample/$"),
            lambda route: route.fulfill(
                body=re.sub(r'<meta http-equiv="refresh"[^>]+>', "", route.fetch().text()),
                content_type="text/html",
            ),
        )
        page.goto(f"{address}/en/sample/")
        assert violations(page) == []
        page.get_by_role("main").get_by_role("link").click()
        page.wait_for_url(f"{address}/en/northern/")


def test_open_form_and_kept_draft(site: ChangingSite, address: str, browser: Browser) -> None:
    """A form that stood open is sent; a draft that the browser kept is in the form of today."""
    with page_of(browser) as page:
        page.goto(f"{address}/en/sample/complaint/")
        page.get_by_label("Keep a draft on this device").check()
        page.fill("#account", ANSWERS["account"])
        renamed(site)
        page.goto(f"{address}/en/sample/complaint/", wait_until="commit")
        page.wait_for_url(f"{address}/en/northern/complaint/")
        expect(page.locator("#account")).to_have_value(ANSWERS["account"])
    with page_of(browser) as page:
        rename(site.policies, "northern", "western")
        page.goto(f"{address}/en/northern/complaint/")
        site.build()
        for name in ("account", "name", "email"):
            page.fill(f"#{name}", ANSWERS[name])
        page.check("#consent")
        page.click("form.filing button[value=check]")
        page.click("button[value=send]")
        expect(page.locator("h1")).to_have_text(re.compile("We have received your"))
        page.wait_for_url(lambda url: "/cases/receipt" in url)
