"""A clerk sees a draft, what is left to do, and why another organisation has no new pages."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from cli.serving.left_out import LeftOutPages
from functions.adapters.contracts.folder import FolderContracts
from functions.cases.ports.ports import Ports
from site_src.publish.build import build_local
from site_src.receipts.keys import PublishedKeys
from tests.helpers.chromium import content_width, text_of
from tests.helpers.filings import COMPLAINT
from tests.helpers.places import EXAMPLES
from tests.helpers.sample_policies import copied, mend
from tests.helpers.servers.site_server import serving, site_here

URL = "http://127.0.0.1"


class Desktop:
    """A folder of policies, the site that `serve` makes of it, and what it left out."""

    def __init__(self, folder: Path) -> None:
        self.policies, self.out = folder / "policies", folder / "dist"
        self.left_out = LeftOutPages()
        shutil.copytree(EXAMPLES / "good", self.policies)
        copied(self.policies / "sample", "branch")
        copied(self.policies / "sample", "broken")
        (self.policies / "broken" / "policy.yaml").write_text("id：broken\n", encoding="utf-8")
        draft = self.policies / "sample" / "policy.yaml"
        draft.write_text(f"status: draft\n{draft.read_text('utf-8')}", encoding="utf-8")
        mend(draft, "{id: answer, value: 5,", "{proposed: 5 个工作日内, id: answer, value: 5,")
        self.build()

    def build(self) -> None:
        """Builds as `serve` does."""
        keys = PublishedKeys({})
        self.left_out.replace(build_local(self.policies, self.out, URL, keys))


@pytest.fixture(scope="module")
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Desktop:
    """One folder for the tests of this module."""
    return Desktop(tmp_path_factory.mktemp("drafts"))


@pytest.fixture
def site(ports: Ports, desktop: Desktop) -> Iterator[str]:
    """The site, served."""
    contracts = FolderContracts(str(desktop.out / "contracts"))
    with serving(
        site_here(replace(ports, contracts=contracts), desktop.out, desktop.left_out)
    ) as address:
        yield address


@pytest.fixture(scope="module")
def desk(browser: Browser) -> Iterator[Page]:
    """A desktop's window."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def test_draft_says_what_is_left_to_do(site: str, desk: Page) -> None:
    """The notice is in sight, opens by keyboard, leads to the clause, and breaks no layout."""
    desk.goto(f"{site}/en/sample/")
    notice = desk.get_by_role("region", name="Draft: not published")
    expect(notice.get_by_text("Only this machine shows the page")).to_be_visible()
    assert notice.bounding_box()["y"] < 300  # type: ignore[index]
    confirm = notice.get_by_text("To confirm: 1")
    confirm.focus()
    desk.keyboard.press("Enter")
    expect(notice.get_by_text("remove the key")).to_be_visible()
    expect(notice.get_by_text("policy.yaml, line 28")).to_be_visible()
    notice.get_by_role("link", name="clause 2.2").click()
    desk.wait_for_url("**/sample/procedure/#clause-2.2")
    beside = desk.locator("#clause-2\\.2 + .notice").first
    expect(beside).to_contain_text("nobody has confirmed this fact")
    desk.set_viewport_size({"width": 320, "height": 640})
    assert content_width(desk) <= 320
    desk.set_viewport_size({"width": 1280, "height": 900})


def test_test_filing_shows_the_dates(site: str, desk: Page) -> None:
    """The form of a draft takes a filing, and the receipt says its dates and that it is a test."""
    desk.goto(f"{site}/en/sample/complaint/")
    expect(desk.get_by_role("region", name="Draft: not published")).to_be_visible()
    for field in ("account", "name", "phone"):
        desk.fill(f"#{field}", COMPLAINT[field])
    desk.check("#consent")
    desk.get_by_role("button", name="Next: check your answers").click()
    expect(desk.get_by_text("Draft: not published. This filing is a test.")).to_be_visible()
    desk.get_by_role("button", name="Send", exact=True).click()
    desk.wait_for_url("**/cases/receipt**")
    said = text_of(desk)
    assert "Draft: not published. This filing is a test." in said
    assert "9 March 2026" in said


def test_what_was_left_out_says_why(site: str, desktop: Desktop, desk: Page) -> None:
    """One page lists the findings of what has no pages; last good pages get them on top."""
    answer = desk.goto(f"{site}/en/broken/complaint/")
    assert answer is not None
    assert answer.status == 503
    expect(desk.get_by_role("heading", name="broken has no pages yet")).to_be_visible()
    expect(desk.get_by_text("the colon after id is full-width")).to_be_visible()
    expect(desk.get_by_text("policy.yaml, line 1")).to_be_visible()
    desk.goto(f"{site}/branch/")
    expect(desk.get_by_text("本页不是最新内容")).to_have_count(0)
    file = desktop.policies / "branch" / "policy.yaml"
    good = file.read_text("utf-8")
    file.write_text(good.replace("value: 5", "value: 7"), "utf-8")
    desktop.build()
    desk.reload()
    expect(desk.get_by_role("region", name="本页不是最新内容")).to_be_visible()
    expect(desk.get_by_text("要改正：2 处")).to_be_visible()
    file.write_text(good, "utf-8")
    desktop.build()
    desk.reload()
    expect(desk.get_by_text("本页不是最新内容")).to_have_count(0)
