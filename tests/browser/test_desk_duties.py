"""Each duty of a procedure is done at the desk in a browser: one organisation for each."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from functions.cases.login import link_for
from functions.cases.ports.ports import Ports
from functions.model.case import Case
from functions.model.case_log import case_acts
from functions.model.contract.terms import KindId
from tests.helpers.chromium import page_of, text_of
from tests.helpers.desk.desk_cases import file_case
from tests.helpers.desk.staff_directory import person_with
from tests.helpers.servers.site_server import served_here

ANSWERS = {
    "name": "刘方",
    "signature": "刘方",
    "phone": "13800138000",
    "email": "liu@example.com",
    "date": "2026-02-20",
    "consent": "yes",
}
"""Answers by the field's name or input."""


class Desk:
    """The desk of an organisation with one case, in a browser of each member of staff."""

    def __init__(self, browser: Browser, ports: Ports, organisation: str, case: Case) -> None:
        self.browser, self.ports, self.case = browser, ports, case
        self.organisation, self.pages = organisation, dict[str, Page]()

    def of(self, who: str) -> Page:
        """The page of a member of staff, who is logged in, at the case."""
        if who not in self.pages:
            address = f"{who}@{self.domain}"
            page = page_of(self.browser, False)
            page.goto(link_for(person_with(address, self.organisation, self.ports), "", self.ports))
            page.locator("main form button").first.click()
            self.pages[who] = page
        self.pages[who].goto(self.address)
        return self.pages[who]

    @property
    def domain(self) -> str:
        """What the addresses of the staff end with."""
        directory = self.ports.contracts.directory(self.organisation)
        assert directory is not None
        return directory.staff[0].address.partition("@")[2]

    @property
    def address(self) -> str:
        """The page of the case."""
        return f"{self.ports.site_url}/cases/desk/{self.case.reference}"

    def does(self, who: str, act: str, **answers: str) -> str:
        """Fills in the form of an act and sends it; what the page of the case then says."""
        page = self.of(who)
        page.goto(f"{self.address}/{act}")
        for name, answer in answers.items():
            field = page.locator(f"[name='{name}']").first
            match field.get_attribute("type") or field.evaluate("each => each.localName"):
                case "radio":
                    page.locator(f"[name='{name}'][value='{answer}']").check(force=True)
                case "checkbox":
                    field.check(force=True)
                case "select":
                    field.select_option(answer)
                case _:
                    field.fill(answer)
        page.locator("main form button.button").click()
        page.wait_for_url(lambda url: not url.endswith(f"/{act}"))
        return text_of(page)

    @property
    def acts(self) -> list[str]:
        """The acts that stand."""
        return [act.act for act in case_acts(self.ports.store.events(self.case.reference))]


def required(ports: Ports, organisation: str, kind: KindId) -> dict[str, str]:
    """An answer to each question of the form that must be answered."""
    digest = ports.contracts.current().organisations[organisation]
    answers: dict[str, str] = {}
    for field in ports.contracts.contract(digest).kinds[kind].fields:
        if field.required and field.input == "choice":
            answers[field.name] = field.choices[0].value
        elif field.required:
            answers[field.name] = ANSWERS.get(field.name) or ANSWERS.get(field.input, "说来话长。")
    return answers


@pytest.fixture
def desk(browser: Browser, ports: Ports, built: Path) -> Iterator[Callable[..., Desk]]:
    """Opens the desk of an organisation with a case that was just filed."""
    with served_here(ports, built) as address:
        local = replace(ports, site_url=address)

        def at(organisation: str, kind: KindId = "complaint", **answers: str) -> Desk:
            known = required(local, organisation, kind) | answers
            return Desk(browser, local, organisation, file_case(local, organisation, known, kind))

        yield at


def test_acceptance_is_decided_and_told(desk: Callable[..., Desk]) -> None:
    """The exam centre does not take a filing on, and says why and by which clause."""
    centre = desk("exam-centre")
    said = centre.does("xia.qingyuan", "not_accepted", text="不属于培训、考试活动。", clause="4.2")
    assert "不予受理" in said
    assert centre.acts == ["not_accepted"]


def test_recused_member_gets_nowhere(desk: Callable[..., Desk]) -> None:
    """A member of the exam centre with an interest in the matter is kept out from then on."""
    centre = desk("exam-centre")
    centre.does("xia.qingyuan", "forwarded", to="members")
    expect(centre.of("zeng.leyao").locator("main")).to_contain_text(
        centre.case.reference, use_inner_text=True
    )
    centre.does("zeng.leyao", "recused", text="考生是亲属。")
    expect(centre.of("zeng.leyao").locator("main")).to_contain_text(
        "您无权打开", use_inner_text=True
    )
    expect(centre.of("qiu.mobai").locator("main")).to_contain_text(
        centre.case.reference, use_inner_text=True
    )


def test_progress_is_told(desk: Callable[..., Desk]) -> None:
    """QA registers the complaint, and whoever has it says how long it will take."""
    operations = desk("qa-operations")
    operations.does("cen.yuwei", "registered")
    said = operations.does("cen.yuwei", "message", text="预计需要三天。")
    assert "预计需要三天。" in said
    assert operations.acts == ["registered", "message"]


def test_measure_has_an_owner_and_a_day(desk: Callable[..., Desk]) -> None:
    """The laboratory notes what is done about the cause, by whom and until when."""
    laboratory = desk("testing-laboratory")
    said = laboratory.does(
        *("ni.yaqin", "measure"), text="重新校准天平。", owner="技术室", until="2026-04-30"
    )
    assert "重新校准天平。" in said
    assert "技术室" in said
    assert laboratory.acts == ["measure"]


def test_entry_is_taken_back(desk: Callable[..., Desk]) -> None:
    """A wrong registration is taken back: it stays, struck through, and counts for nothing."""
    firm = desk("law-firm")
    firm.does("ji.wenxin", "registered", text="登错了案件。")
    page = firm.of("ji.wenxin")
    page.locator(".thread a[href*='corrected?corrects']").first.click()
    page.locator("[name=text]").fill("与本案无关。")
    page.locator("main form button.button").click()
    page.wait_for_url(lambda url: "corrected" not in url)
    said = text_of(page)
    assert "与本案无关。" in said
    assert firm.acts == ["corrected"]
