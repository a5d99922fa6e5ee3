"""Staff at real browsers: one case from its filing to its closing, on a phone, without a script."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from starlette.testclient import TestClient

from functions.cases.delivery import drain
from functions.cases.ports.ports import Ports
from functions.model.case_log import case_acts, recorded_acts
from functions.model.contract.terms import StaffAct
from functions.model.reference import access_code
from tests.conftest import Mailbox, StoppedClock
from tests.helpers.chromium import content_width, page_of, text_of, violations
from tests.helpers.desk.desk_cases import file_case, staff_does
from tests.helpers.desk.staff_directory import HANDLER, LEADER, MECHANIC, person_with, with_staff
from tests.helpers.sample_files import GOOD, PNG
from tests.helpers.servers.site_server import served_here
from tests.helpers.servers.waiting import eventually

COMPLAINT = {
    "category": "repair-quality",
    "account": "刹车异响，两次返修没有解决。要求彻底查清原因。",
    "name": "刘方",
    "email": "liu@example.com",
    "consent": "yes",
}


@pytest.fixture
def ports(ports: Ports, built: Path, tmp_path: Path) -> Ports:
    """The car dealer with the staff of the tests."""
    return with_staff(ports, built, tmp_path / "contracts")


def link_to(who: str, mailbox: Mailbox) -> str:
    """The link in the login mail, which is sent once the answer is out."""

    def link() -> str | None:
        for message in mailbox.messages:
            body = message.get_body(("plain",))
            found = re.search(r"/cases/desk/link\?\S+", body.get_content()) if body else None
            if found and message["To"] == who:
                return found[0]
        return None

    return eventually(link)


class Colleague:
    """A member of staff with a browser of their own, 320 px wide."""

    def __init__(
        self, browser: Browser, address: str, mailbox: Mailbox, who: str, script: bool
    ) -> None:
        self.page, self.address, self.script = page_of(browser, script, width=320), address, script
        self.page.goto(f"{address}/cases/desk/login")
        self.page.locator("[name=organisation]").fill("car-dealer")
        self.page.locator("[name=address]").fill(who)
        self.page.locator("main form button").first.click()
        self.page.goto(f"{address}{link_to(who, mailbox)}")
        self.page.locator("main form button").first.click()

    def open(self, reference: str) -> Page:
        """The page of the case, which is as it must be."""
        self.page.goto(f"{self.address}/cases/desk/{reference}")
        return self.checked()

    def checked(self) -> Page:
        """The page where they are, without a violation and no wider than the screen."""
        assert content_width(self.page) <= 320
        assert not self.script or violations(self.page) == []
        return self.page

    def does(self, act: str, **answers: str) -> Page:
        """Follows the button of an act, fills in its form, sends it, and is back at the case."""
        link = self.page.locator(".turn nav").get_by_role("link", name=act, exact=True)
        if not link.is_visible():
            self.page.locator(".turn nav > details > summary").click()
        link.click()
        self.checked()
        return self.sends(**answers)

    def sends(self, **answers: str) -> Page:
        """Fills in the form of an act, sends it, and is back at the case."""
        for name, answer in answers.items():
            field = self.page.locator(f"[name={name}]")
            if field.first.get_attribute("type") == "radio":
                self.page.locator(f"[name={name}][value={answer}]").check()
            else:
                field.fill(answer)
        self.page.locator("main form button.button").click()
        expect(self.page.get_by_role("status")).to_contain_text("已经记录", use_inner_text=True)
        return self.checked()

    @property
    def turn(self) -> str:
        """What the box at the top says is next."""
        return text_of(self.page, "#turn-title")


@pytest.mark.parametrize("script", [False, True], ids=["script-off", "script-on"])
def test_case_from_filing_to_closing(
    browser: Browser,
    client: TestClient,
    ports: Ports,
    built: Path,
    mailbox: Mailbox,
    clock: StoppedClock,
    script: bool,
) -> None:
    """Registered and read back, handed on in time, asked, answered with consent, closed."""
    filed = client.post(
        "/cases/car-dealer/complaint",
        data=COMPLAINT | {"language": "zh-CN"},
        files=[("files", ("照片.png", PNG)), ("files", ("刹车异响.m4a", GOOD["m4a"]))],
        headers={"accept": "text/html"},
        follow_redirects=False,
    )
    reference = filed.headers["location"].partition("token=")[2].partition(".")[0]
    drain(ports)
    with served_here(ports, built) as address:
        service = Colleague(browser, address, mailbox, HANDLER, script)
        page = service.open(reference)
        assert service.turn == "现在轮到您：登记"
        expect(page.locator("h1")).to_contain_text(
            "刹车异响，两次返修没有解决", use_inner_text=True
        )
        expect(page.locator("audio[controls]")).to_have_count(1)
        page.get_by_role("link", name="打开 照片.png").click()
        expect(page.locator("img")).to_have_count(1)
        page.go_back()

        clock.forward(minutes=10)
        service.open(reference)
        service.does("登记")
        page = service.does("复述", text="客户确认无误。")
        expect(page.locator(".thread").first).to_contain_text("客户确认无误。", use_inner_text=True)
        clock.forward(minutes=20)
        service.open(reference)
        assert service.turn == "现在轮到您：移交"
        page = service.does("移交")
        handed_on = page.locator(".entry", has_text="业务经理").last
        expect(handed_on).to_contain_text("在期限内", use_inner_text=True)
        expect(handed_on).to_contain_text("四、1.3", use_inner_text=True)

        manager = Colleague(browser, address, mailbox, MECHANIC, script)
        manager.open(reference)
        page = manager.does("内部备注", text="同一车牌第三次提出。")
        expect(page.locator(".entry.inside", has_text="第三次提出")).to_have_count(1)
        manager.page.get_by_role("link", name="问提出人", exact=True).click()
        manager.page.locator("#reply").select_option("请客户补充情况")
        manager.page.get_by_role("button", name="放进正文").click()
        expect(manager.checked().locator("#text")).to_have_value(re.compile(reference))
        page = manager.sends(text="哪一天开始响的？")
        assert manager.turn == "等提出人答复"

        clock.forward(hours=1)
        case = ports.store.case(reference)
        assert case is not None
        answer_of_filer(browser, address, reference, ports, "十一月十八日。", script)
        clock.forward(hours=1)
        manager.open(reference)
        expect(manager.page.locator(".thread").last).to_contain_text(
            "十一月十八日。", use_inner_text=True
        )
        assert "第三次提出" not in seen_by_filer(browser, address, reference, ports, script)
        manager.does("报批答复", outcome="upheld", text="更换刹车片，费用由我们承担。")

        leader = Colleague(browser, address, mailbox, LEADER, script)
        leader.open(reference)
        assert leader.turn == "现在轮到您：批准"
        leader.does("批准")
        clock.forward(minutes=5)
        manager.open(reference)
        page = manager.does("答复提出人")
        expect(page.locator(".thread").last).to_contain_text(
            "更换刹车片，费用由我们承担。", use_inner_text=True
        )
        page = manager.does("办结")
        assert "本案已结束" in manager.turn

        page.get_by_role("link", name="打印全卷").click()
        manager.checked()
        expect(page.locator("main")).to_contain_text("日志完整", use_inner_text=True)
    acts = [act.act for act in case_acts(ports.store.events(reference))]
    assert acts == [
        *("registered", "read_back", "forwarded", "note", "asked", "information"),
        *("proposed", "approved", "decision", "closed"),
    ]


def test_enter_sends_the_form_and_not_a_reply(
    browser: Browser, ports: Ports, built: Path, mailbox: Mailbox
) -> None:
    """The Enter key in a field records the act, although the reply's button stands above it."""
    case = file_case(ports, "car-dealer", {"category": "customer-service"})
    with served_here(ports, built) as address:
        service = Colleague(browser, address, mailbox, HANDLER, script=False)
        service.page.goto(f"{address}/cases/desk/{case.reference}/acknowledged")
        expect(service.page.get_by_role("button", name="放进正文")).to_have_count(1)
        service.page.locator("#when summary").click()
        service.page.locator("[name=happened_on]").press("Enter")
        expect(service.page.get_by_role("status")).to_contain_text("已经记录", use_inner_text=True)


def test_print_leaves_nothing_out(
    browser: Browser, ports: Ports, built: Path, mailbox: Mailbox, clock: StoppedClock
) -> None:
    """On paper, each entry, limit and line of the log is there, those taken back and notes, too."""
    case = file_case(ports, "car-dealer", {"category": "customer-service"})
    person = person_with(HANDLER, "car-dealer", ports)
    acts: tuple[StaffAct, ...] = ("registered", "note", "message")
    for act in acts:
        clock.forward(minutes=1)
        staff_does(case, act, ports, person, text=f"{act} 的话")
    clock.forward(minutes=1)
    wrong = recorded_acts(ports.store.events(case.reference))[-1].at
    staff_does(case, "corrected", ports, person, text="写错了", corrects=wrong)
    with served_here(ports, built) as address:
        colleague = Colleague(browser, address, mailbox, HANDLER, script=True)
        page = colleague.page
        page.goto(f"{address}/cases/desk/{case.reference}/print/")
        page.emulate_media(media="print")
        shown = text_of(page)
        for row in (".entry", ".limit", ".log tbody tr", "h2"):
            found = page.locator(row).all()
            assert found
            for each in found:
                expect(each).to_be_visible()
        assert all(f"{act} 的话" in shown for act in acts)
        expect(page.get_by_role("link", name="返回案件")).to_be_hidden()


def looked_up(browser: Browser, address: str, reference: str, ports: Ports, script: bool) -> Page:
    """The filer's page of the case."""
    page = page_of(browser, script)
    page.goto(f"{address}/track/")
    page.get_by_label("受理编号").fill(reference)
    page.get_by_label("查询码").fill(access_code(ports.key, reference))
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name=reference).wait_for()
    return page


def answer_of_filer(
    browser: Browser, address: str, reference: str, ports: Ports, text: str, script: bool
) -> None:
    """Has the filer add something to the case."""
    page = looked_up(browser, address, reference, ports, script)
    page.get_by_label("您要说的话").fill(text)
    page.get_by_role("button", name="补充到案件").click()


def seen_by_filer(
    browser: Browser, address: str, reference: str, ports: Ports, script: bool
) -> str:
    """Everything that the filer's page says."""
    return text_of(looked_up(browser, address, reference, ports, script))
