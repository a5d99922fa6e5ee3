"""A filer and staff at real browsers, without accounts: the whole way of a case that goes on."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from starlette.testclient import TestClient

from functions.cases.delivery import drain
from functions.cases.ports.ports import Ports
from tests.conftest import Mailbox, StoppedClock
from tests.helpers.chromium import content_width, page_of, violations
from tests.helpers.desk.mailbox_staff import with_mailbox_staff
from tests.helpers.filings import GRIEVANCE
from tests.helpers.servers.site_server import served_here


def looked_up(browser: Browser, address: str, filed: dict[str, str], script: bool) -> Page:
    """The status page, by reference and code typed at a keyboard."""
    page = page_of(browser, script)
    page.goto(f"{address}/track/")
    page.get_by_label("受理编号").focus()
    page.keyboard.type(filed["reference"])
    page.keyboard.press("Tab")
    page.keyboard.type(filed["access_code"])
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name=filed["reference"]).wait_for()
    return page


@pytest.fixture
def ports(ports: Ports) -> Ports:
    """Members of staff read the mailboxes, each their own."""
    return with_mailbox_staff(ports)


@pytest.mark.parametrize("script", [False, True], ids=["script-off", "script-on"])
def test_both_sides_of_a_case(
    browser: Browser,
    client: TestClient,
    ports: Ports,
    built: Path,
    mailbox: Mailbox,
    clock: StoppedClock,
    script: bool,
) -> None:
    """Adds words, is answered by the link in the mail, asks for the review, withdraws."""
    filed = client.post("/cases/factory-staff/grievance", json=GRIEVANCE).json()
    drain(ports)
    notice = next(mail for mail in mailbox.messages if mail["To"] == "hr@factory.example.com")
    body = notice.get_body(("plain",))
    assert body is not None
    link = re.search(r"/cases/handle\?token=\S+", body.get_content())
    assert link
    with served_here(ports, built) as address:
        page = looked_up(browser, address, filed, script)
        page.get_by_label("您要说的话").fill("照片在人事部。")
        page.get_by_role("button", name="补充到案件").click()
        expect(page.get_by_role("status")).to_contain_text(
            "您的话已经补充到案件", use_inner_text=True
        )
        expect(page.locator(".case .by-filer .said")).to_have_text(
            "照片在人事部。", use_inner_text=True
        )
        page.reload()
        expect(page.locator(".case .by-filer")).to_have_count(1)
        assert not script or violations(page) == []

        token = link[0].partition("=")[2]
        passed_on = client.post(
            "/cases/handle", data={"handling": token, "act": "forwarded", "to": "supervisor"}
        )
        assert passed_on.status_code == 200
        clock.forward(days=9)
        staff = page_of(browser, script, width=320)
        staff.goto(f"{address}{link[0]}")
        expect(staff.locator(".case")).to_contain_text("照片在人事部。", use_inner_text=True)
        assert content_width(staff) <= 320
        staff.get_by_label("答复或者决定").check()
        staff.get_by_role("button", name="记录", exact=True).click()
        expect(staff.get_by_role("alert")).to_contain_text("请先写下内容", use_inner_text=True)
        expect(staff.get_by_label("答复或者决定")).to_be_checked()
        assert not script or violations(staff) == []
        staff.get_by_label("您填写的内容").fill("下周起轮休。")
        staff.get_by_label("处理结果").select_option("upheld")
        staff.get_by_role("button", name="记录", exact=True).click()
        expect(staff.get_by_role("status")).to_contain_text("已经记录", use_inner_text=True)
        assert not script or violations(staff) == []

        drain(ports)
        to_filer = [str(one["Subject"]) for one in mailbox.messages if one["To"] != notice["To"]]
        news, receipt = "示例工厂：您的案件有新内容", "示例工厂：已记录您的留言"
        answer = "示例工厂：已作出答复"
        assert sorted(to_filer[1:]) == [
            f"{subject} {filed['reference']}" for subject in (answer, receipt, news)
        ]

        page = looked_up(browser, address, filed, script)
        expect(page.locator(".case")).to_contain_text("下周起轮休。", use_inner_text=True)
        expect(page.locator(".standing")).to_contain_text("答复您的", use_inner_text=True)
        page.get_by_label("您对答复不满意的理由").locator("visible=true").fill("没有说从哪天起。")
        page.get_by_role("button", name="提出复核").locator("visible=true").click()
        expect(page.get_by_role("status")).to_contain_text(
            "提出复核，该单位会收到通知", use_inner_text=True
        )
        expect(page.locator(".case .open").filter(has_text="再次处理并书面答复")).to_have_count(1)

        page.locator("summary", has_text="撤回所提交的内容").focus()
        page.keyboard.press("Enter")
        page.get_by_label("撤回的原因").fill("已经当面谈妥。")
        page.get_by_role("button", name="撤回", exact=True).click()
        expect(page.get_by_role("alert")).to_contain_text("请勾选确认", use_inner_text=True)
        expect(page.get_by_label("撤回的原因")).to_have_value("已经当面谈妥。")
        assert not script or violations(page) == []
        page.get_by_label("是的，我要撤回").check()
        page.get_by_role("button", name="撤回", exact=True).click()
        expect(page.get_by_role("status")).to_contain_text(
            "撤回，该单位会收到通知", use_inner_text=True
        )
        expect(page.locator("summary", has_text="撤回所提交的内容")).to_be_hidden()
        assert "token" not in page.url
        assert "session" not in page.url

    drain(ports)
    subjects = [
        mail["Subject"].split(" ")[0] for mail in mailbox.messages if mail["To"] == notice["To"]
    ]
    assert sorted(subjects) == sorted(["新申诉", "提出人有新情况", "已提出复核", "已撤回"])
