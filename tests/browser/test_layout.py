"""What a person sees first, and what comes back to them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from starlette.testclient import TestClient

from functions.cases.ports.ports import Ports
from tests.helpers.chromium import choose, content_width, launch
from tests.helpers.filings import APPEAL
from tests.helpers.servers.site_server import served_here

FORM = "/accreditation-body/appeal/"


def sent(client: TestClient, ports: Ports, **changed: str) -> str:
    """The page that comes back for the appeal with these answers changed."""
    contract = ports.contracts.current().organisations["accreditation-body"]
    data = {"contract": contract, **APPEAL, **changed}
    return client.post(f"/cases{FORM}".removesuffix("/"), data=data).text


def test_group_of_the_answer_comes_back_open(client: TestClient, ports: Ports) -> None:
    """After an error, the group in which a category was chosen is open, and only that one."""
    page = sent(client, ports, email="zhang@example", category="surveillance")
    (group,) = re.findall(r"<details open>(.*?)</details>", page, re.DOTALL)
    assert 'value="surveillance" required checked' in group
    assert "<details open>" not in sent(client, ports, category="")


def test_codes_come_first_on_a_receipt(client: TestClient, ports: Ports) -> None:
    """What must be kept stands before what happens next, for a screen reader too."""
    page = sent(client, ports)
    assert 0 < page.index('<dl class="proof">') < page.index('<ol class="milestones">')


@pytest.fixture
def page(ports: Ports, built: Path) -> Iterator[Page]:
    """A form in a real browser, at its server."""
    with served_here(ports, built) as address, sync_playwright() as playwright:
        browser: Browser = launch(playwright)
        page = browser.new_page()
        page.goto(address + FORM)
        yield page
        browser.close()


def test_receipt_on_desk_and_phone(page: Page) -> None:
    """Codes are seen at once on a phone, beside the dates on a desk; nothing scrolls sideways."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.click("button[type=submit]")
    expect(page.locator(".error-summary")).to_be_visible()
    assert content_width(page) <= 320
    choose(page, APPEAL["category"])
    for name in ("decision", "decided_on", "account", "name", "email"):
        page.fill(f"#{name}", APPEAL[name])
    page.check("#consent")
    page.click("button[type=submit]")
    page.locator(".checked").wait_for()
    assert content_width(page) <= 320
    page.click("button[value=send]")
    page.locator(".proof").wait_for()
    assert content_width(page) <= 320
    page.set_viewport_size({"width": 360, "height": 640})
    due, proof = page.locator(".milestones time").first, page.locator(".proof")
    for code in proof.locator("code").all():
        first, box = due.bounding_box(), code.bounding_box()
        assert first is not None
        assert box is not None
        assert box["y"] + box["height"] <= 500
        assert first["y"] > box["y"]
    expect(page.locator(".keep a[href='/track/']")).to_be_visible()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="复制编号和查询码").click()
    page.get_by_text("已复制").wait_for()
    reference, access = proof.locator("code").all_inner_texts()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"受理编号：{reference}\n查询码：{access}"
    page.set_viewport_size({"width": 1280, "height": 800})
    first, codes = due.bounding_box(), proof.bounding_box()
    assert first is not None
    assert codes is not None
    assert codes["x"] > first["x"] + first["width"]
    assert codes["y"] + codes["height"] < 800
