"""What ODF, HTML, Markdown, PDF and text files have besides plain paragraphs."""

import zipfile
from pathlib import Path

import pytest
from weasyprint import HTML

from site_src.importing import reasons
from site_src.importing.document import Document
from site_src.importing.read import read_document
from tests.helpers.documents.parts import clause_ids

ODF_NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "style", "table")
) + (
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    ' xmlns:xml="http://www.w3.org/XML/1998/namespace"'
)


def odf(path: Path, body: str, styles: str = "") -> Document:
    """The procedure of an .odt with that body and those automatic styles."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content {ODF_NAMESPACES}><office:automatic-styles>{styles}"
            "</office:automatic-styles><office:body><office:text>"
            f"<text:p>示例单位投诉办法</text:p>{body}</office:text></office:body>"
            "</office:document-content>",
        )
    return read_document(path)


def test_odf_changes_notes_and_boxes(tmp_path: Path) -> None:
    """Deleted words, notes, comments and boxes are left out and named; inserted words are read."""
    body = (
        '<text:tracked-changes><text:changed-region xml:id="c1"><text:deletion>'
        "<office:change-info>某人</office:change-info><text:p>五</text:p></text:deletion>"
        '</text:changed-region><text:changed-region xml:id="c2"><text:insertion/>'
        "</text:changed-region></text:tracked-changes>"
        '<text:p>第一条 在<text:change text:change-id="c1"/>'
        '<text:change-start text:change-id="c2"/>十<text:change-end text:change-id="c2"/>'
        "日内<text:s/>答复。<text:note><text:note-body><text:p>脚注</text:p></text:note-body>"
        "</text:note><office:annotation><text:p>批注</text:p></office:annotation>"
        "<draw:frame><draw:text-box><text:p>框内</text:p></draw:text-box></draw:frame></text:p>"
    )
    document = odf(tmp_path / "a.odt", body)
    assert document.procedure == "# 示例单位投诉办法\n\n第一条 在十日内 答复。\n"
    assert [(left.words, left.reason) for left in document.left_out] == [
        ("五", reasons.DELETED),
        ("脚注", reasons.FOOTNOTE),
        ("批注", reasons.COMMENT),
        ("框内", reasons.TEXT_BOX),
    ]
    assert [(one.words, one.how) for one in document.changed] == [("十", reasons.INSERTED)]


def test_odf_lists_go_on_and_begin_anew(tmp_path: Path) -> None:
    """A list goes on with the one it names; one that names none begins anew."""
    styles = (
        '<text:list-style style:name="A"><text:list-level-style-number text:level="1" '
        'style:num-prefix="第" style:num-suffix="条" style:num-format="一, 二, 三, ..."/>'
        '</text:list-style><text:list-style style:name="B"><text:list-level-style-number '
        'text:level="1" style:num-prefix="（" style:num-suffix="）" '
        'style:num-format="一, 二, 三, ..."/>'
        "</text:list-style>"
    )

    def items(settings: str, *words: str) -> str:
        inner = "".join(f"<text:list-item><text:p>{one}</text:p></text:list-item>" for one in words)
        return f"<text:list {settings}>{inner}</text:list>"

    body = (
        items('xml:id="l1" text:style-name="A"', "下列投诉受理：")
        + items('text:style-name="B"', "甲", "乙")
        + items('text:style-name="A" text:continue-list="l1"', "下列投诉不受理：")
        + items('text:style-name="B"', "丙")
    )
    document = odf(tmp_path / "a.odt", body, styles)
    assert clause_ids(document.procedure) == [
        "第一条", "第一条（一）", "第一条（二）", "第二条", "第二条（一）",
    ]  # fmt: skip


def test_a_web_page(tmp_path: Path) -> None:
    """Lists have the numbers that browsers show; navigation, scripts and hidden text are named."""
    path = tmp_path / "a.htm"
    page = (
        "<!DOCTYPE html><html><head><meta charset=gb2312><title>标题栏</title>"
        "<style>p{}</style></head><body><nav>首页</nav><h1>示例单位投诉办法</h1>"
        "<h2>一、提出</h2><ol><li>打电话<li>写信<ol type=a><li>寄给客服部</ol></ol>"
        "<h2>二、处理</h2><p>在 5 日内<br>答复。</p><div style='display:none'>隐藏</div>"
        "<table><tr><th>部门<th>电话<tr><td>客服部<td>8001</table><!-- 注释 --></body></html>"
    )
    path.write_bytes(page.encode("gb18030"))
    document = read_document(path)
    assert document.procedure == (
        "# 示例单位投诉办法\n\n## 一、提出\n\n1. 打电话\n\n2. 写信\n\na. 寄给客服部\n\n"
        "## 二、处理\n\n在 5 日内\n\n答复。\n\n| 部门 | 电话 |\n| --- | --- |\n| 客服部 | 8001 |\n"
    )
    assert {left.words for left in document.left_out} == {
        "标题栏", "p{}", "首页", "隐藏", "注释"
    }  # fmt: skip


def test_markdown_keeps_its_marks(tmp_path: Path) -> None:
    """Headings, items and tables stay; bold type, the file's head and comments go."""
    path = tmp_path / "a.md"
    path.write_text(
        "---\ntitle: x\n---\n# 示例单位投诉办法\n\n**第一条** 可以投诉：\n- 打电话；\n* 写信。\n\n"
        "| 部门 | 电话 |\n|---|---|\n| 客服部 | 8001 |\n\n<!-- 注释 -->\n第二条 不收费。\n",
        encoding="utf-8",
    )
    document = read_document(path)
    assert document.procedure == (
        "# 示例单位投诉办法\n\n第一条 可以投诉：\n\n- 打电话；\n- 写信。\n\n"
        "| 部门 | 电话 |\n|---|---|\n| 客服部 | 8001 |\n\n第二条 不收费。\n"
    )
    assert [(left.line, left.reason) for left in document.left_out] == [
        (1, reasons.FRONT_MATTER),
        (14, reasons.MARKUP),
    ]


def test_a_pdf_in_two_languages_of_lines(tmp_path: Path) -> None:
    """Words that a hyphen divides at the end of a line are whole; an address keeps its own."""
    path = tmp_path / "a.pdf"
    words = "The complaints department answers every representation comprehensively. " * 6
    html = (
        '<html lang="en"><style>@page{size:A5}body{font:12pt serif;hyphens:auto;'
        "text-align:justify}</style><h1>Complaints procedure</h1>"
        f"<p>1.1 {words}</p><p>1.2 Write to no-reply@example.com.</p></html>"
    )
    path.write_bytes(HTML(string=html).write_pdf())
    document = read_document(path)
    assert document.procedure == (
        f"# Complaints procedure\n\n1.1 {words.strip()}\n\n1.2 Write to no-reply@example.com.\n"
    )


def test_pages_that_are_pictures_are_named(tmp_path: Path) -> None:
    """A PDF of text with a scanned page is read; the page is left out by its number."""
    path = tmp_path / "a.pdf"
    html = (
        "<h1>示例单位投诉办法</h1><p>第一条 客服部在五个工作日内答复投诉人。</p>"
        '<div style="break-before:page"><svg viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
        "</div>"
    )
    path.write_bytes(HTML(string=html).write_pdf())
    document = read_document(path)
    assert clause_ids(document.procedure) == ["第一条"]
    assert [(left.page, left.reason) for left in document.left_out] == [
        (2, reasons.UNREADABLE_PAGE)
    ]


@pytest.mark.parametrize(
    ("encoding", "name", "words"),
    [
        ("big5", "Big5", "示例單位投訴辦法\n\n1. 投訴不收費。客服部處理。\n"),
        ("cp1252", "Windows-1252", "Complaints\n\n1. We’ll answer – at the café.\n"),
    ],
)
def test_an_unusual_encoding_is_said(encoding: str, name: str, words: str, tmp_path: Path) -> None:
    """A text in Big5 or Windows-1252 is read, and the import says in which encoding."""
    path = tmp_path / "a.txt"
    path.write_bytes(words.encode(encoding))
    document = read_document(path)
    assert words.splitlines()[2] in document.procedure
    assert [change.how.en for change in document.changed] == [f"the file was read as {name}"]
