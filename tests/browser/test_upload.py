"""Files at a real browser: by script as soon as they are chosen, without it with the form."""

import pytest
from playwright.sync_api import Browser, FilePayload, Page

from tests.helpers.chromium import page_of, violations
from tests.helpers.sample_files import JPEG, PDF, PNG, WRONG

PATH = "/factory-staff/grievance/"
CHECK = "下一步"


def payload(name: str, content: bytes) -> FilePayload:
    """A file as somebody chooses it."""
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def fill(page: Page) -> None:
    """Everything but the e-mail address."""
    page.get_by_label("事情经过").fill("排班连续四周没有休息。")
    page.get_by_label("您的姓名").fill("王五")
    page.get_by_label("我已阅读并同意").check()


@pytest.mark.parametrize("script", [False, True], ids=["script-off", "script-on"])
def test_files_survive_an_error_and_reach_the_receipt(
    browser: Browser,
    address: str,
    script: bool,
) -> None:
    """Chosen once, a file stays through a 422; a box that is unticked leaves its file out."""
    page = page_of(browser, script)
    page.goto(address + PATH)
    fill(page)
    page.get_by_label("材料或者照片").set_input_files(
        [payload("照片.jpg", JPEG), payload("二.pdf", PDF), payload("三.png", PNG)]
    )
    if script:
        page.get_by_label("三.png").wait_for()
        assert page.get_by_label("材料或者照片").input_value() == ""
        assert "“三.png”已附上。" in page.locator(".sending").inner_text()
        assert violations(page) == []
    page.get_by_role("button", name=CHECK).click()
    assert page.title().startswith("有误：")
    assert not script or violations(page) == []
    page.get_by_label("二.pdf").uncheck()
    page.get_by_label("电子邮箱").fill("wang@example.com")
    page.get_by_role("button", name=CHECK).click()
    checked = page.get_by_role("main").inner_text()
    assert "照片.jpg" in checked
    assert "二.pdf" not in checked
    page.get_by_role("button", name="返回修改").click()
    assert page.get_by_label("三.png").is_checked()
    page.get_by_role("button", name=CHECK).click()
    page.get_by_role("button", name="提交").click()
    assert page.get_by_role("heading", level=1).inner_text() == "我们已收到您的申诉"
    answers = page.locator(".answers").inner_text()
    assert "照片.jpg" in answers
    assert "三.png" in answers
    assert "二.pdf" not in answers


def test_wrong_file_is_named_and_the_others_stay(
    browser: Browser,
    address: str,
) -> None:
    """A page that is called a photo is refused by name; its neighbour is still attached."""
    page = page_of(browser, script=True)
    page.goto(address + PATH)
    fill(page)
    page.get_by_label("电子邮箱").fill("wang@example.com")
    page.get_by_label("材料或者照片").set_input_files(
        [payload("a.jpg", WRONG["html"]), payload("b.png", PNG)]
    )
    page.get_by_label("b.png").wait_for()
    page.get_by_role("button", name=CHECK).click()
    assert "“a.jpg”不能收下" in page.get_by_role("alert").inner_text()
    page.get_by_role("button", name=CHECK).click()
    page.get_by_role("button", name="提交").click()
    assert "b.png" in page.locator(".answers").inner_text()


def test_large_and_surplus_files_are_named(
    browser: Browser,
    address: str,
) -> None:
    """One that is too large is named at once and not sent, one too many when the form is."""
    page = page_of(browser, script=True)
    page.goto(address + PATH)
    files = [payload(f"{number}.png", PNG + bytes([number])) for number in range(6)]
    large = payload("large.txt", b"a" * 10_000_001)
    page.get_by_label("材料或者照片").set_input_files([large, *files])
    page.get_by_label("5.png").wait_for()
    said = page.locator(".sending")
    said.get_by_text("已附上").wait_for()
    assert "“large.txt”超过 10 MB" in said.inner_text()
    page.get_by_role("button", name=CHECK).click()
    assert "最多收 5 个文件" in page.get_by_role("alert").inner_text()
    assert page.locator(".uploads li").count() == 5
