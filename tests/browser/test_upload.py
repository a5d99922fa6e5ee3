"""Files at a real browser: by script as soon as they are chosen, without it with the form.

They survive an error, Back and a reload, or the form says which ones are missing.
"""

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from functions.model.attachment import FileType
from tests.helpers.chromium import page_of, violations
from tests.helpers.sample_files import GOOD, JPEG, PDF, PNG, WRONG

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
    """A page that is called a photo is refused at once; its neighbour is attached and filed."""
    page = page_of(browser, script=True)
    page.goto(address + PATH)
    fill(page)
    page.get_by_label("电子邮箱").fill("wang@example.com")
    page.get_by_label("材料或者照片").set_input_files(
        [payload("a.jpg", WRONG["html"]), payload("b.png", PNG)]
    )
    page.get_by_label("b.png").wait_for()
    said = page.locator(".sending")
    said.get_by_text("已附上").wait_for()
    assert "“a.jpg”不能收下" in said.inner_text()
    assert page.locator(".uploads li").count() == 1
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


def attach(page: Page, *names: str) -> None:
    """Attaches photos of these names, each unlike the others."""
    files = [payload(name, PNG + name.encode()) for name in names]
    page.get_by_label("材料或者照片").set_input_files(files)


def test_back_keeps_the_files(any_browser: Browser, address: str) -> None:
    """After Back and after a reload the files are attached as they were, ticked or not."""
    page = page_of(any_browser)
    page.goto(address + PATH)
    fill(page)
    page.get_by_label("电子邮箱").fill("wang@example.com")
    attach(page, "一.png", "二.png")
    page.get_by_label("二.png").uncheck()
    page.get_by_role("button", name=CHECK).click()
    page.get_by_role("button", name="提交").wait_for()
    page.go_back(wait_until="commit")
    expect(page.get_by_label("一.png")).to_be_checked()
    expect(page.get_by_label("二.png")).not_to_be_checked()
    page.reload()
    expect(page.get_by_label("一.png")).to_be_checked()
    expect(page.get_by_label("二.png")).not_to_be_checked()
    fill(page)  # a reload that a program asks for brings no words back
    page.get_by_label("电子邮箱").fill("wang@example.com")
    attach(page, "三.png")
    expect(page.get_by_label("三.png")).to_be_checked()
    page.get_by_label("您的姓名").fill("")
    page.get_by_role("button", name=CHECK).click()
    page.get_by_label("您的姓名").fill("王五")
    attach(page, "四.png")
    expect(page.get_by_label("四.png")).to_be_checked()
    page.get_by_role("button", name=CHECK).click()
    page.get_by_role("button", name="提交").wait_for()
    page.go_back(wait_until="commit")
    expect(page.get_by_label("四.png")).to_be_checked()
    page.get_by_role("button", name=CHECK).click()
    page.get_by_role("button", name="提交").click()
    answers = page.locator(".answers").inner_text()
    assert [name for name in ("一", "二", "三", "四") if f"{name}.png" in answers] == [
        "一",
        "三",
        "四",
    ]


def test_another_visit_has_no_files_of_the_last(browser: Browser, address: str) -> None:
    """Whoever opens the form anew in the same tab attaches nothing from before."""
    page = page_of(browser)
    page.goto(address + PATH)
    attach(page, "一.png")
    expect(page.get_by_label("一.png")).to_be_checked()
    page.goto(address + PATH)
    expect(page.locator(".sending")).to_be_empty()
    assert page.locator(".uploads li").count() == 0
    page.reload()
    assert page.locator(".uploads li").count() == 0


def test_draft_says_which_files_are_missing(browser: Browser, address: str) -> None:
    """In another tab a draft has the words again, and names the files to attach again."""
    page = page_of(browser)
    page.goto(address + PATH)
    page.get_by_label("在本设备上保存草稿").check()
    fill(page)
    attach(page, "一.png", "二.png")
    expect(page.get_by_label("二.png")).to_be_checked()
    page.reload()
    expect(page.get_by_label("二.png")).to_be_checked()
    assert "重新附上" not in page.locator("#draft").inner_text()

    other = page.context.new_page()
    other.goto(address + PATH)
    expect(other.locator("#draft")).to_contain_text("需要重新附上的文件：一.png、二.png")
    attach(other, "一.png")
    expect(other.get_by_label("一.png")).to_be_checked()
    third = page.context.new_page()
    third.goto(address + PATH)
    expect(third.locator("#draft")).to_contain_text("需要重新附上的文件")
    attach(third, "一.png", "二.png")
    expect(third.get_by_label("二.png")).to_be_checked()


@pytest.mark.parametrize("script", [False, True], ids=["script-off", "script-on"])
def test_form_says_at_once_what_it_takes(browser: Browser, address: str, script: bool) -> None:
    """The types by what people call them, and the one size that holds in this browser."""
    page = page_of(browser, script)
    page.goto(address + PATH)
    hint = page.locator("#files-hint").inner_text()
    assert (
        "照片（JPEG、PNG、WEBP、HEIC、AVIF）、视频（MP4、MOV、3GP）、录音（M4A、MP3、AMR）" in hint
    )
    assert ("每个不超过 10 MB" in hint) == script
    assert ("合计不超过 4 MB" in hint) == (not script)


def test_photo_that_is_too_large_for_the_form(browser: Browser, address: str) -> None:
    """Without script a photo of 6.1 MB is named as what is too large, and every word is there."""
    page = page_of(browser, script=False)
    page.goto(address + PATH)
    fill(page)
    page.get_by_label("材料或者照片").set_input_files([payload("照片.jpg", JPEG.ljust(6_100_000))])
    page.get_by_role("button", name=CHECK).click()
    assert "“照片.jpg”没有附上" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("事情经过").input_value() == "排班连续四周没有休息。"
    expect(page.get_by_label("我已阅读并同意")).to_be_checked()


@pytest.mark.parametrize("type_", ["heic", "mp4", "mov", "m4a", "amr", "doc"])
def test_what_phones_make_reaches_the_receipt(
    browser: Browser, address: str, type_: FileType
) -> None:
    """A file that the page calls attached is filed."""
    page = page_of(browser)
    page.goto(address + PATH)
    fill(page)
    page.get_by_label("电子邮箱").fill("wang@example.com")
    page.get_by_label("材料或者照片").set_input_files([payload(f"a.{type_}", GOOD[type_])])
    expect(page.locator(".sending")).to_contain_text("已附上")
    page.get_by_role("button", name=CHECK).click()
    page.get_by_role("button", name="提交").click()
    assert f"a.{type_}" in page.locator(".answers").inner_text()
