"""Filling in a form in a real Chromium: by keyboard, going back, with a draft, without script."""

import gzip
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.helpers.chromium import choose, content_width, text_of, violations
from tests.helpers.filings import APPEAL
from tests.helpers.sample_files import PNG

APPEALS = "/accreditation-body/appeal/"
DRAFT = "ombud-draft:accreditation-body/appeal"
SCRIPT = pytest.mark.parametrize("script", [False, True], ids=["script-off", "script-on"])


@contextmanager
def context_of(browser: Browser, script: bool = True) -> Iterator[BrowserContext]:
    """A fresh profile at a phone's width."""
    context = browser.new_context(
        java_script_enabled=script, viewport={"width": 360, "height": 740}, locale="en-US"
    )
    yield context
    context.close()


@contextmanager
def page_of(browser: Browser, script: bool = True) -> Iterator[Page]:
    """A page of a fresh profile; it raises no error and refuses nothing by its policy."""
    with context_of(browser, script) as context:
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on(
            "console",
            lambda said: errors.append(said.text) if "Content Security" in said.text else None,
        )
        yield page
        assert errors == []


def fill_appeal(page: Page, **other: str) -> None:
    """Fills in the appeal of the other tests."""
    answers = APPEAL | other
    choose(page, answers["category"])
    for name in ("decision", "decided_on", "account", "name", "email"):
        page.fill(f"#{name}", answers[name])
    page.check("#consent")


def tab_to(page: Page, selector: str) -> None:
    """Presses Tab until the element has the focus, once the page is there."""
    page.wait_for_load_state()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("one => document.activeElement.matches(one)", selector):
            return
    raise AssertionError(f"Tab does not lead to {selector}")


COMMON = [("#account", "柜台让我等了三个小时。"), ("#name", "李四"), ("#email", "li@qq.con")]
BY_KEYBOARD = {
    "securities-brokerage/complaint": COMMON,
    "accreditation-body/appeal": [
        ("[name=category]", " "),
        ("#decision", "监督评审结论"),
        ("#decided_on", "02202026"),
        *COMMON,
    ],
    "factory-staff/grievance": COMMON,
}


@pytest.mark.parametrize("form", BY_KEYBOARD)
@SCRIPT
def test_by_keyboard_from_form_to_receipt(
    browser: Browser, address: str, form: str, script: bool
) -> None:
    """Tab, letters, arrows, Space and Enter lead through form, question and check to a receipt."""
    with page_of(browser, script) as page:
        page.on("filechooser", lambda _: None)  # or the key can come before anybody listens
        page.goto(f"{address}/en/{form}/")
        for selector, keys in BY_KEYBOARD[form]:
            tab_to(page, selector)
            page.keyboard.type(keys)
        tab_to(page, "input[type=file]")
        with page.expect_file_chooser() as chooser:
            page.keyboard.press("Space")
        chooser.value.set_files({"name": "照片.png", "mimeType": "image/png", "buffer": PNG})
        if script:
            expect(page.get_by_label("照片.png")).to_be_checked()
        tab_to(page, "#consent")
        page.keyboard.press("Space")
        tab_to(page, "button[value=check]")
        page.keyboard.press("Enter")

        expect(page.locator("h1")).to_have_text("Check your answers")
        assert not script or violations(page) == []
        assert content_width(page) <= 360
        tab_to(page, "button[value=correct]")
        page.keyboard.press("Enter")
        expect(page.locator(".doubt")).to_have_count(0)
        expect(page.locator(".checked")).to_contain_text("li@qq.com")
        tab_to(page, "button[formaction='#account']")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{address}/cases/{form}#account")
        if script:
            expect(page.locator("#account")).to_be_focused()
        else:
            tab_to(page, "#account")
        page.keyboard.press("Control+End")
        page.keyboard.type("没有人道歉。")
        tab_to(page, "button[value=check]")
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text("Check your answers")
        tab_to(page, "button[value=send]")
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text(re.compile("We have received your"))
        expect(page.locator(".answers")).to_contain_text("三个小时。没有人道歉。")
        expect(page.locator(".answers")).to_contain_text("照片.png")


@pytest.mark.parametrize(
    "form", ["car-dealer/complaint", "employer-hr/complaint", "accreditation-body/appeal"]
)
def test_first_screen_of_a_phone_has_the_first_question(
    browser: Browser, address: str, form: str
) -> None:
    """What happened can be written without scrolling; the draft is offered after it."""
    with page_of(browser) as page:
        page.set_viewport_size({"width": 360, "height": 640})
        page.goto(f"{address}/{form}/")
        top = "one => one.getBoundingClientRect().top"
        account, draft = (page.locator(name).evaluate(top) for name in ("#account", "#draft"))
        assert account <= 600
        assert draft > account


def test_last_day_is_said_without_script_when_the_form_comes_back(
    browser: Browser, address: str
) -> None:
    """Beside the day of the decision, in the words that the script says at once."""
    said = []
    for script in (False, True):
        with page_of(browser, script) as page:
            page.goto(f"{address}/en{APPEALS}")
            fill_appeal(page, email="zhang@", decided_on="2020-01-06")
            page.click("button[value=check]")
            window = page.locator("#decided_on-window")
            expect(window).to_contain_text("The time to file ended on Wednesday 5 February 2020")
            said.append(re.sub(r"\d+ days ago", "", window.inner_text()))
    assert said[0] == said[1]


@pytest.mark.parametrize(
    "name", ["category", "decided_on", "acting_for", "email", "phone", "consent"]
)
def test_change_leads_to_the_very_field(browser: Browser, address: str, name: str) -> None:
    """Each answer's button brings its own question into view, with every answer still there."""
    with page_of(browser, script=False) as page:
        page.goto(f"{address}/en{APPEALS}")
        fill_appeal(page)
        page.click("button[value=check]")
        page.click(f"button[formaction='#{name}']")
        page.wait_for_url(lambda url: url.endswith(f"#{name}"))
        expect(page.locator(f"#{name}")).to_be_in_viewport()
        expect(page.locator("#account")).to_have_value(APPEAL["account"])
        expect(page.locator("#consent")).to_be_checked()


_KEPT_AFTER = 1500
"""Milliseconds: a second after a change, Chromium keeps what fields hold, for pages gone back to.

Where a busy machine drops the page itself from memory, only this is left of it.
"""


@SCRIPT
def test_back_loses_nothing(any_browser: Browser, address: str, script: bool) -> None:
    """Back from the check page, from a refusal and from the form again has every word."""
    with page_of(any_browser, script) as page:
        page.goto(f"{address}/en{APPEALS}")
        fill_appeal(page, email="zhang@", decision="第一次写的")
        page.fill("#involved", "赵某\n钱某")
        page.wait_for_timeout(_KEPT_AFTER)
        page.click("button[value=check]")
        expect(page.get_by_role("alert")).to_contain_text("e-mail address")
        fill_appeal(page, decision="改过的")
        page.wait_for_timeout(_KEPT_AFTER)
        page.click("button[value=check]")
        expect(page.locator("h1")).to_have_text("Check your answers")
        page.reload()
        expect(page.locator("h1")).to_have_text("Check your answers")

        page.go_back(wait_until="commit")
        expect(page.locator("#decision")).to_have_value("改过的")
        expect(page.locator("#email")).to_have_value(APPEAL["email"])
        expect(page.locator("#consent")).to_be_checked()
        page.go_back(wait_until="commit")
        expect(page.locator("#decision")).to_have_value("第一次写的")
        expect(page.locator("#decided_on")).to_have_value(APPEAL["decided_on"])
        expect(page.locator("[name=category]:checked")).to_have_value(APPEAL["category"])
        expect(page.locator("#account")).to_have_value(APPEAL["account"])
        expect(page.locator("#involved")).to_have_value("赵某\n钱某")
        expect(page.locator("#name")).to_have_value(APPEAL["name"])
        page.go_forward(wait_until="commit")
        expect(page.locator("#decision")).to_have_value("改过的")
        page.click("button[value=check]")
        page.click("button[value=send]")
        expect(page.locator("h1")).to_have_text(re.compile("We have received your"))
        reference = text_of(page, ".proof code >> nth=0")
        page.go_back(wait_until="commit")
        page.click("button[value=send]")
        expect(page.locator(".proof code").first).to_have_text(reference)


def test_draft_is_kept_only_when_asked_for(browser: Browser, address: str) -> None:
    """Off at first; switched on it brings the words back, consent and signature excepted."""
    with page_of(browser) as page:
        form = f"{address}/en/exam-centre/appeal/"
        page.goto(form)
        keep = page.get_by_label("Keep a draft on this device")
        expect(keep).not_to_be_checked()
        page.fill("#account", "未要求保存")
        assert page.evaluate("localStorage.length") == 0
        keep.check()
        expect(page.locator("#draft")).to_contain_text("where others use the device")
        page.fill("#account", "考试时停电十分钟。")
        page.check("[name=acting_for][value=other]")
        page.fill("#represented", "李某")
        page.fill("#signature", "王五")
        page.check("#consent")

        page.goto(f"{address}/en/")
        page.goto(form)
        expect(keep).to_be_checked()
        expect(page.locator("#draft [role=status]")).to_contain_text("filled in again")
        expect(page.locator("#account")).to_have_value("考试时停电十分钟。")
        expect(page.locator("#represented")).to_have_value("李某")
        expect(page.locator("[name=acting_for][value=other]")).to_be_checked()
        expect(page.locator("#signature")).to_have_value("")
        expect(page.locator("#consent")).not_to_be_checked()
        assert violations(page) == []

        page.get_by_role("button", name="Delete draft").click()
        expect(page.locator("#draft [role=status]")).to_contain_text("The draft has been deleted.")
        expect(keep).not_to_be_checked()
        page.fill("#account", "不再保存")
        assert page.evaluate("localStorage.length") == 0
        page.goto(f"{address}/en/")
        page.goto(form)
        expect(page.locator("#account")).to_have_value("")


def test_draft_leaves_what_was_typed_before_it_came(browser: Browser, address: str) -> None:
    """On a slow network one types before the script is there; the draft fills in the rest."""
    with page_of(browser) as page:
        form = f"{address}/en/exam-centre/appeal/"
        page.goto(form)
        page.get_by_label("Keep a draft on this device").check()
        page.fill("#account", "草稿里的话")
        page.fill("#name", "李某")
        page.check("[name=acting_for][value=other]")
        held: list[Route] = []
        page.route("**/assets/drafts.*.js", lambda route: held.append(route))
        with page.expect_request("**/assets/drafts.*.js"):
            page.goto(form, wait_until="commit")
        page.fill("#account", "刚刚写的话")
        held[0].continue_()
        expect(page.locator("#draft [role=status]")).to_contain_text("filled in again")
        expect(page.locator("#account")).to_have_value("刚刚写的话")
        expect(page.locator("#name")).to_have_value("李某")
        expect(page.locator("[name=acting_for][value=other]")).to_be_checked()
        page.wait_for_function("Object.values(localStorage)[0].includes('刚刚写的话')")


def test_draft_is_of_one_form_and_ends_with_the_receipt(browser: Browser, address: str) -> None:
    """Another form does not see it, a refused form saves on, and the receipt takes it away."""
    with page_of(browser) as page:
        page.goto(f"{address}/en{APPEALS}")
        page.get_by_label("Keep a draft on this device").check()
        fill_appeal(page, email="zhang@")
        page.goto(f"{address}/en/accreditation-body/complaint/")
        expect(page.locator("#account")).to_have_value("")
        expect(page.get_by_label("Keep a draft on this device")).not_to_be_checked()
        page.goto(f"{address}{APPEALS}")
        expect(page.locator("#account")).to_have_value(APPEAL["account"])
        expect(page.get_by_role("radio", name="初次评审")).to_be_checked()
        page.check("#consent")
        page.click("button[value=check]")
        expect(page.locator("#email")).to_have_value("zhang@")
        page.fill("#email", APPEAL["email"])
        page.click("button[value=check]")
        assert page.evaluate("Object.keys(localStorage)") == [DRAFT]
        page.click("button[value=send]")
        page.wait_for_url("**/cases/receipt?*")
        page.wait_for_function("localStorage.length === 0")


def test_draft_outlives_a_change_of_the_form(browser: Browser, address: str) -> None:
    """Words go back to the fields of their names; what no field takes any more is no error."""
    with page_of(browser) as page:
        page.goto(f"{address}/en/")
        old = {
            "account": "旧的话",
            "colour": "red",
            "category": "gone",
            "acting_for": "x",
            "name": 3,
        }
        keep = "([name, words]) => localStorage.setItem(name, words)"
        page.evaluate(keep, [DRAFT, json.dumps(old)])
        page.goto(f"{address}/en{APPEALS}")
        expect(page.locator("#account")).to_have_value("旧的话")
        expect(page.locator("#name")).to_have_value("")
        page.evaluate(keep, [DRAFT, "{broken"])
        page.reload()
        expect(page.locator("#draft")).to_be_visible()


@pytest.mark.parametrize("script", [False, True], ids=["script-off", "storage-off"])
def test_no_draft_is_offered_that_cannot_be_kept(
    browser: Browser, address: str, script: bool
) -> None:
    """Without script, or where the browser keeps nothing, no box promises a draft."""
    with page_of(browser, script) as page:
        page.add_init_script("Object.defineProperty(window, 'localStorage', {get() {throw 1}})")
        page.goto(f"{address}/en{APPEALS}")
        expect(page.locator("#account")).to_be_visible()
        expect(page.locator("#draft")).to_be_hidden()


def test_characters_are_counted_and_none_is_cut(browser: Browser, address: str) -> None:
    """The room left is shown at once, told aloud at thresholds only; a long paste stays whole."""
    with page_of(browser) as page:
        page.goto(f"{address}/en{APPEALS}")
        shown = page.locator("#account ~ .count")
        aloud = page.locator("#account ~ [role=status]")
        expect(page.locator("#account-hint")).to_contain_text("At most 5000 characters.")
        page.fill("#account", "𠮷" * 10)
        expect(shown).to_have_text("4990 characters left")
        expect(aloud).to_be_empty()
        page.fill("#account", "字" * 3750)
        expect(aloud).to_have_text("1250 characters left")
        page.fill("#account", "字" * 3760)
        expect(shown).to_have_text("1240 characters left")
        expect(aloud).to_have_text("1250 characters left")

        page.fill("#account", "")
        page.locator("#account").focus()
        page.keyboard.insert_text("字" * 5003)
        expect(shown).to_have_text("3 characters too many; nothing has been cut off")
        expect(aloud).to_have_text("3 characters too many; nothing has been cut off")
        expect(page.locator("#account")).to_have_value("字" * 5003)
        page.click("button[value=check]")
        expect(page.locator("#account-problem")).to_contain_text("at most 5000 characters")
        expect(page.locator("#account")).to_have_value("字" * 5003)
        expect(shown).to_have_text("3 characters too many; nothing has been cut off")


def test_nothing_cuts_or_blocks_what_is_pasted(built: Path) -> None:
    """No field has a maximum length or a pattern, and none forbids the browser to remember."""
    for page in built.glob("en/*/*/index.html"):
        form = page.read_text("utf-8").partition("<form")[2]
        assert not re.search(r"maxlength|pattern=|onpaste", form), page
        assert set(re.findall(r'autocomplete="([^"]*)"', form)) <= {
            "name",
            "email",
            "tel",
            "street-address",
            "off",
        }
        unseen = form.count('name="topic" tabindex="-1"')
        assert form.count('autocomplete="off"') == unseen, "only what nobody sees"


def test_representative_is_asked_where_somebody_else_is_meant(
    browser: Browser, address: str
) -> None:
    """With script the two questions wait for their answer; without it they stand there."""
    with page_of(browser) as page:
        page.goto(f"{address}/en{APPEALS}")
        for name in ("represented", "capacity"):
            expect(page.locator(f"#{name}")).to_be_hidden()
        page.get_by_label("For somebody else").check()
        expect(page.locator("#capacity")).to_contain_text("attach the document that authorises you")
        page.fill("#represented", "李某")
        page.get_by_label("For myself").check()
        expect(page.locator("#represented")).to_be_visible()
        expect(page.locator("#capacity")).to_be_hidden()
        page.get_by_label("For somebody else").check()
        page.fill("#represented", "")
        page.click("button[value=check]")
        page.get_by_role("alert").get_by_role("link", name="The name of the person").click()
        expect(page.locator("#represented")).to_be_focused()
    with page_of(browser, script=False) as page:
        page.goto(f"{address}/en{APPEALS}")
        expect(page.locator("#represented")).to_be_visible()
        expect(page.locator("#capacity")).to_be_visible()


def test_scripts_of_every_page_run(phone: Page, built: Path, address: str) -> None:
    """No script of any page throws, whatever of its elements the page lacks."""
    thrown: list[str] = []
    phone.on("pageerror", lambda error: thrown.append(f"{phone.url}: {error}"))
    for file in sorted(built.rglob("index.html")):
        if "versions" not in file.parts:
            phone.goto(f"{address}/{file.parent.relative_to(built).as_posix()}/")
    assert thrown == []


def test_links_say_where_they_lead(built: Path) -> None:
    """No link is "more", "here" or "this": read out alone, it would say nothing."""
    vague = re.compile(
        r"<a [^>]*>\s*(?:more|read more|here|click here|this|link|更多|这里|点击)\s*</a>", re.I
    )
    assert [file for file in built.rglob("*.html") if vague.search(file.read_text("utf-8"))] == []


def test_questions_on_somebody_else_show_together(phone: Page, address: str) -> None:
    """Both appear with the answer that somebody else is meant, and neither before it."""
    phone.goto(f"{address}/commercial-bank/complaint/")
    both = phone.locator(".field:has(#represented), fieldset#representative")
    expect(both).to_have_count(2)
    expect(both.locator("visible=true")).to_have_count(0)
    phone.check("[name=acting_for][value=other]")
    expect(both.locator("visible=true")).to_have_count(2)


def test_hints_are_the_procedures(built: Path) -> None:
    """Grounds stand with the account, the signs of a level with the category, by clause."""

    def form(of: str) -> str:
        return (built / of / "index.html").read_text("utf-8")

    appeal = form("en/accreditation-body/appeal")
    assert re.search(r'id="account-hint".*?<details.*?</details>', appeal, re.DOTALL)
    cars = form("en/car-dealer/complaint")
    level = re.search(r"<details.*?</details>", cars, re.DOTALL)
    assert level
    assert "Major complaint" in level[0]
    assert "Compensation is involved" in level[0]
    assert "#clause-" in level[0]
    nested = form("en/exam-centre/appeal")
    group = r'role="group" aria-labelledby="category-1">\s*<p id="category-1">A decision'
    assert re.search(group, nested)


def test_scripts_of_a_page_are_small(built: Path) -> None:
    """All scripts of any one page together take at most 6 KB on the way."""
    for page in built.rglob("index.html"):
        scripts = re.findall(r'<script src="/([^"]*)"', page.read_text("utf-8"))
        assert sum(len(gzip.compress((built / one).read_bytes())) for one in scripts) <= 7_000, page
