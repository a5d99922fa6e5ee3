"""A person at a real browser, with script off and on, at a phone's width."""

import re
import time
from collections.abc import Iterator
from email import message_from_binary_file, policy
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.helpers.chromium import content_width, page_of, violations
from tests.helpers.servers.site_server import server

PAGES = [
    "/",
    "/en/",
    "/track/",
    "/en/track/",
    "/verify/",
    "/en/verify/",
    "/accreditation-body/",
    "/en/accreditation-body/",
    "/accreditation-body/procedure/",
    "/en/accreditation-body/procedure/",
    "/securities-brokerage/procedure/",
    "/factory-staff/",
    "/en/factory-staff/",
    "/factory-staff/procedure/",
    "/accreditation-body/appeal/",
    "/en/accreditation-body/appeal/",
    "/factory-staff/grievance/",
    "/securities-brokerage/complaint/print/",
    "/securities-brokerage/poster/",
    "/en/factory-staff/poster/",
    "/accreditation-body/versions/1/",
    "/testing-company/versions/1/",
    "/testing-company/guide/",
    "/en/employer-hr/procedure/",
    "/car-dealer/",
]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The real server; gives its address and its maildir."""
    folder = tmp_path_factory.mktemp("served")
    with server(folder / "data", folder / "dist") as (address, _):
        yield address, folder / "data" / "mail"


@pytest.mark.parametrize("script", [False, True], ids=["script-off", "script-on"])
def test_from_disclosure_to_status(
    browser: Browser, served: tuple[str, Path], script: bool
) -> None:
    """Opens, files, errs, corrects, gets a receipt, finds the mail and looks the case up."""
    address, maildir = served
    page = page_of(browser, script)
    page.goto(f"{address}/")
    page.get_by_role("link", name="示例认可机构").click()
    page.get_by_role("link", name=re.compile("在线提交")).click()
    page.wait_for_url(lambda url: url.endswith("#kinds"))
    page.get_by_role("link", name="申诉", exact=True).click()

    page.get_by_text("评审结论", exact=True).click()
    page.get_by_role("radio", name="监督评审").check()
    account = f"监督评审的结论与事实不符。\n脚本：{script}"
    page.get_by_label("事情经过").fill(account)
    page.get_by_label("电子邮箱").fill("zhang@example")
    page.get_by_role("button", name="下一步：核对").click()

    assert not script or violations(page) == []
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("“电子邮箱”不像邮箱地址", use_inner_text=True)
    expect(page).to_have_title(re.compile("^有误："))
    expect(page.get_by_label("事情经过")).to_have_value(account)
    summary.get_by_role("link", name="请填写“您不服的决定”。").click()
    page.wait_for_url(lambda url: url.endswith("#decision"))

    page.get_by_label("您不服的决定").fill("监督评审结论")
    page.get_by_label("决定或者通知的日期").fill("2026-03-02")
    page.get_by_label("您的姓名或者单位名称").fill("张三")
    page.get_by_label("电子邮箱").fill("zhang@example.com")
    page.get_by_label("我已阅读并同意").check()
    page.get_by_role("button", name="下一步：核对").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(
        "请核对您填写的内容", use_inner_text=True
    )
    assert not script or violations(page) == []
    expect(page.locator(".checked")).to_contain_text(account, use_inner_text=True)
    page.get_by_role("button", name="提交").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(
        "我们已收到您的申诉", use_inner_text=True
    )
    assert not script or violations(page) == []
    expect(page.locator(".proof code")).to_have_count(2)
    reference, code = page.locator(".proof code").all_inner_texts()
    expect(page.locator(".answers")).to_contain_text(account, use_inner_text=True)
    page.reload()
    expect(page.locator(".proof code")).to_have_text([reference, code], use_inner_text=True)

    mail = find_mail(maildir, "zhang@example.com", reference)
    assert code in mail

    page.get_by_role("navigation").get_by_role("link", name="查询进度").click()
    page.get_by_label("受理编号").fill(reference)
    page.get_by_label("查询码").fill("AAAAA-AAAA-AAAA")
    page.get_by_role("button", name="查询").click()
    expect(page.get_by_role("alert")).to_contain_text("没有找到案件", use_inner_text=True)
    expect(page.get_by_label("受理编号")).to_have_value(reference)
    page.get_by_label("查询码").fill(code.lower())
    page.get_by_role("button", name="查询").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(reference, use_inner_text=True)
    expect(page.locator("ol.case")).to_contain_text("转呈申诉", use_inner_text=True)
    assert not script or violations(page) == []


def find_mail(maildir: Path, recipient: str, reference: str) -> str:
    """The text of the mail about that case; waits for the worker."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        for path in (maildir / "new").iterdir():
            with path.open("rb") as file:
                mail = message_from_binary_file(file, policy=policy.default)
            if mail["To"] == recipient and reference in mail["Subject"]:
                body = mail.get_body(("plain",))
                assert body is not None
                return str(body.get_content())
        time.sleep(0.2)
    raise AssertionError("the acknowledgement did not arrive")


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_accessible(browser: Browser, served: tuple[str, Path], path: str) -> None:
    """No axe violation, no sideways scroll at 320 px, no request to anybody else."""
    address, _ = served
    page = page_of(browser, width=320)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}{path}")
    assert violations(page) == []
    assert content_width(page) <= 320
    assert all(url.startswith(address) for url in asked)


def test_clause_is_shown_beside_its_fact(browser: Browser, served: tuple[str, Path]) -> None:
    """The words of a clause appear on hover, focus and tap, and Escape takes them away."""
    address, _ = served
    page = page_of(browser, width=1280)
    page.goto(f"{address}/accreditation-body/procedure/")
    card = page.locator("#says")
    reference = page.locator("#limits-0 a.clause-ref")
    reference.hover()
    expect(card).to_contain_text("自认可决定或者相应通知发出之日起 30 天", use_inner_text=True)
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    reference.focus()
    expect(card).to_contain_text("30 天", use_inner_text=True)
    expect(reference).to_have_attribute("aria-describedby", "says")
    page.locator("h1").hover()
    reference.blur()
    page.locator("#text .clause a").first.focus()
    expect(card).to_be_hidden()

    context = browser.new_context(has_touch=True, viewport={"width": 360, "height": 740})
    phone = context.new_page()
    phone.goto(f"{address}/accreditation-body/procedure/")
    phone.locator("#kinds-0 a.clause-ref").first.tap()
    expect(phone.locator("#says")).to_contain_text("正式表示不满", use_inner_text=True)
    assert "#" not in phone.url
    phone.locator("#kinds-0 a.clause-ref").first.tap()
    phone.wait_for_url(lambda url: url.endswith("#clause-2.1"))


def test_procedure_is_searched(browser: Browser, address: str) -> None:
    """Words lead to each fact and clause that says them, in their language; nothing else does."""
    page = page_of(browser)
    page.goto(f"{address}/en/commercial-bank/procedure/")
    field, places = page.get_by_label("Search this procedure"), page.locator(".search a")
    field.fill("STOP   payment")
    said = page.locator(".search [role=status]")
    expect(said).to_have_text(re.compile(r"^\d+ places$"), use_inner_text=True)
    found = places.all_inner_texts()
    expect(said).to_have_text(f"{len(found)} places", use_inner_text=True)
    assert len(found) >= 2
    assert all("stop" in words.lower() for words in found)
    assert violations(page) == []
    places.last.click()
    page.wait_for_url(lambda url: "#clause-" in url)
    field.fill("no such words")
    expect(places).to_have_count(0)
    expect(said).to_contain_text("Not found on this page.", use_inner_text=True)
    page.context.close()


def test_links_land_on_their_places(browser: Browser, served: tuple[str, Path]) -> None:
    """A link to a part of the procedure or to a clause puts it on the screen."""
    address, _ = served
    page = page_of(browser)
    place = f"{address}/car-dealer/procedure/"
    page.goto(place)
    contents = [link.get_attribute("href") for link in page.locator(".contents a").all()]
    clauses = [f"#{one.get_attribute('id')}" for one in page.locator(".procedure .clause").all()]
    assert len(contents) > 5
    assert len(clauses) > 15
    for fragment in (*contents, *clauses[:: len(clauses) // 5]):
        page.goto("about:blank")
        page.goto(f"{place}{fragment}")
        page.wait_for_function(
            "(name) => { const { top } = document.getElementById(name).getBoundingClientRect();"
            " return top >= 0 && top < innerHeight; }",
            arg=str(fragment)[1:],
        )
    for fragment in contents:
        page.evaluate("scrollTo(0, 0)")
        page.locator(f".contents a[href='{fragment}']").click()
        expect(page.locator(str(fragment))).to_be_in_viewport()
    page.context.close()


def test_clause_without_script(browser: Browser, served: tuple[str, Path]) -> None:
    """Without script the reference leads to the clause, and the clause lists its facts."""
    address, _ = served
    page = page_of(browser, script=False)
    page.goto(f"{address}/accreditation-body/procedure/")
    page.locator("#limits-3 a.clause-ref").click()
    page.wait_for_url(lambda url: url.endswith("#clause-2.5"))
    drawn = page.locator("#clause-2\\.5 + details")
    drawn.locator("summary").click()
    expect(drawn).to_contain_text("执行裁定并通知申诉人 · 10个工作日", use_inner_text=True)
    drawn.get_by_role("link", name="10个工作日").click()
    page.wait_for_url(lambda url: url.endswith("#limits-3"))
