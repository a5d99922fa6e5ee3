"""Files at a real browser: by script as soon as they are chosen, without it with the form.

They survive an error, Back and a reload, or the form says which ones are missing.
"""

import random
import re
from base64 import b64encode
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, expect

from functions.cases.files.file_types import examine_head
from functions.cases.ports.file_storage import UPLOADS
from functions.cases.ports.ports import Ports
from functions.model.attachment import MEDIA_TYPES, AttachmentRules, FileType
from functions.model.files.signatures import HEAD, NAMED_INSIDE
from tests.helpers.chromium import page_of, text_of, violations
from tests.helpers.sample_files import GOOD, JPEG, PDF, PNG, UNSAFE, WRONG

PATH = "/factory-staff/grievance/"
CHECK = "下一步"
FILED = ".answers:not(.checked)"
"""What was filed, on the receipt; the page that checks answers lists them, too."""


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
        expect(page.get_by_label("材料或者照片")).to_have_value("")
        expect(page.locator(".sending")).to_contain_text("“三.png”已附上。", use_inner_text=True)
        assert violations(page) == []
    page.get_by_role("button", name=CHECK).click()
    expect(page).to_have_title(re.compile("^有误："))
    assert not script or violations(page) == []
    page.get_by_label("二.pdf").uncheck()
    page.get_by_label("电子邮箱").fill("wang@example.com")
    page.get_by_role("button", name=CHECK).click()
    checked = text_of(page)
    assert "照片.jpg" in checked
    assert "二.pdf" not in checked
    page.get_by_role("button", name="返回修改").click()
    expect(page.get_by_label("三.png")).to_be_checked()
    page.get_by_role("button", name=CHECK).click()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "我们已收到您的申诉", use_inner_text=True
    )
    answers = text_of(page, FILED)
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
    expect(said).to_contain_text("“a.jpg”不能收下", use_inner_text=True)
    expect(page.locator(".uploads li")).to_have_count(1)
    page.get_by_role("button", name=CHECK).click()
    page.get_by_role("button", name="提交").click()
    expect(page.locator(FILED)).to_contain_text("b.png", use_inner_text=True)


def test_large_and_surplus_files_are_named(
    browser: Browser,
    address: str,
) -> None:
    """One that is too large and one too many are named at once and not sent."""
    page = page_of(browser, script=True)
    page.goto(address + PATH)
    files = [payload(f"{number}.png", PNG + bytes([number])) for number in range(6)]
    large = payload("large.txt", b"a" * 10_000_001)
    page.get_by_label("材料或者照片").set_input_files([large, *files])
    said = page.locator(".sending")
    said.get_by_text("超出的没有收下").wait_for()
    expect(said).to_contain_text(
        "“large.txt”太大。最多 5 个文件，每个不超过 10 MB。", use_inner_text=True
    )
    expect(page.locator(".uploads li")).to_have_text(
        [f"{n}.png" for n in range(5)], use_inner_text=True
    )
    assert violations(page) == []


def test_browser_and_functions_judge_alike(browser: Browser, address: str) -> None:
    """The same first bytes may be of the same types, by the one table that both read."""
    page = page_of(browser)
    page.goto(address + PATH)
    samples = {f"good {name}": content for name, content in GOOD.items()} | WRONG | UNSAFE

    def may_be(content: bytes, type_: FileType) -> bool:
        named = NAMED_INSIDE.get(type_, "").encode()
        flaw = examine_head("a", content[:HEAD], AttachmentRules(types=(type_,)))
        return bool(content) and flaw is None and named in content

    judged = page.evaluate(
        """async (samples) => {
          const { possibleTypes } = await import(document.querySelector(".upload").dataset.module);
          const judged = {};
          for (const [name, content] of Object.entries(samples)) {
            const bytes = Uint8Array.from(atob(content), (char) => char.charCodeAt(0));
            judged[name] = (await possibleTypes(new Blob([bytes]))).sort();
          }
          return judged;
        }""",
        {name: b64encode(content).decode() for name, content in samples.items()},
    )
    assert judged == {
        name: sorted(MEDIA_TYPES[type_] for type_ in MEDIA_TYPES if may_be(content, type_))
        for name, content in samples.items()
    }


def test_device_says_at_once_what_cannot_be_sent(browser: Browser, address: str) -> None:
    """A program, an archive and an empty file are refused before anything is asked or sent."""
    page = page_of(browser)
    page.goto(f"{address}/en{PATH}")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.method))
    files = {"a.jpg": WRONG["a program of Windows"], "b.zip": WRONG["an archive"], "c.pdf": b""}
    chooser = page.get_by_label("Documents or photos")
    chooser.set_input_files([payload(name, content) for name, content in files.items()])
    said = page.locator(".sending")
    expect(said).to_contain_text("“c.pdf” is empty; please choose the file again.")
    expect(said).to_contain_text(
        "“a.jpg” cannot be accepted because of its content.", use_inner_text=True
    )
    expect(said).to_contain_text(
        "“b.zip” cannot be accepted because of its content.", use_inner_text=True
    )
    expect(said).to_contain_text(
        "You can attach photos, videos, sound recordings, documents (PDF", use_inner_text=True
    )
    expect(chooser).to_have_attribute("aria-invalid", "true")
    assert "POST" not in asked
    assert violations(page) == []
    chooser.set_input_files([payload("d.jpg", GOOD["heic"])])
    expect(said).to_have_text("“d.jpg” is attached.")
    expect(chooser).not_to_have_attribute("aria-invalid", "true")


def photo(width: int, height: int, turned: int = 1) -> bytes:
    """A photo that is large for its pixels; a viewer turns it as its data say (`turned`)."""
    noise = random.Random(1).randbytes(width * height * 3)
    data = Image.Exif()
    data[0x0112], data[0x010F] = turned, "Phone"
    content = BytesIO()
    image = Image.frombytes("RGB", (width, height), noise)
    image.save(content, "JPEG", quality=95, exif=data)
    return content.getvalue()


def test_large_photos_are_made_smaller_if_the_filer_wants(
    browser: Browser, address: str, ports: Ports
) -> None:
    """The copy is upright, has no data of the photo, and is what is sent; nothing goes before."""
    large = photo(3600, 2400, turned=6)
    assert len(large) > 10_000_000
    page = page_of(browser)
    page.goto(address + PATH)
    page.get_by_label("材料或者照片").set_input_files(
        [payload("现场.jpg", large), payload("b.pdf", PDF)]
    )
    offer = page.get_by_role("button", name="缩小到能附上")
    offer.wait_for()
    expect(page.locator(".uploads li")).to_have_text(["b.pdf"])
    expect(page.get_by_role("button", name="按原图附上")).to_have_count(0)
    expect(page.locator(".offer")).to_contain_text("拍摄时间、地点", use_inner_text=True)
    assert violations(page) == []
    page.get_by_role("button", name=CHECK).click()
    expect(offer).to_be_focused()
    offer.click()
    expect(page.locator(".uploads li")).to_have_text(["b.pdf", "现场.jpg"])
    expect(page.locator(".offer")).to_be_hidden()
    sent = [ports.shelf.read(entry.key) for entry in ports.shelf.entries(UPLOADS)]
    (copy,) = [content for content in sent if content.startswith(b"\xff\xd8\xff")]
    image = Image.open(BytesIO(copy))
    assert image.size == (1707, 2560)
    assert dict(image.getexif()) == {}
    assert len(copy) < len(large) / 2


def test_large_photo_that_fits_can_be_kept(browser: Browser, address: str, ports: Ports) -> None:
    """Who needs the details of a photo attaches it byte for byte."""
    original = photo(2600, 1900)
    assert 5_000_000 < len(original) < 10_000_000
    page = page_of(browser)
    page.goto(address + PATH)
    page.get_by_label("材料或者照片").set_input_files([payload("现场.jpg", original)])
    page.get_by_role("button", name="按原图附上").click()
    expect(page.get_by_label("现场.jpg")).to_be_checked()
    (entry,) = ports.shelf.entries(UPLOADS)
    assert ports.shelf.read(entry.key) == original


def test_photo_that_the_browser_cannot_read_is_not_offered_smaller(
    browser: Browser, address: str
) -> None:
    """Chromium reads no HEIC: one that fits is sent as it is, one that does not is refused."""
    page = page_of(browser)
    page.goto(address + PATH)
    fits, large = (GOOD["heic"].ljust(size, b"\0") for size in (6_000_000, 11_000_000))
    page.get_by_label("材料或者照片").set_input_files(
        [payload("a.heic", fits), payload("b.heic", large)]
    )
    expect(page.get_by_label("a.heic")).to_be_checked()
    expect(page.locator(".sending")).to_contain_text("“b.heic”太大")
    expect(page.locator(".offer")).to_be_hidden()


def attach(page: Page, *names: str) -> None:
    """Attaches photos of these names, each unlike the others, once the page's script is there."""
    page.wait_for_load_state()
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
    page.wait_for_load_state()
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
    page.wait_for_load_state()
    page.go_back(wait_until="commit")
    expect(page.get_by_label("四.png")).to_be_checked()
    page.get_by_role("button", name=CHECK).click()
    page.get_by_role("button", name="提交").click()
    answers = text_of(page, FILED)
    assert [name for name in ("一", "二", "三", "四") if f"{name}.png" in answers] == [
        "一",
        "三",
        "四",
    ]


def test_back_without_script_keeps_the_files(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    """The browser has chosen files again, on a form with errors, too, beside those it sent."""
    (first, second) = (tmp_path / "一.png", tmp_path / "二.pdf")
    first.write_bytes(PNG)
    second.write_bytes(PDF)
    page = page_of(browser, script=False)
    page.goto(address + PATH)
    fill(page)
    page.get_by_label("材料或者照片").set_input_files(first)
    page.get_by_role("button", name=CHECK).click()
    page.get_by_label("材料或者照片").set_input_files(second)
    page.get_by_label("电子邮箱").fill("wang@example.com")
    page.get_by_role("button", name=CHECK).click()
    page.get_by_role("button", name="提交").wait_for()
    page.wait_for_load_state()
    page.go_back(wait_until="commit")
    expect(page.get_by_label("一.png")).to_be_checked()
    expect(page.get_by_label("材料或者照片")).to_have_value(re.compile(r"二\.pdf$"))
    page.get_by_role("button", name=CHECK).click()
    checked = text_of(page)
    assert "一.png" in checked
    assert "二.pdf" in checked


def test_another_visit_has_no_files_of_the_last(browser: Browser, address: str) -> None:
    """Whoever opens the form anew in the same tab attaches nothing from before."""
    page = page_of(browser)
    page.goto(address + PATH)
    attach(page, "一.png")
    expect(page.get_by_label("一.png")).to_be_checked()
    page.goto(address + PATH)
    expect(page.locator(".sending")).to_be_empty()
    expect(page.locator(".uploads li")).to_have_count(0)
    page.reload()
    expect(page.locator(".uploads li")).to_have_count(0)


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
    expect(page.locator("#draft")).not_to_contain_text("重新附上", use_inner_text=True)

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
    """How to send a photo, what is taken, and the one limit that holds in this browser."""
    page = page_of(browser, script)
    page.goto(address + PATH)
    hint = page.locator("#files-hint").inner_text()
    limit = "每个不超过 10 MB" if script else "合计不超过 4 MB"
    assert "点下面的按钮，可以拍照，也可以从相册里选" in hint
    assert f"最多 5 个文件，{limit}。可以附上照片、视频、录音、文档（PDF、" in hint
    assert hint.count("MB") == 1
    assert "手头没有？" in hint


def test_photo_that_is_too_large_for_the_form(browser: Browser, address: str) -> None:
    """Without script a photo of 6.1 MB is named as what is too large, and every word is there."""
    page = page_of(browser, script=False)
    page.goto(address + PATH)
    fill(page)
    page.get_by_label("材料或者照片").set_input_files([payload("照片.jpg", JPEG.ljust(6_100_000))])
    page.get_by_role("button", name=CHECK).click()
    said = text_of(page, "[role=alert]")
    assert "“照片.jpg”没有附上" in said
    assert "最多 5 个文件，合计不超过 4 MB。" in said
    expect(page.get_by_label("事情经过")).to_have_value("排班连续四周没有休息。")
    expect(page.get_by_label("我已阅读并同意")).to_be_checked()


@pytest.mark.parametrize("type_", ["heic", "mp4", "mov", "ogg", "aac", "amr", "odt"])
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
    expect(page.locator(FILED)).to_contain_text(f"a.{type_}", use_inner_text=True)
