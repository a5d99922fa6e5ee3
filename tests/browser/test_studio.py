"""The studio in Chromium: by keys alone, without script, in two tabs, with a killed server."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from site_src.studio.app import create_studio
from tests.conftest import KEY
from tests.helpers.chromium import page_of, violations
from tests.helpers.servers.site_server import serving
from tests.site_src.studio.sample_draft import PROCEDURE, VALUES, write_sample_draft

Scheme = Literal["light", "dark"]


@dataclass(frozen=True)
class Desk:
    """A running studio: its policies, and the address of its first page."""

    policies: Path
    first: str

    @property
    def draft(self) -> str:
        """The address of the draft."""
        return f"{self.first}city-library/"

    @property
    def facts(self) -> str:
        """What the draft's policy.yaml says now."""
        return (self.policies / "city-library" / "policy.yaml").read_text(encoding="utf-8")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A studio with one draft."""
    policies = tmp_path / "policies"
    write_sample_draft(policies)
    app, first = create_studio(policies, tmp_path / "states", KEY, "", "zh-CN")
    with serving(app) as address:
        yield Desk(policies, address + first)


def test_keyboard_alone(browser: Browser, desk: Desk) -> None:
    """One key for each right fact: Enter from the first to the last; then undo by a key."""
    page = page_of(browser, width=1280)
    page.goto(desk.draft)
    for left in range(10, 0, -1):
        assert desk.facts.count("proposed:") == left
        expect(page.locator("button[value=keep]")).to_be_focused()
        with page.expect_navigation():
            page.keyboard.press("Enter")
    expect(page.locator("#question-title")).to_have_text("全部确认完毕")
    assert "proposed" not in desk.facts
    _press_alt(page, "u")
    assert desk.facts.count("proposed:") == 1
    _press_alt(page, "y")
    assert "proposed" not in desk.facts
    _press_alt(page, "u")
    _press_alt(page, "n")
    assert len(yaml.safe_load(desk.facts)["limits"]) == 2


def test_question_and_words_are_in_view(browser: Browser, desk: Desk) -> None:
    """The question, its words and the button are on the screen at once, on desk and phone."""
    for width in (360, 1280):
        page = page_of(browser, width=width)
        page.goto(f"{desk.draft}?fact=limits.0")
        expect(page.locator("#question-title")).to_be_in_viewport()
        expect(page.locator("blockquote mark")).to_be_in_viewport()
        expect(page.locator("button[value=keep]")).to_be_in_viewport()
    expect(page.locator(".text mark")).to_be_in_viewport()


def test_findings_while_typing(browser: Browser, desk: Desk) -> None:
    """A wrong number gets its finding in Chinese before anything is saved, and loses it again."""
    page = page_of(browser, width=1280)
    page.goto(f"{desk.draft}?fact=limits.0")
    before = desk.facts
    page.locator("#f-value").fill("6")
    expect(page.locator(".live .findings")).to_contain_text("条款")
    page.locator("#f-value").fill("5")
    expect(page.locator(".live")).to_contain_text("与条文一致")
    assert desk.facts == before


def test_words_marked_for_a_new_fact(browser: Browser, desk: Desk) -> None:
    """Words that are selected in a clause stand in the form for a new fact."""
    page = page_of(browser, width=1280)
    page.goto(desk.draft)
    clause = page.get_by_label("条款 第二条")
    clause.locator(".words").select_text()
    clause.get_by_role("link", name="添加一项").click()
    expect(page.locator("#words")).to_have_value("第二条 读者可以拨打 400-000-0000 投诉。")


def test_two_tabs(browser: Browser, desk: Desk) -> None:
    """The tab that is behind overwrites nothing, keeps what was typed, and can save again."""
    one, other = page_of(browser), page_of(browser)
    one.goto(f"{desk.draft}?fact=roles.0")
    other.goto(f"{desk.draft}?fact=roles.0")
    one.locator("#f-duty").fill("受理并答复")
    with one.expect_navigation():
        one.locator("button[value=keep]").click()
    saved = desk.facts
    other.locator("#f-name").fill("读者部")
    other.locator("button[value=keep]").click()
    expect(other.get_by_role("alert")).to_contain_text("没有保存")
    expect(other.locator("#f-name")).to_have_value("读者部")
    assert desk.facts == saved
    assert violations(other) == []
    with other.expect_navigation():
        other.locator("button[value=keep]").click()
    assert yaml.safe_load(desk.facts)["roles"][0]["name"] == "读者部"


def test_server_that_was_killed(browser: Browser, tmp_path: Path) -> None:
    """What is decided stays; the page that was open saves with the next server, at its address."""
    policies, states = tmp_path / "policies", tmp_path / "states"
    folder, page = write_sample_draft(policies), page_of(browser)
    app, first = create_studio(policies, states, KEY, "", "zh-CN")
    with serving(app) as address:
        page.goto(f"{address}{first}city-library/")
        with page.expect_navigation():
            page.locator("button[value=keep]").click()
        page.locator("#f-who").fill("持证读者")
    again, same = create_studio(policies, states, KEY, "", "zh-CN")
    assert same == first
    with serving(again) as new_address:
        form = page.locator("form[data-check]")
        form.evaluate(
            "(form, address) => { form.action = address + new URL(form.action).pathname }",
            new_address,
        )
        # Another port is another site to the browser, so its check of origins is not asked here.
        values = form.evaluate("form => Object.fromEntries(new FormData(form))")
        sent = page.request.post(
            f"{new_address}{first}city-library/", form={**values, "do": "keep"}
        )
        assert sent.ok
        facts = (folder / "policy.yaml").read_text(encoding="utf-8")
        assert "持证读者" in facts
        assert facts.count("proposed:") == 8
        page.goto(f"{new_address}{first}city-library/")
        expect(page.get_by_role("button", name="撤销")).to_be_visible()


def test_from_document_to_page_without_script(browser: Browser, desk: Desk) -> None:
    """Import, mend, decide, fill in, preview and publish, by plain forms."""
    page = page_of(browser, script=False)
    page.goto(desk.first)
    page.set_input_files(
        "#file", {"name": "办法.txt", "mimeType": "text/plain", "buffer": PROCEDURE.encode("gbk")}
    )
    page.locator("#organisation").fill("from-a-file")
    page.get_by_role("button", name="导入").click()
    assert (desk.policies / "from-a-file" / "policy.yaml").is_file()
    page.goto(f"{desk.draft}?fact=limits.2")
    page.get_by_label("保存期限").check()
    with page.expect_navigation():
        page.locator("button[value=keep]").click()
    while page.locator("button[value=keep]").count():
        with page.expect_navigation():
            page.locator("button[value=keep]").click()
    page.goto(f"{desk.draft}organisation")
    for name, value in VALUES.items():
        page.locator(f'[name="{name}"]').fill(value)
    page.get_by_role("button", name="保存").click()
    page.goto(f"{desk.draft}publish")
    page.get_by_role("button", name="发布").click()
    assert "status" not in yaml.safe_load(desk.facts)
    page.goto(f"{desk.draft}trial")
    expect(page.locator(".said").first).to_contain_text("读者服务部")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page(
    browser: Browser, desk: Desk, width: int, scheme: Literal["light", "dark"]
) -> None:
    """No violation that axe knows, and no page wider than the screen."""
    context = browser.new_context(
        viewport={"width": width, "height": 740}, locale="zh-CN", color_scheme=scheme
    )
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text))
    paths = (
        "",
        "city-library/",
        "city-library/?fact=limits.0",
        "city-library/organisation",
        "city-library/text",
        "city-library/add?clause=第二条&list=limits",
        "city-library/publish",
        "city-library/trial",
    )
    for path in paths:
        page.goto(desk.first + path)
        assert _too_wide(page) == 0, path
        assert violations(page) == [], path
    assert errors == []
    context.close()


def test_preview_frames(browser: Browser, desk: Desk) -> None:
    """Phone and desk show the page of the draft, with its style."""
    page = page_of(browser, width=1280)
    page.goto(f"{desk.draft}preview")
    for name, width in (("phone", 361), ("desk", 2000)):
        frame = page.frame_locator(f"iframe.{name}")
        expect(frame.get_by_role("heading", level=1)).to_contain_text("示例图书馆")
        assert frame.locator("html").evaluate("html => html.clientWidth") < width
        style = "html => getComputedStyle(html).backgroundColor"
        assert frame.locator("html").evaluate(style) != "rgba(0, 0, 0, 0)"


def _press_alt(page: Page, key: str) -> None:
    """Presses an access key, as a keyboard does: Playwright leaves out the character."""
    session = page.context.new_cdp_session(page)
    with page.expect_navigation():
        for kind in ("rawKeyDown", "char", "keyUp"):
            pressed = {"type": kind, "modifiers": 1, "key": key, "unmodifiedText": key, "text": key}
            session.send("Input.dispatchKeyEvent", pressed)


def _too_wide(page: Page) -> int:
    return int(page.locator("html").evaluate("one => one.scrollWidth - one.clientWidth"))
