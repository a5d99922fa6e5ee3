"""The browser of the tests, and what people do in it."""

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


def launch(playwright: Playwright, back_forward_cache: bool = False) -> Browser:
    """Debian's Chromium, with or without the cache of whole pages that Playwright leaves out."""
    return playwright.chromium.launch(
        executable_path=shutil.which("chromium"),
        args=ARGUMENTS,
        ignore_default_args=["--disable-back-forward-cache"] if back_forward_cache else None,
    )


def page_of(browser: Browser, script: bool = True, width: int = 360) -> Page:
    """A page of a fresh context."""
    context = browser.new_context(
        java_script_enabled=script, viewport={"width": width, "height": 740}, locale="zh-CN"
    )
    return context.new_page()


def choose(page: Page, category: str) -> None:
    """Opens the group that a category is in, and chooses it."""
    option = page.locator(f"[name=category][value={category}]")
    if not option.is_visible():
        page.locator("details", has=option).locator("summary").click()
    option.check()


def violations(page: Page) -> list[tuple[str, str]]:
    """What axe finds on a page: the rule and the first element that breaks it."""
    found = Axe().run(page).response["violations"]
    return [(one["id"], one["nodes"][0]["html"]) for one in found]
