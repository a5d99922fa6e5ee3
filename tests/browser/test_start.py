"""The first page of each organisation answers on a phone what people came for."""

import pytest
from playwright.sync_api import Browser, Page, expect

from site_src.places import POLICIES
from site_src.policy.edition import Editions
from site_src.policy.load import load_editions
from site_src.policy.model.policy import Policy
from tests.helpers.chromium import content_width, violations
from tests.helpers.sample_policies import ORGANISATIONS

HEIGHT = 640
SEEN = 900
"""How far down somebody sees without looking for it, in CSS pixels."""

SCREENS = 3.5
"""How long the page may be."""

PREFIXES = ("", "/en")


def policy_of(organisation: str) -> Policy:
    """The newest version of a sample."""
    editions = load_editions(POLICIES / organisation)
    assert isinstance(editions, Editions)
    return editions.editions[-1].policy


def bottom(page: Page, selector: str) -> float:
    """Where the first such element ends."""
    box = page.locator(selector).first.bounding_box()
    assert box is not None, selector
    return box["y"] + box["height"]


@pytest.mark.parametrize("prefix", PREFIXES)
def test_answers_come_first(phone: Page, address: str, prefix: str) -> None:
    """File and call stand on the first screen, who and when within 900 px, all in 3.5 screens."""
    for organisation in ORGANISATIONS:
        phone.goto(f"{address}{prefix}/{organisation}/")
        phone.wait_for_load_state("networkidle")
        numbers = [one for one in policy_of(organisation).channels if one.type == "telephone"]
        numbers = [one for one in numbers if one.value and not one.branch]
        call = ".ways [href^='tel:']" if numbers else ".ask > .note"
        ends = {name: bottom(phone, name) for name in (".online", call)}
        assert max(ends.values()) <= HEIGHT, (organisation, ends)
        rows = phone.locator(".promise dl > div")
        expect(rows).to_have_count(3)
        for row in range(3):
            box = rows.nth(row).locator("dd").first.bounding_box()
            assert box is not None
            assert box["y"] < SEEN, (organisation, row)
        height = phone.evaluate("document.documentElement.scrollHeight") / HEIGHT
        assert height <= SCREENS, (organisation, height)


def test_latest_answer_is_dated_for_today(phone: Page, address: str) -> None:
    """It is a day in the time zone that its heading names; below stands the length of time."""
    phone.goto(f"{address}/data-service/")
    phone.wait_for_load_state("networkidle")
    dated = phone.locator(".promise .due").first
    expect(dated).to_contain_text("24:00前", use_inner_text=True)
    expect(phone.locator(".promise dt").nth(1)).to_contain_text("中欧时间", use_inner_text=True)
    expect(phone.locator(".promise .said").first).to_be_visible()


def test_every_answer_cites_its_clause(phone: Page, address: str) -> None:
    """Who handles it, by when, and where next: each has a link that ends at its clause."""
    phone.goto(f"{address}/accreditation-body/")
    cited = phone.locator(".promise .clause-ref")
    for href in {cited.nth(one).get_attribute("href") for one in range(cited.count())}:
        assert href is not None
        assert href.startswith("/accreditation-body/procedure/#clause-")
    phone.locator(".promise .clause-ref").first.click()
    expect(phone.locator("#clause-2\\.5")).to_be_visible()


def test_numbers_are_said_as_they_are(phone: Page, address: str) -> None:
    """An extension is called inside only; a telephone without a number is not said to be none."""
    for path, says, not_says in (
        ("/en/factory-staff/", "Call inside the organisation: ext. 8001, 8002.", "no number"),
        ("/factory-staff/", "内线电话：8001、8002", "没有写"),
        ("/en/car-dealer/", "You can call, but the procedure names no number.", "Telephone"),
        ("/en/exam-centre/", "The procedure names no number to call.", "You can call"),
    ):
        phone.goto(f"{address}{path}")
        note = phone.locator(".ask > .note").inner_text()
        assert says in note, path
        assert not_says not in note, path


@pytest.mark.parametrize("prefix", PREFIXES)
def test_old_fragments_lead_into_the_procedure(phone: Page, address: str, prefix: str) -> None:
    """What stood on this page once is found on the page of the procedure; what is here, stays."""
    home = f"{address}{prefix}/accreditation-body/"
    for fragment, led in (
        ("#limits", f"{home}procedure/#limits"),
        ("#clause-2.5", f"{home}procedure/#clause-2.5"),
        ("#%E6%9D%A1", f"{home}procedure/#%E6%9D%A1"),
        ("#kinds", f"{home}#kinds"),
        ("#main", f"{home}#main"),
    ):
        phone.goto("about:blank")
        phone.goto(home + fragment)
        phone.wait_for_load_state("networkidle")
        assert phone.url == led
    phone.goto(home)
    with phone.expect_navigation(url="**/procedure/#reviews"):
        phone.evaluate("location.hash = 'reviews'")


def test_without_script_the_procedure_is_a_link(browser: Browser, address: str) -> None:
    """An old fragment opens the first page, which has a visible link to the procedure."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/accreditation-body/#limits")
    expect(page.locator("#more a[href$='/procedure/']")).to_be_visible()
    context.close()


def test_wide_screen_is_used(browser: Browser, address: str) -> None:
    """At 1280 px the promise stands beside the question and the kinds."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/accreditation-body/")
    ask, kinds, promise = (
        page.locator(each).bounding_box() for each in (".ask", "#kinds", ".promise")
    )
    assert ask is not None
    assert kinds is not None
    assert promise is not None
    assert abs(promise["y"] - ask["y"]) < 20
    assert promise["x"] >= kinds["x"] + kinds["width"]
    assert promise["y"] + promise["height"] > kinds["y"]
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("organisation", ["accreditation-body", "commercial-bank", "factory-staff"])
def test_nothing_keeps_anybody_out(
    browser: Browser, address: str, organisation: str, scheme: str
) -> None:
    """No axe violation, and nothing to scroll sideways at 320 px."""
    context = browser.new_context(
        viewport={"width": 320, "height": 640},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    page.goto(f"{address}/{organisation}/")
    assert violations(page) == []
    assert content_width(page) <= 320
    context.close()
