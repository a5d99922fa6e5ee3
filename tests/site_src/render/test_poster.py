"""Paper: posters as PDF, their QR codes, and the print form."""

import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from pypdf import PdfReader
from typer.testing import CliRunner

from cli import app as cli
from site_src.check.organisation import read_all
from site_src.places import POLICIES
from site_src.publish.build import today
from site_src.render.pages.poster import poster
from site_src.render.pages.poster_files import write_posters
from tests.conftest import SITE_URL
from tests.site_src.check.test_conformance import newest

DRAWN = ("securities-brokerage", "factory-staff")
"""Numbers that stand together, and the fullest poster."""


@pytest.fixture(scope="module")
def posters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The posters of a few organisations, drawn once."""
    out = tmp_path_factory.mktemp("posters")
    write_posters(POLICIES, DRAWN, out, today(), SITE_URL)
    return out


class Questions(HTMLParser):
    """Reads the named questions of a form or print form, each with its number, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: dict[str, str] = {}
        self._number = ""
        self._box = ""
        self._in_number = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Reads an item of a print form, or a form's number and its control; a box comes first."""
        given = dict(attrs)
        if tag == "input" and given.get("name") in (None, "files", "upload", "topic"):
            return  # the draft's box, files and the robots' field are no questions
        if tag == "li" and "data-name" in given:
            self._box = given["data-name"] or ""
        if tag == "span" and given.get("class") == "number":
            self._in_number = True
        if given.get("type") == "checkbox":
            self._box = given["name"] or ""
        elif tag in ("input", "select", "textarea") and given.get("type") != "hidden":
            self.asked.setdefault(given["name"] or "", self._number)

    def handle_data(self, data: str) -> None:
        """Reads the number before a label."""
        if self._in_number:
            self._number = data.strip().rstrip(".")
            self._in_number = False
            if self._box:
                self.asked[self._box] = self._number
                self._box = ""


def read(path: Path) -> Questions:
    """The questions of a page."""
    questions = Questions()
    questions.feed(path.read_text(encoding="utf-8"))
    return questions


def codes(pdf: Path) -> list[str]:
    """The QR codes that a phone reads from the first page of a PDF."""
    page = pypdfium2.PdfDocument(pdf)[0]
    return [found.text for found in zxingcpp.read_barcodes(page.render(scale=2).to_pil())]


@pytest.mark.parametrize("organisation", DRAWN)
@pytest.mark.parametrize(("language", "prefix"), [("zh-CN", ""), ("en", "/en")])
def test_poster_is_one_page_and_its_code_leads_home(
    posters: Path, organisation: str, language: str, prefix: str
) -> None:
    """A poster is one tagged A4 page with a Chinese font; its code has the page's address."""
    path = posters / f"{organisation}.{language}.pdf"
    reader = PdfReader(path)
    (page,) = reader.pages
    assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
    root: Any = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == language
    resources: Any = page["/Resources"]
    fonts = [font.get_object() for font in resources["/Font"].values()]
    described = [font["/DescendantFonts"][0]["/FontDescriptor"] for font in fonts]
    assert any("CJK" in font["/FontName"] for font in described)
    assert all("/FontFile2" in font or "/FontFile3" in font for font in described)
    assert codes(path) == [f"{SITE_URL}{prefix}/{organisation}/"]


CITED = {
    "zh-CN": ("第五条", "第四条", "第七条第1项", "第八条第（一）项第2目"),
    "en": ("Article 5", "Article 4", "Article 7, item 1", "Article 8(1), point 2"),
}


def test_numbers_stand_together(posters: Path) -> None:
    """The numbers of branch, company and regulator are together, with room to write one in."""
    for language, room in (("zh-CN", "写在这里"), ("en", "the number is different here")):
        text = PdfReader(posters / f"securities-brokerage.{language}.pdf").pages[0].extract_text()
        numbers = re.findall(r"\d{3}-\d{3,8}(?:-\d{4})?", text)
        assert numbers == ["010-00000000", "400-000-0000", "010-00000001"]
        assert "".join(text.split()).count(room.replace(" ", "")) == 1
        for clause in CITED[language]:
            assert clause in text


def test_numbers_are_read_from_two_metres(posters: Path) -> None:
    """The telephone numbers are printed in 34 points."""
    page = PdfReader(posters / "securities-brokerage.zh-CN.pdf").pages[0]
    sizes: list[float] = []

    def seen(text: str, matrix: list[float], place: list[float], _: object, size: float) -> None:
        if "400-000-0000" in text:
            sizes.append(abs(size * place[3] * matrix[3]))

    page.extract_text(visitor_text=seen)
    assert sizes
    assert min(sizes) >= 33.9


def test_limits_stand_on_the_poster(posters: Path) -> None:
    """Those that hold for every filing, as far as there is room; else it says where they are."""
    text = PdfReader(posters / "factory-staff.zh-CN.pdf").pages[0].extract_text()
    for length in ("5个工作日内", "7个工作日内", "10天内"):
        assert length in "".join(text.split())
    assert "其他期限见程序全文" in text
    text = PdfReader(posters / "factory-staff.en.pdf").pages[0].extract_text()
    assert "5 working days" in " ".join(text.split())
    assert "8001" in text
    assert "ehs@factory.example.com" in text


def test_three_promises_stand_on_the_poster(posters: Path) -> None:
    """Who handles it, by when there is an answer, and where to go next, each with its clause."""
    text = PdfReader(posters / "securities-brokerage.zh-CN.pdf").pages[0].extract_text()
    for promise in ("由谁处理", "最迟答复", "不同意结果", "第七条第1项"):
        assert promise in text


def test_posters_are_reproducible(posters: Path, tmp_path: Path) -> None:
    """The same page gives the same bytes."""
    write_posters(POLICIES, DRAWN[:1], tmp_path, today(), SITE_URL)
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (posters / path.name).read_bytes()


def test_every_channel_is_on_the_poster_once() -> None:
    """Each channel is either in the group of numbers, among other numbers or among other ways."""
    for source in newest():
        shown = poster(source.policy)
        numbers = (*shown.together, *shown.numbers)
        placed = [*(number.channel for number in numbers), *shown.others]
        assert sorted(one.id for one in placed) == sorted(one.id for one in source.policy.channels)
        assert bool(shown.wanted) == (source.policy.id == "securities-brokerage")


def test_poster_command(policies: Path, tmp_path: Path) -> None:
    """`poster` names the files that it wrote, one for each language."""
    result = CliRunner().invoke(cli.app, ["poster", "sample", "--out", str(tmp_path / "out")])
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "sample.en.pdf",
        "sample.zh-CN.pdf",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["poster", "nobody"], "nobody"), (["poster", "--site-url", "here"], "https://")],
)
def test_poster_wrong_use(policies: Path, arguments: list[str], said: str) -> None:
    """Wrong use of `poster` exits with 2 and says what is wrong."""
    result = CliRunner().invoke(cli.app, arguments)
    assert result.exit_code == 2
    assert said in result.output


def test_missing_libraries_are_named(
    policies: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without Pango, `poster` writes nothing, exits with 2 and says what to install."""
    monkeypatch.delitem(sys.modules, "site_src.render.pages.pdf", raising=False)
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    out = tmp_path / "out"
    result = CliRunner().invoke(cli.app, ["poster", "--out", str(out)])
    assert result.exit_code == 3
    assert "libpangoft2-1.0-0" in result.output
    assert not out.exists()


def test_missing_chinese_font_is_named(
    policies: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a Chinese font, no poster of empty boxes is written."""
    fontconfig = tmp_path / "fonts.conf"
    fontconfig.write_text("<fontconfig><dir>/nonexistent</dir></fontconfig>")
    monkeypatch.setenv("FONTCONFIG_FILE", str(fontconfig))
    result = CliRunner().invoke(cli.app, ["poster", "--out", str(tmp_path / "out")])
    assert result.exit_code == 3
    assert "fonts-noto-cjk" in result.output


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_print_form_asks_what_the_form_asks(built: Path, prefix: str) -> None:
    """Form and print form of every kind have the same questions in the same order and numbers.

    The numbers have no gap for those who file for themselves and do not see all questions.
    """
    organisations, _ = read_all(POLICIES)
    for editions in organisations:
        policy = editions.in_force(today()).policy
        for kind in policy.kinds:
            home = built / f"{prefix}{policy.id}" / kind.id
            online = read(home / "index.html").asked
            printed = read(home / "print" / "index.html").asked
            assert list(online.items()) == list(printed.items())
            whole = [number for number in printed.values() if "." not in number]
            assert whole == [str(n) for n in range(1, len(whole) + 1)]
            parts = [name for name, number in printed.items() if "." in number]
            assert parts in (
                [],
                ["represented", "capacity"],
                ["represented", "representative"],
            )


def test_print_form_says_where_it_goes(built: Path) -> None:
    """The print form lists the channels that take paper, or all channels if none does."""
    page = (built / "employer-hr" / "complaint" / "print" / "index.html").read_text("utf-8")
    where = page.partition('class="where"')[2]
    assert re.findall(r'<p class="name">(.+?)</p>', where) == ["写信", "面谈", "传真"]
    assert "本表寄送或者交到哪里" in where
    page = (built / "qa-operations" / "complaint" / "print" / "index.html").read_text("utf-8")
    assert re.findall(r'<h2 id="where-title">(.+?)</h2>', page) == ["渠道"]
    page = (built / "personnel-certifier" / "appeal" / "print" / "index.html").read_text("utf-8")
    assert 'class="where"' not in page


def test_print_form_names_version_and_address(built: Path) -> None:
    """The print form has version, address of the form, and lines for signature and date."""
    page = (built / "en/law-firm/complaint/print/index.html").read_text("utf-8")
    assert "Version 1" in page
    assert f'<p class="address">{SITE_URL}/en/law-firm/complaint/</p>' in page
    assert "<title>QR code of the address below</title>" in page
    assert re.findall(r"<p><span>(.+?)</span><span class=\"rule\">", page) == ["Signature", "Date"]


def test_codes_have_no_style(built: Path) -> None:
    """A QR code has no style attribute, because the content security policy forbids it."""
    for page in ("poster", "complaint/print"):
        html = (built / "securities-brokerage" / page / "index.html").read_text("utf-8")
        assert html.count('<svg role="img"') == 1
        assert " style=" not in html
