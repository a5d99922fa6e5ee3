"""A person at a real browser where the operator has switched the proof of work on."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from functions.cases.ports.ports import Ports
from tests.browser.test_page_types import sideways
from tests.functions.web.test_proof_of_work import Switched, here, switched  # noqa: F401 - fixtures
from tests.helpers.chromium import choose, page_of, text_of, violations
from tests.helpers.servers.site_server import served_here

FORM = "/accreditation-body/appeal/"
CHALLENGE = "**/cases/challenge"


@pytest.fixture
def site(here: Ports, switched: Switched) -> Iterator[str]:  # noqa: F811
    """That site with its function, and challenges of the usual effort; the address."""
    with served_here(here, switched.out) as address:
        yield address


def to_check_page(page: Page, site: str, account: str = "没有看第二份材料。") -> None:
    """Fills the form in and goes on to read the answers."""
    page.goto(site + FORM)
    choose(page, "initial")
    page.locator("#decision").fill("认可决定 2026-12")
    page.locator("#decided_on").fill(f"{datetime.now(UTC):%Y-%m-01}")
    page.locator("#account").fill(account)
    page.locator("#name").fill("张三")
    page.locator("#email").fill("zhang@example.com")
    page.locator("[name=consent]").check()
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("请核对您填写的内容")
    page.wait_for_load_state()


def has_receipt(page: Page) -> bool:
    """Whether the page is the receipt."""
    page.wait_for_url("**/cases/receipt?token=*")
    return re.search(r"ACB-\w{5}-\w{5}", text_of(page)) is not None


def test_person_is_not_held_up(browser: Browser, site: str) -> None:
    """Fill in, read once more, send, receipt; pages are accessible and break no rule of theirs."""
    page = page_of(browser)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    to_check_page(page, site)
    assert violations(page) == []
    expect(page.locator("[name=altcha]")).not_to_have_value("", timeout=60_000)
    page.get_by_role("button", name="提交", exact=True).click()
    assert has_receipt(page)
    assert said == []


def test_sent_before_it_is_worked_out(browser: Browser, site: str) -> None:
    """Who sends at once is told to wait a moment, and the filing goes off by itself."""
    page = page_of(browser)
    held: list[Route] = []
    page.route(CHALLENGE, lambda route: held.append(route))
    to_check_page(page, site)
    send = page.get_by_role("button", name="提交", exact=True)
    send.click()
    send.click()
    expect(page.locator("#proof [role=status]")).to_contain_text("请稍候")
    assert violations(page) == []
    held[0].continue_()
    assert has_receipt(page)


def test_challenge_that_does_not_come(browser: Browser, site: str) -> None:
    """Without a network it says what to do, and sending once more tries again."""
    page = page_of(browser)
    page.route(CHALLENGE, lambda route: route.abort())
    to_check_page(page, site)
    send = page.get_by_role("button", name="提交", exact=True)
    send.click()
    said = page.locator("#proof [role=status]")
    expect(said).to_contain_text("再按一次")
    expect(page.get_by_role("heading", name="联系方式")).to_be_visible()
    page.unroute(CHALLENGE)
    send.click()
    assert has_receipt(page)


def test_page_that_was_gone_back_to(browser: Browser, site: str) -> None:
    """Back from the receipt, other words are sent with a new solution."""
    page = page_of(browser)
    to_check_page(page, site)
    page.get_by_role("button", name="提交", exact=True).click()
    assert has_receipt(page)
    page.go_back()
    page.get_by_role("button", name="返回修改").click()
    page.locator("#account").fill("另一件事。")
    page.get_by_role("button", name="下一步").click()
    page.wait_for_load_state()
    page.get_by_role("button", name="提交", exact=True).click()
    assert has_receipt(page)
    expect(page.locator("main")).to_contain_text("另一件事。", use_inner_text=True)


def test_without_script_it_is_said_and_nothing_is_lost(browser: Browser, site: str) -> None:
    """Form and check page say it and name the other ways; sending gives every word back."""
    page = page_of(browser, script=False)
    page.goto(site + FORM)
    warning = page.locator("noscript .notice")
    expect(warning).to_be_visible()
    expect(warning).to_contain_text("2.4", use_inner_text=True)
    expect(warning.get_by_role("link", name="打印")).to_be_visible()
    to_check_page(page, site, "第一行\n第二行")
    for _ in range(2):
        expect(page.locator("#proof noscript .notice")).to_be_visible()
        expect(page.locator(".channels")).to_be_visible()
        assert "第一行\n第二行" in text_of(page, ".answers")
        page.get_by_role("button", name="提交", exact=True).click()
        expect(page.locator("[role=alert]")).to_contain_text("尚未提交")
    assert not sideways(page)
    page.get_by_role("button", name="返回修改").click()
    expect(page.locator("#account")).to_have_value("第一行\n第二行")
    assert not sideways(page)
    expect(page.locator("#name")).to_have_value("张三")
