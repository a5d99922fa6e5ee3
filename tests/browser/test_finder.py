"""The index and its search, and the page for an address that is none, in a real browser."""

import re
from gzip import compress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from benchmarks.names import names
from benchmarks.search import many
from functions.model.contract.terms import KindId
from functions.model.text import Text
from site_src.file_names import content_type
from site_src.render.pages.list_pages import render_list
from site_src.render.pages.organisation_list import (
    KIND_ORDER,
    PER_PAGE,
    ListedOrganisation,
    OrganisationList,
)
from site_src.site_files import SiteFiles
from tests.conftest import SITE_URL
from tests.helpers.chromium import content_width, page_of, violations

FIRST_VIEW = 14 * 1024
SCRIPT = 6 * 1024


@pytest.fixture(scope="module")
def long_list() -> OrganisationList:
    """Ten thousand organisations that do not exist."""
    return many(10_000)


@pytest.fixture(scope="module")
def long_site(long_list: OrganisationList) -> SiteFiles:
    """The pages of the long list."""
    return render_list(long_list, SITE_URL)


def watched(browser: Browser, script: bool = True, dark: bool = False) -> tuple[Page, list[str]]:
    """A page, and what its console and failed requests say."""
    page = page_of(browser, script)
    page.emulate_media(color_scheme="dark" if dark else "light")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("requestfailed", lambda request: said.append(request.url))
    return page, said


def found(page: Page) -> list[str]:
    """The names in the results, once the message about them is there."""
    page.locator("main button[type=reset]").wait_for()
    return page.locator("#found a").all_inner_texts()


def test_search_by_name(browser: Browser, address: str) -> None:
    """Part of a name, signs left out, a slip in English, or the address find an organisation."""
    page, said = watched(browser)
    page.goto(f"{address}/")
    field = page.get_by_label("查找单位")
    for text in ("认可机构", "示例机构", "accredit", "Acreditation", "accreditation-body"):
        field.fill(text)
        page.locator("#found a", has_text="示例认可机构").wait_for()
        assert "示例认可机构" in found(page)
    expect(page.locator("#all")).to_be_hidden()
    field.fill("认可机构")
    page.locator("#found-count", has_text=re.compile(r"^\d+个单位中找到1个$")).wait_for()
    field.fill("没有这样的名称")
    page.locator("#found-count", has_text="个单位中没有找到").wait_for()
    expect(page.locator("#all")).to_be_visible()
    page.get_by_role("button", name="显示全部单位").click()
    page.locator("#found-count", has_text=re.compile(r"^共\d+个单位$")).wait_for()
    expect(field).to_have_value("")
    expect(page.locator("#all")).to_be_visible()
    assert said == []


def test_what_it_is_about_comes_before_a_slip(browser: Browser, address: str) -> None:
    """A word that is one letter from a name finds first who takes filings about it."""
    page, said = watched(browser)
    page.goto(f"{address}/en/")
    page.get_by_label("Find an organisation").fill("brake")
    page.locator("#found a", has_text="brokerage").wait_for()
    names = found(page)
    assert names.index("Sample car dealer") < names.index("Sample securities brokerage")
    assert said == []


@pytest.mark.parametrize(
    "typed",
    ["shilirenkejigou", "Shi Li Ren Ke", "renkejig", "slrkjg", "rkjg", "ren ke ji'gou"],
)
def test_search_by_pinyin(browser: Browser, address: str, typed: str) -> None:
    """Pinyin finds a Chinese name: whole, in part, unfinished, or by its initials."""
    page, said = watched(browser)
    page.goto(f"{address}/")
    page.get_by_label("查找单位").fill(typed)
    assert found(page) == ["示例认可机构"]
    assert said == []


def test_search_by_pinyin_of_a_trouble(browser: Browser, address: str) -> None:
    """What went wrong is found by its Pinyin, too: 态度差 where a policy lists it."""
    page, _ = watched(browser)
    page.goto(f"{address}/")
    page.get_by_label("查找单位").fill("taiducha")
    by_sound = found(page)
    page.get_by_label("查找单位").fill("态度差")
    page.locator("#found a").first.wait_for()
    assert by_sound
    assert set(found(page)) == set(by_sound)


def test_search_by_kind_and_keyboard(browser: Browser, address: str) -> None:
    """A kind alone lists who takes it; results are links that the keyboard reaches."""
    page, _ = watched(browser)
    page.goto(f"{address}/en/")
    page.get_by_label("What you want to file").select_option("dispute")
    assert "Sample accreditation body" in found(page)
    assert "Sample car dealer" not in found(page)
    page.get_by_label("Find an organisation").fill("accreditation")
    page.locator("#found-count", has_text=re.compile(r"^1 of \d+ organisations$")).wait_for()
    page.keyboard.press("Enter")
    for _ in ("kind", "show all", "result"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/en/accreditation-body/")


def test_list_is_fetched_on_demand(browser: Browser, address: str) -> None:
    """What is searched is fetched once, when somebody begins; without it the list stays."""
    page, _ = watched(browser)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/")
    assert not any("organisations" in url for url in asked)
    page.get_by_label("查找单位").fill("认可")
    found(page)
    page.get_by_label("查找单位").fill("认可机构")
    assert sum("organisations" in url for url in asked) == 1

    page, _ = watched(browser)
    page.route("**/organisations.*.json", lambda route: route.abort())
    page.goto(f"{address}/")
    page.get_by_label("查找单位").fill("认可")
    page.locator("#found-count", has_text="没有加载成功").wait_for()
    expect(page.locator("#all")).to_be_visible()


def test_index_without_script(browser: Browser, address: str) -> None:
    """Without script there is the whole list and no field that does nothing."""
    page, _ = watched(browser, script=False)
    page.goto(f"{address}/")
    expect(page.locator("#finder")).to_be_hidden()
    expect(page.get_by_role("link", name="示例认可机构")).to_be_visible()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/en/", "/no-such-page/", "/en/no-such-page"])
def test_index_and_missing_page_are_accessible(
    browser: Browser, address: str, path: str, dark: bool
) -> None:
    """No axe violation, with results shown too, and no sideways scroll at 320 px."""
    page, _ = watched(browser, dark=dark)
    page.set_viewport_size({"width": 320, "height": 740})
    page.goto(f"{address}{path}")
    page.locator("#wanted").fill("a")
    found(page)
    assert violations(page) == []
    assert content_width(page) <= 320


@pytest.mark.parametrize(
    ("path", "language", "link"),
    [("/no-such-page/", "zh-CN", "/track/"), ("/en/a/b", "en", "/en/track/")],
)
def test_unknown_address(
    browser: Browser, address: str, path: str, language: str, link: str
) -> None:
    """An address that is none answers 404 in the language of its prefix, and leads on."""
    page, _ = watched(browser)
    answer = page.goto(f"{address}{path}")
    assert answer is not None
    assert answer.status == 404
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator(f"main a[href='{link}']")).to_be_visible()
    expect(page.locator("#finder")).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/accreditation-body/", "/accreditation-body/appeal/"])
def test_no_page_asks_for_what_is_not_there(browser: Browser, address: str, path: str) -> None:
    """Icons and data blocks: nothing is missing and nothing offends the security policy."""
    page, said = watched(browser)
    answers: list[int] = []
    page.on("response", lambda response: answers.append(response.status))
    page.goto(f"{address}{path}")
    for name in ("/favicon.ico", "/apple-touch-icon.png"):
        assert page.request.get(f"{address}{name}").status == 200
    assert said == []
    assert set(answers) == {200}


def test_long_list_is_split(long_site: SiteFiles) -> None:
    """Ten thousand stand on pages that follow one another, each once, none too heavy."""
    addresses = [id for id, _, _ in names(10_000)]
    style = next(
        content
        for name, content in long_site.files.items()
        if name.startswith("assets/ombud.") and name.endswith(".css")
    )
    last = 10_000 // PER_PAGE
    for number in range(1, last + 1):
        name = "index.html" if number == 1 else f"organisations/{number}/index.html"
        html = long_site.files[name].decode()
        listed = re.findall(r'<h2><a href="/([^"]+)/">', html)
        assert listed == addresses[(number - 1) * PER_PAGE : number * PER_PAGE]
        before = "/" if number == 2 else f"/organisations/{number - 1}/"
        assert (f'href="{before}" rel="prev"' in html) == (number > 1)
        assert (f'href="/organisations/{number + 1}/" rel="next"' in html) == (number < last)
        assert len(compress(html.encode())) + len(compress(style)) <= FIRST_VIEW


@pytest.mark.parametrize("typed", ["4s店", "4S 店", "４Ｓ店", "示例4s", "4s workshop"])
def test_width_case_and_spaces_are_folded(browser: Browser, address: str, typed: str) -> None:
    """A name is found however its letters and spaces are written."""
    page, _ = watched(browser)
    page.goto(f"{address}/")
    page.locator("#wanted").fill(typed)
    page.locator("#found a", has_text="示例 4S 店").wait_for()


@pytest.mark.parametrize(
    ("typed", "organisation"),
    [
        ("维修的价格", "示例汽车经销商"),
        ("修车", "示例汽车经销商"),
        ("Repair price", "示例汽车经销商"),
        ("工资", "示例用人单位"),
    ],
)
def test_matters_are_found_by_words(
    browser: Browser, address: str, typed: str, organisation: str
) -> None:
    """Who does not know the name finds the organisation by what happened."""
    page, _ = watched(browser)
    page.goto(f"{address}/")
    page.locator("#wanted").fill(typed)
    page.locator("#found a", has_text=organisation).first.wait_for()


@pytest.mark.parametrize(("typed", "prefix"), [("住房租赁", ""), ("rented housing", "/en")])
def test_sector_is_found_and_shown(browser: Browser, address: str, typed: str, prefix: str) -> None:
    """What an organisation does finds it, and stands under its name."""
    page, _ = watched(browser)
    page.goto(f"{address}{prefix}/")
    page.locator("#wanted").fill(typed)
    found(page)
    shown = page.locator("#found li", has_text=re.compile(typed, re.IGNORECASE))
    expect(shown.locator("a")).to_have_attribute("href", f"{prefix}/housing-association/")


def test_scripts_of_the_index_are_light(built: Path) -> None:
    """All scripts of the index together stay below 6 KB compressed."""
    html = (built / "index.html").read_text(encoding="utf-8")
    scripts = re.findall(r'<script src="/([^"]+)"', html)
    assert len(scripts) == 2
    assert sum(len(compress((built / name).read_bytes())) for name in scripts) <= SCRIPT


def test_former_names_are_searched() -> None:
    """The search also has the names that an organisation had in earlier versions."""
    listed = ListedOrganisation("sample", Text("示例"), Text("办法"), (), ("旧名",))
    index = OrganisationList((listed,)).index().decode()
    readings = '"readings":{"jiu":"旧","li":"例","ming":"名","shi":"示"}'
    rows = '"rows":[["sample",[],["示例",""],[],"","旧名"]],"closed":[]'
    assert index == f'{{"kinds":[],"languages":["zh-CN","en"],{readings},{rows}}}'


def test_closed_organisation_is_found_and_marked(browser: Browser) -> None:
    """What takes no more filings is found as before, and says so."""
    listed = tuple(
        ListedOrganisation(id_, Text(f"示例{id_}"), Text("办法"), (), closed=id_ == "b")
        for id_ in ("a", "b")
    )
    site = render_list(OrganisationList(listed), SITE_URL)
    page, _ = watched(browser)

    def answer(route: Route) -> None:
        name = urlsplit(route.request.url).path.lstrip("/") or "index.html"
        route.fulfill(body=site.files.get(name, b""), content_type=content_type(name))

    page.route(f"{SITE_URL}/**", answer)
    page.goto(f"{SITE_URL}/")
    page.fill("#wanted", "示例")
    assert found(page) == ["示例a", "示例b"]
    expect(page.locator("#found .tag")).to_have_text(["已停止受理"], use_inner_text=True)
    expect(page.locator("#found > li", has_text="示例b").locator(".tag")).to_have_count(1)


@pytest.mark.parametrize("kind", KIND_ORDER)
def test_list_is_filtered_without_script(browser: Browser, address: str, kind: KindId) -> None:
    """Without script, a choice of each kind leaves the organisations that take it."""
    page, _ = watched(browser, script=False)
    page.goto(f"{address}/")
    shown = page.locator(".organisations > li:visible")
    expect(shown.nth(15)).to_be_visible()
    taking = page.locator(f".organisations > .{kind}").count()
    choice = page.locator(f"#only-{kind}")
    if choice.count():
        choice.check()
        expect(shown).to_have_count(taking)
        expect(page.locator("label", has=choice)).to_contain_text(
            f"（{taking}）", use_inner_text=True
        )


def test_index_of_a_thousand_is_light() -> None:
    """What the search fetches for a thousand organisations is at most 30 KB, compressed."""
    assert len(compress(many(1_000).index())) <= 30 * 1024
