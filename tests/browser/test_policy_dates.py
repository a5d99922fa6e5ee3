"""What a form dates of a policy's own events: an extension apart, and a window that it asks for."""

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from functions.adapters.contracts.folder import FolderContracts
from functions.cases.ports.ports import Ports
from site_src.publish.build import build
from tests.browser.test_dates import page_at, send
from tests.conftest import SITE_URL, StoppedClock
from tests.functions.cases.test_policy_events import FACTS, NOON, TEXT, policy_text
from tests.helpers.servers.site_server import served_here


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of one policy, built once."""
    folder = tmp_path_factory.mktemp("made")
    policy = folder / "policies" / "made"
    policy.mkdir(parents=True)
    (policy / "policy.yaml").write_text(policy_text(FACTS), encoding="utf-8")
    (policy / "procedure.md").write_text(TEXT, encoding="utf-8")
    build(folder / "policies", folder / "out", site_url=SITE_URL)
    return folder / "out"


def test_extension_and_window_on_the_form(
    browser: Browser, ports: Ports, clock: StoppedClock, made: Path
) -> None:
    """The month and its extension have their dates, the extension last; the window is live."""
    clock.at = NOON
    there = replace(ports, contracts=FolderContracts(str(made / "contracts")))
    with served_here(there, made) as address, page_at(browser, NOON) as page:
        page.goto(f"{address}/en/made/complaint/")
        dates = page.locator("#after .due:not(:empty)")
        expect(dates.first).to_contain_text("the end of Monday 28 December 2026")
        expect(dates.last).to_contain_text("the end of Monday 1 March 2027")
        expect(page.locator("#after li").last).to_contain_text("it is complex")
        happened = page.locator("[id='event.happened']")
        box = page.locator("[id='event.happened-window']")
        happened.fill("2026-01-05")
        expect(box).to_contain_text("You can file until the end of Tuesday 5 January 2027")
        happened.fill("2025-10-05")
        expect(box).to_contain_text("The time to file ended on Monday 5 October 2026")
        page.fill("#account", "Nobody answered.")
        page.fill("#name", "Zhang San")
        page.fill("#email", "zhang@example.com")
        page.check("#consent")
        send(page)
        expect(page.locator(".milestones")).to_contain_text(
            "until the end of Monday 1 March 2027, Central European Time (UTC+1), to answer"
        )
        expect(page.locator("main")).to_contain_text("Late: it could be filed until")
