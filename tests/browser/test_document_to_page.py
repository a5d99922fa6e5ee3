"""From a document to a receipt: import, the studio by keyboard, the page, a filing."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from cli.serving.left_out import LeftOutPages
from cli.serving.with_part import WithPart
from functions.adapters.contracts.folder import FolderContracts
from functions.cases.ports.ports import Ports
from site_src.studio.guard import STUDIO
from tests.helpers.chromium import page_of
from tests.helpers.servers.site_server import serving, site_here
from tests.helpers.studio.clerk import ClerkAtStudio
from tests.helpers.studio.office import Office
from tests.helpers.studio.procedures import OFFICES, TABLE

FILED = {
    "account": "第二份材料没有看。",
    "decision": "不予受理通知 2026-12",
    "decided_on": "2026-02-20",
    "incident": "2026-02-20",
    "name": "张三",
    "email": "zhang@example.com",
    "signature": "张三",
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """One office for all documents."""
    samples = tuple(procedure.sample for procedure in OFFICES.values())
    return Office(tmp_path_factory.mktemp("office"), samples)


@pytest.fixture
def address(ports: Ports, office: Office) -> Iterator[str]:
    """The address of site and studio."""
    office.build()
    contracts = FolderContracts(str(office.out / "contracts"))
    site = site_here(replace(ports, contracts=contracts), office.out, LeftOutPages())
    with serving(WithPart(site, STUDIO, office.studio)) as served:
        yield served


@pytest.mark.parametrize("name", OFFICES)
def test_from_document_to_receipt(
    browser: Browser, office: Office, address: str, name: str
) -> None:
    """The receipt under what a clerk made of the document says what the authors' sample says."""
    procedure = OFFICES[name]
    said = office.import_document(procedure, name)
    for words in procedure.left_out:
        assert words in said
    proposals = office.facts(name).count("proposed:")

    draft = f"{address}{office.first(procedure.tongue)}{name}/"
    clerk = ClerkAtStudio(page_of(browser, width=1280), draft)
    clerk.work(procedure.answers)
    assert clerk.effort.decisions == proposals
    assert clerk.findings() == []
    clerk.publish()
    facts = office.facts(name)
    assert "proposed:" not in facts
    assert "status" not in yaml.safe_load(facts)

    office.build()
    public = page_of(browser)
    prefix = f"{address}/en" if procedure.tongue == "en" else address
    sample, own = (
        promised(file_as_public(public, f"{prefix}/{organisation}/", procedure.kind, category))
        for organisation, category in zip((procedure.sample, name), procedure.category, strict=True)
    )
    assert own == sample
    assert own["dates"]
    if name == "word":
        public.goto(f"{prefix}/{name}/procedure/")
        cells = [cell.strip() for row in TABLE[1:] for cell in row.strip("|").split("|")]
        table = public.locator("table", has_text=TABLE[0].split()[1])
        expect(table.locator("td")).to_have_text(cells)


def file_as_public(page: Page, start: str, kind: str, category: str) -> Page:
    """Files a case from the first page of the organisation, and ends on the receipt."""
    page.goto(start)
    with page.expect_navigation():
        page.locator(f"main a[href$='/{kind}/']").first.click()
    if category:
        choose_category(page, category)
    for name, value in FILED.items():
        if page.locator(f"#{name}").count():
            page.fill(f"#{name}", value)
    for consent in page.locator("input[type=checkbox][name^=consent]").all():
        consent.check()
    page.click("button[value=check]")
    page.click("button[value=send]")
    page.wait_for_url("**/cases/receipt**")
    return page


def choose_category(page: Page, category: str) -> None:
    """Chooses what the filing is about, from a long list, or from options that may be grouped."""
    long_list = page.locator("select[name=category]")
    if long_list.count():
        long_list.select_option(label=category)
        return
    option = page.locator("label", has_text=re.compile(rf"(^|\s){category}$")).first
    if not option.is_visible():
        page.locator("details", has=option).locator("summary").click()
    option.click()


def promised(page: Page) -> dict[str, list[str]]:
    """What the receipt on a page says of roles and dates."""
    following = page.locator("section[aria-labelledby=next-title]")
    return {
        "standing": page.locator(".standing, .standing + p").all_inner_texts(),
        "following": following.locator("li").all_inner_texts(),
        "dates": page.locator(".told time").evaluate_all("all => all.map(one => one.dateTime)"),
        "received": page.locator(".told .note").first.inner_text().splitlines(),
    }
