"""The desk in a real browser: without script, for everybody, on a phone, in both colour schemes."""

from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from typing import Literal

import httpx2
import pytest
from playwright.sync_api import Browser, Page, expect

from functions.cases.desk.access import DESK
from functions.cases.login import link_for
from functions.cases.ports.ports import Ports
from tests.browser.test_page_types import html_errors, sideways
from tests.conftest import Mailbox
from tests.functions.web.desk.test_login import code_in
from tests.helpers.chromium import page_of, text_of, violations
from tests.helpers.desk.desk_cases import BANK, CAR_DEALER, fill
from tests.helpers.desk.staff_directory import BANKER, HANDLER, person_with, with_staff
from tests.helpers.servers.site_server import served_here
from tests.helpers.servers.waiting import eventually

LOCAL = "http://localhost"
"""A site whose cookies come without TLS; the server's port does not matter to them."""

LISTS = {
    "list": "",
    "overdue": "?list=overdue",
    "soon": "?list=soon",
    "open": "?list=open",
    "waiting": "?list=waiting",
    "answered": "?list=answered",
    "nothing": "?list=mine",
    "closed": "?list=over",
    "filtered": "?category=finance",
    "missing": "/find?reference=CDR",
}
"""Every kind of page that shows lists, by its address below the desk."""


@pytest.fixture
def desk(ports: Ports, built: Path, tmp_path: Path) -> Ports:
    """A desk with staff and with cases of two samples."""
    staffed = replace(with_staff(ports, built, tmp_path / "contracts"), site_url=LOCAL)
    fill(staffed, CAR_DEALER + BANK)
    return staffed


@pytest.fixture
def address(desk: Ports, built: Path) -> Iterator[str]:
    """The address of its server."""
    with served_here(desk, built) as server_address:
        yield server_address


def enter(page: Page, address: str, who: str, organisation: str, desk: Ports) -> None:
    """Logs a member of staff in by a link."""
    link = link_for(person_with(who, organisation, desk), DESK, desk)
    page.goto(address + link.removeprefix(LOCAL))
    page.click("main button")
    page.wait_for_url(f"{address}{DESK}")


def arrived(mailbox: Mailbox) -> EmailMessage:
    """The first mail, once it is there: it is sent after the answer."""
    return eventually(lambda: mailbox.messages)[0]


def stranger_pages(page: Page, address: str, desk: Ports) -> Iterator[str]:
    """Goes from page to page of the way in; names each."""
    page.goto(f"{address}{DESK}/login?organisation=car-dealer")
    yield "login"
    page.goto(f"{address}{DESK}/login")
    page.fill("#organisation", "no-such")
    page.fill("#address", HANDLER)
    page.click("main button")
    yield "slip"
    page.fill("#organisation", "car-dealer")
    page.click("main button")
    yield "code"
    page.fill("#code", "11111111")
    page.click("main button")
    yield "wrong code"
    page.goto(f"{address}{DESK}/link?token=x")
    yield "over"
    link = link_for(person_with(HANDLER, "car-dealer", desk), DESK, desk)
    page.goto(address + link.removeprefix(LOCAL))
    yield "link"


def test_whole_way_without_script(
    browser: Browser, address: str, desk: Ports, mailbox: Mailbox
) -> None:
    """A stranger logs in by the code of the mail, works through lists and leaves, by keyboard."""
    page = page_of(browser, script=False)
    page.goto(f"{address}{DESK}?list=overdue")
    page.wait_for_url(
        lambda url: url.endswith("/cases/desk/login?to=%2Fcases%2Fdesk%3Flist%3Doverdue")
    )
    page.fill("#organisation", "car-dealer")
    page.fill("#address", HANDLER)
    page.keyboard.press("Enter")
    page.wait_for_url("**/login/code?**")
    page.fill("#code", code_in(arrived(mailbox)))
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}{DESK}?list=overdue")
    expect(page.locator("h1")).to_have_text("逾期", use_inner_text=True)
    assert text_of(page, ".tabs [aria-current=page]").split() == ["逾期", "3"]
    expect(page.locator(".desk-row")).to_have_count(3)
    page.locator("summary").click()
    page.select_option("#filter-category", "parts-in-time")
    page.get_by_role("button", name="筛选").click()
    expect(page.locator(".desk-row")).to_have_count(1)
    page.get_by_role("link", name="全部显示").click()
    expect(page.locator(".desk-row")).to_have_count(3)
    reference = text_of(page, ".row-reference >> nth=0")
    page.fill("#reference", f" {reference.lower()} ")
    page.get_by_role("button", name="打开").click()
    page.wait_for_url(f"{address}{DESK}/{reference}")
    page.get_by_role("button", name="退出").click()
    page.wait_for_url("**/login?organisation=car-dealer")
    page.go_back()
    page.reload()
    expect(page.locator("#address")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_desk_is_accessible(
    browser: Browser, address: str, desk: Ports, scheme: Literal["light", "dark"]
) -> None:
    """No axe violation, nothing asked of others, no overflow at 320 px or with text at 200 %."""
    page = page_of(browser, width=320)
    page.emulate_media(color_scheme=scheme)
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda one: None if one.url.startswith(address) else said.append(one.url))
    found: dict[str, list[object]] = {}

    def look(name: str) -> None:
        wrong: list[object] = [*violations(page), *said]
        wrong += ["sideways at 320 px"] if sideways(page) else []
        page.set_viewport_size({"width": 640, "height": 740})
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        wrong += ["sideways with text at 200 %"] if sideways(page) else []
        page.evaluate("document.documentElement.style.fontSize = ''")
        page.set_viewport_size({"width": 1280, "height": 740})
        wrong += [*violations(page), *(["sideways at 1280 px"] if sideways(page) else [])]
        page.set_viewport_size({"width": 320, "height": 740})
        if wrong:
            found[name] = wrong
        said.clear()

    for name in stranger_pages(page, address, desk):
        look(name)
    for who, organisation in ((HANDLER, "car-dealer"), (BANKER, "commercial-bank")):
        page.context.clear_cookies()
        enter(page, address, who, organisation, desk)
        for name, path in LISTS.items():
            page.goto(f"{address}{DESK}{path}")
            look(f"{organisation} {name}")
    assert found == {}


def test_desk_is_valid_html(address: str, desk: Ports, tmp_path: Path) -> None:
    """The W3C's checker has no error for any page of the way in or of the lists."""
    kept = tmp_path / "pages"
    kept.mkdir()
    link = link_for(person_with(HANDLER, "car-dealer", desk), DESK, desk).removeprefix(LOCAL)
    slip = {"organisation": "x", "address": "x"}
    asked = {"organisation": "car-dealer", "address": HANDLER}
    with httpx2.Client(base_url=address + DESK, follow_redirects=True) as client:
        answers = {
            "login": client.get("login"),
            "slip": client.post("login", data=slip),
            "code": client.post("login", data=asked),
            "wrong code": client.post("login/code", data=asked | {"code": "1"}),
            "over": client.get("link?token=x"),
            "link": client.get(link.removeprefix(DESK)),
            "list": client.post("link", data={"token": link.partition("token=")[2]}),
            **{name: client.get(path) for name, path in LISTS.items() if path},
        }
    assert answers["list"].status_code == 200
    for name, answer in answers.items():
        (kept / f"{name}.html").write_text(answer.text, encoding="utf-8")
    assert html_errors(kept) == []


@pytest.mark.parametrize("width", [360, 1280])
def test_what_is_due_first_is_seen_first(
    browser: Browser, address: str, desk: Ports, width: int
) -> None:
    """Without scrolling one sees which list it is, how many cases each has, and the first case."""
    page = page_of(browser, script=False, width=width)
    enter(page, address, HANDLER, "car-dealer", desk)
    box = page.locator(".desk-row").first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 740
    expect(page.locator(".desk-row.is-late .sign").first).to_be_visible()
