"""The receipt as PDF: what is on it, what lies in it, and that it asks nobody for anything."""

from dataclasses import replace
from io import BytesIO
from random import Random
from typing import Any
from urllib.request import OpenerDirector

import pytest
from pypdf import PdfReader
from starlette.testclient import TestClient

from functions.adapters import weasyprint as adapter
from functions.adapters.weasyprint import WeasyPrinter, installed
from functions.cases.ports.ports import Ports
from functions.cases.ports.printer import PaperDocument
from functions.model.errors import DocumentInvalid
from functions.web.app import create_app
from site_src.errors import NoReceipt
from site_src.receipts.verify import problems_of, read_receipt
from tests.conftest import MORNING
from tests.functions.model.test_signature import keys
from tests.helpers.filings import APPEAL

HOSTILE = '<img src="http://evil.example/x.png"><style>@import "http://evil.example"</style>&amp;'


@pytest.fixture
def client(ports: Ports) -> TestClient:
    """A browser at a function that can draw."""
    assert installed(), "the Makefile's target `pango` installs what WeasyPrint draws with"
    drawing = replace(ports, printer=WeasyPrinter())
    return TestClient(create_app(drawing), base_url="https://ombud.example.com")


def link_of(client: TestClient, **answers: str) -> str:
    """The receipt link of an appeal with these answers."""
    filed = client.post(
        "/cases/accreditation-body/appeal", data=APPEAL | answers, follow_redirects=False
    )
    return filed.headers["location"]


def paper(client: TestClient, **answers: str) -> bytes:
    """The PDF of an appeal with these answers."""
    answer = client.get(link_of(client, **answers).replace("receipt?", "receipt.pdf?"))
    assert answer.headers["content-type"] == "application/pdf"
    return answer.content


def test_paper_says_what_the_page_says(client: TestClient) -> None:
    """Reference, code, dates, answers and proof stand on one A4 page, dates before answers."""
    link = link_of(client)
    text = client.get(link.replace("receipt?", "receipt.txt?")).text
    (page,) = PdfReader(BytesIO(paper(client))).pages
    drawn = "".join(page.extract_text().split())
    for said in (
        "我们已收到您的申诉",
        "2026年5月6日（星期三）24:00前",
        "最后一日是休息日，顺延到下一个工作日：5月2日至5月5日（劳动节）",
        "z***@example.com",
        APPEAL["account"],
        "https://ombud.example.com/verify/",
    ):
        assert said in drawn
    for line in text.splitlines():
        if line.startswith(("受理编号", "查询码")):
            assert line.partition("：")[2] in drawn
        if line.startswith(("Content-SHA256", "Key", "Signature")):
            assert line.replace(" ", "") in drawn
    assert drawn.index("2026年5月6日") < drawn.index(APPEAL["account"])
    assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]


def test_paper_is_for_everybody(client: TestClient) -> None:
    """Tagged as PDF/UA-1, in the filer's language, its title the reference, its fonts inside."""
    reader = PdfReader(BytesIO(paper(client)))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "zh-CN"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "/StructTreeRoot" in root
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_data()
    assert reader.metadata is not None
    assert (reader.metadata.title or "").startswith("ACB-")
    resources: Any = reader.pages[0]["/Resources"]
    fonts = resources["/Font"]
    for font in fonts.values():
        (drawn,) = font["/DescendantFonts"]
        assert {"/FontFile2", "/FontFile3"} & set(drawn["/FontDescriptor"])
        assert "+" in font["/BaseFont"]


def test_paper_proves_itself(client: TestClient) -> None:
    """The signed text lies in the PDF, the very file that the receipt page gives."""
    link = link_of(client)
    drawn = paper(client)
    receipt = read_receipt(drawn)
    assert problems_of(receipt, keys("accreditation-body")) == ()
    text = client.get(link.replace("receipt?", "receipt.txt?")).content
    (attached,) = PdfReader(BytesIO(drawn)).attachments.values()
    assert attached == [text]


def test_paper_is_reproducible(client: TestClient) -> None:
    """The same case gives the same bytes, whenever it is drawn."""
    assert paper(client) == paper(client)


def test_hostile_words_are_words(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Markup in an answer is drawn as it was typed, and nothing is fetched."""

    def asked(*_: object, **__: object) -> None:
        raise AssertionError("something was fetched")

    monkeypatch.setattr(OpenerDirector, "open", asked)
    reader = PdfReader(BytesIO(paper(client, account=HOSTILE)))
    drawn = "".join(page.extract_text() for page in reader.pages)
    assert "".join(HOSTILE.split()) in "".join(drawn.split())


@pytest.mark.parametrize(
    ("typed", "drawn", "lost"),
    [
        ("杨千𫰡", "杨千〔U+2BC21〕", "𫰡"),
        ("สวัสดีครับ、你好", "〔…〕、你好", "ส"),
        ("a\U000f0000b", "a〔U+F0000〕b", "\U000f0000"),
    ],
)
def test_character_that_no_font_has(client: TestClient, typed: str, drawn: str, lost: str) -> None:
    """It is written as its number and never copied as another; the attached text has it."""
    if not WeasyPrinter().lacking(lost):
        pytest.skip("a font on this machine has it")
    reader = PdfReader(BytesIO(paper(client, account=typed)))
    said = "".join("".join(page.extract_text() for page in reader.pages).split())
    assert drawn in said
    assert "所附文本文件" in said
    (attached,) = (next(iter(reader.attachments.values())),)
    assert typed in attached[0].decode()


def test_characters_that_fonts_have_are_drawn(client: TestClient) -> None:
    """Where every character has a glyph, nothing is written out and nothing is said of it."""
    reader = PdfReader(BytesIO(paper(client, account="𠮷田 é 한국어")))
    said = "".join(page.extract_text() for page in reader.pages)
    assert "𠮷田" in said
    assert "U+" not in said
    assert "所附文本文件" not in said


@pytest.mark.parametrize("place", ["http://evil.example/x.png", "file:///etc/hostname", "data:,x"])
def test_printer_refuses_every_address(place: str) -> None:
    """A page that names an address is not drawn at all."""
    html = f'<!doctype html><html lang="en"><title>x</title><img alt="x" src="{place}">'
    with pytest.raises(DocumentInvalid, match=place):
        WeasyPrinter().pdf(PaperDocument("x", MORNING, html, ""))


def test_page_offers_what_can_be_drawn(client: TestClient, ports: Ports) -> None:
    """Where nothing can be drawn, the link is hidden and its address is not found."""
    link = link_of(client)
    assert '<li><a href="/cases/receipt.pdf' in client.get(link).text
    plain = TestClient(create_app(ports), base_url="https://ombud.example.com")
    assert '<li hidden><a href="/cases/receipt.pdf' in plain.get(link).text
    assert plain.get(link.replace("receipt?", "receipt.pdf?")).status_code == 404


def test_library_that_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without WeasyPrint, or without Pango below it, there is no printer."""
    monkeypatch.setattr(adapter, "_LIBRARIES", ("no-such-library",))
    assert not installed()
    monkeypatch.undo()
    monkeypatch.setattr(adapter, "find_spec", lambda _: None)
    assert not installed()


def test_paper_needs_the_link(client: TestClient) -> None:
    """A forged link opens no PDF."""
    assert client.get("/cases/receipt.pdf?token=a.b.c").status_code == 410


def test_headings_stand_below_the_answers(client: TestClient) -> None:
    """The heading of the proof lies below the last answer, whose label takes two lines."""
    (page,) = PdfReader(BytesIO(paper(client))).pages
    heights: dict[str, float] = {}

    def seen(text: str, _: Any, place: list[float], *_font: object) -> None:
        heights[text.strip()] = place[5]

    page.extract_text(visitor_text=seen)
    (label,) = [height for text, height in heights.items() if text.endswith("理告知")]
    assert abs(heights["证明"] - label) > 15


def test_mutated_pdf_is_refused_or_found_changed(client: TestClient) -> None:
    """300 PDFs with bytes exchanged, cut out or repeated: each is a verdict, none an exception."""
    whole = paper(client)
    genuine = read_receipt(whole)
    random = Random(12)
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(random.choice((1, 5, 200))):
            at, to = sorted(random.randrange(len(data)) for _ in range(2))
            match random.randrange(4):
                case 0:
                    data[at] = random.randrange(256)
                case 1:
                    del data[at : min(to, at + 50)]
                case 2:
                    data[at:at] = data[to : to + 50]
                case _:
                    data[at : at + 5] = random.choice((b"/Kids", b"99999", b"<<<<<", b"0 0 R"))
        data[:5] = b"%PDF-"
        try:
            receipt = read_receipt(bytes(data))
        except NoReceipt:
            continue
        if receipt != genuine:
            assert problems_of(receipt, keys("accreditation-body"))
