"""Starts the browser of the tests, and does in it what people do."""

import shutil

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

_OF_COLOURS = ["color-contrast", "link-in-text-block"]


def launch(playwright: Playwright, back_forward_cache: bool = False) -> Browser:
    """Starts Debian's Chromium; Playwright disables its back-forward cache by default."""
    return playwright.chromium.launch(
        executable_path=shutil.which("chromium"),
        args=ARGUMENTS,
        ignore_default_args=["--disable-back-forward-cache"] if back_forward_cache else None,
    )


def page_of(browser: Browser, script: bool = True, width: int = 360) -> Page:
    """Returns a page in a new context, `width` CSS pixels wide."""
    context = browser.new_context(
        java_script_enabled=script, viewport={"width": width, "height": 740}, locale="zh-CN"
    )
    return context.new_page()


def choose(page: Page, category: str) -> None:
    """Opens the group of a category and chooses the category."""
    page.wait_for_load_state()
    option = page.locator(f"[name=category][value={category}]")
    if not option.is_visible():
        page.locator("details", has=option).locator("summary").click()
    option.check()


def text_of(page: Page, selector: str = "main") -> str:
    """Returns what the one such element says, once the page is there.

    A page that is left must have been left: wait for what only the next one has.
    """
    page.wait_for_load_state()
    return page.locator(selector).inner_text()


def content_width(page: Page) -> int:
    """Returns the width of a page's content in CSS pixels, once the page is there."""
    page.wait_for_load_state()
    return int(page.locator("html").evaluate("one => one.scrollWidth"))


def violations(page: Page) -> list[tuple[str, str]]:
    """Returns what axe reports of a page: each rule and the first element that breaks it.

    Of a page in dark colours only the colours are judged: in all else it is the page in light ones.
    """
    page.wait_for_load_state()
    options: dict[str, object] = {"resultTypes": ["violations"]}
    if page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches"):
        options["runOnly"] = _OF_COLOURS
    reported = Axe().run(page, options=options).response["violations"]
    return [(violation["id"], violation["nodes"][0]["html"]) for violation in reported]
