"""Files both ways, receipts and the questions after an answer, in real browsers, with and without
script.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from starlette.testclient import TestClient

from functions.cases.delivery import drain
from functions.cases.ports.ports import Ports
from tests.conftest import StoppedClock
from tests.helpers.chromium import content_width, page_of, text_of, violations
from tests.helpers.desk.staff_acts import sent_by_staff, staff_act
from tests.helpers.filings import COMPLAINT, GRIEVANCE
from tests.helpers.sample_files import PDF, PNG, WRONG
from tests.helpers.servers.site_server import served_here

BOTH = pytest.mark.parametrize("script", [False, True], ids=["script-off", "script-on"])
QUALITY = COMPLAINT | {"category": "product-quality", "email": "li@example.com"}


def looked_up(page: Page, address: str, filed: dict[str, str]) -> None:
    """Opens the page of the case by reference and code."""
    page.goto(f"{address}/track/")
    page.get_by_label("受理编号").fill(filed["reference"])
    page.get_by_label("查询码").fill(filed["access_code"])
    page.get_by_role("button", name="查询").click()
    page.get_by_role("heading", level=1, name=filed["reference"]).wait_for()
    page.wait_for_load_state()


def chosen(name: str, content: bytes) -> dict[str, object]:
    """A file as somebody chooses it."""
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


@BOTH
def test_files_with_a_message(
    browser: Browser, client: TestClient, ports: Ports, built: Path, script: bool
) -> None:
    """One wrong file keeps neither words nor the other file; the receipt is a download."""
    filed = client.post("/cases/factory-staff/grievance", json=GRIEVANCE).json()
    with served_here(ports, built) as address:
        page = page_of(browser, script, width=320)
        looked_up(page, address, filed)
        page.get_by_label("您要说的话").fill("照片在附件里。")
        files = [chosen("证据.png", PNG), chosen("page.html", WRONG["html"])]
        page.get_by_label("材料或者照片").set_input_files(files)  # type: ignore[arg-type]
        if script:
            page.get_by_role("status").get_by_text("“page.html”").wait_for()
            expect(page.locator(".uploads input")).to_have_count(1)
            page.reload()
            page.get_by_label("您要说的话").fill("照片在附件里。")
            expect(page.locator(".uploads li")).to_have_text("证据.png", use_inner_text=True)
        else:
            page.get_by_role("button", name="补充到案件").click()
            expect(page.get_by_role("alert")).to_contain_text("“page.html”", use_inner_text=True)
            expect(page.get_by_label("您要说的话")).to_have_value("照片在附件里。")
            expect(page.locator(".uploads li")).to_contain_text("证据.png", use_inner_text=True)
        assert content_width(page) <= 320
        assert not script or violations(page) == []
        page.get_by_role("button", name="补充到案件").click()
        expect(page.get_by_role("status").first).to_contain_text(
            "已经补充到案件", use_inner_text=True
        )
        expect(page.locator(".case .files li")).to_have_text(
            ["证据.png（1 KB）"], use_inner_text=True
        )
        expect(page.locator(".uploads li")).to_have_count(0)
        assert not script or violations(page) == []
        with page.expect_download() as download:
            page.get_by_role("button", name="保存签名回执").click()
        assert download.value.suggested_filename.startswith(filed["reference"])
        text = Path(download.value.path()).read_text(encoding="utf-8")
        assert "照片在附件里。" in text
        assert "证据.png" in text
        page.reload()
        expect(page.locator(".case .by-filer")).to_have_count(1)
    drain(ports)


@BOTH
def test_kept_files_are_of_one_case(
    browser: Browser, client: TestClient, ports: Ports, built: Path, script: bool
) -> None:
    """What is attached to one case does not appear on another, nor on the form."""
    pair = [
        client.post("/cases/factory-staff/grievance", json=GRIEVANCE | {"account": said}).json()
        for said in ("一", "二")
    ]
    with served_here(ports, built) as address:
        page = page_of(browser, script)
        looked_up(page, address, pair[0])
        page.get_by_label("材料或者照片").set_input_files(chosen("a.png", PNG))  # type: ignore[arg-type]
        if script:
            page.locator(".uploads input").wait_for()
        looked_up(page, address, pair[1])
        page.reload()
        expect(page.locator(".uploads input")).to_have_count(0)
        page.goto(f"{address}/factory-staff/grievance/")
        page.reload()
        expect(page.locator(".uploads input")).to_have_count(0)


@BOTH
def test_answer_its_file_and_both_questions(
    browser: Browser,
    client: TestClient,
    ports: Ports,
    built: Path,
    clock: StoppedClock,
    script: bool,
) -> None:
    """The answer's file is a download; a week later both questions stand there, by keyboard."""
    filed = client.post("/cases/qa-operations/complaint", json=QUALITY).json()
    file = sent_by_staff(ports, "qa-operations", "检验报告.pdf", PDF)
    staff_act(
        ports,
        filed["reference"],
        "decision",
        text="确为漏装垫圈。",
        outcome="upheld",
        remedy="换货。",
        files=(file,),
    )
    clock.forward(days=8)
    with served_here(ports, built) as address:
        page = page_of(browser, script)
        looked_up(page, address, filed)
        top = text_of(page, ".now")
        assert "自2026年3月2日（星期一）起由QA 部门办理。" in top
        with page.expect_download() as download:
            page.get_by_role("button", name="下载 检验报告.pdf").click()
        assert download.value.suggested_filename == "检验报告.pdf"
        assert Path(download.value.path()).read_bytes() == PDF
        page.get_by_role("link", name="您对答复满意吗？").click()
        questions = page.locator("#satisfaction")
        questions.get_by_role("group", name="您对处理结果满意吗？").get_by_label(
            "不满意", exact=True
        ).check()
        questions.get_by_label("您想补充的意见").fill("没有说明以后怎样避免。")
        questions.get_by_role("button", name="提交").click()
        expect(page.get_by_role("alert")).to_contain_text("请在两项中选择一项", use_inner_text=True)
        expect(questions.get_by_label("您想补充的意见")).to_have_value("没有说明以后怎样避免。")
        assert not script or violations(page) == []
        group = questions.get_by_role("group", name="您对处理过程满意吗？")
        group.get_by_label("满意", exact=True).focus()
        page.keyboard.press("Space")
        questions.get_by_role("button", name="提交").press("Enter")
        expect(page.get_by_role("status").first).to_contain_text(
            "记录您的满意情况", use_inner_text=True
        )
        expect(questions).to_contain_text("对处理结果不满意。对处理过程满意。", use_inner_text=True)
        expect(questions.get_by_role("radio")).to_have_count(0)
        expect(questions.get_by_role("radio").first).to_be_hidden()
        assert not script or violations(page) == []
        for secret in ("session", "token", filed["access_code"]):
            assert secret not in page.url
