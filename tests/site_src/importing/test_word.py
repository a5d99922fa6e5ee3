"""What Word documents have besides plain text: lists, tracked changes, notes, boxes, fields."""

from pathlib import Path

import pytest

from site_src.importing import reasons
from site_src.importing.document import Document
from site_src.importing.formats.number_formats import word_number
from site_src.importing.read import read_document
from tests.helpers.documents.parts import clause_ids
from tests.helpers.documents.raw_word import in_list, list_level, paragraph, write_raw_word

TITLE = paragraph("示例单位投诉办法")


def numbering(levels: str, *overrides: str) -> str:
    """One abstract list, and a list for each set of overrides; the first is list 1."""
    lists = "".join(
        f'<w:num w:numId="{at}"><w:abstractNumId w:val="0"/>{own}</w:num>'
        for at, own in enumerate(overrides or ("",), start=1)
    )
    return f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{lists}'


def read(tmp_path: Path, body: str, **parts: str) -> Document:
    """The procedure of a Word document."""
    return read_document(write_raw_word(tmp_path / "a.docx", TITLE + body, **parts))


def test_numbers_restart_after_a_higher_level(tmp_path: Path) -> None:
    """A deeper level begins anew after a higher one, unless the list says that it never does."""
    levels = list_level(0, "第%1章", "chineseCountingThousand") + list_level(
        1, "第%2条", "chineseCountingThousand", '<w:lvlRestart w:val="0"/>'
    )
    body = "".join(
        paragraph(words, in_list(1, level))
        for words, level in (("总则", 0), ("一", 1), ("二", 1), ("处理", 0), ("三", 1))
    )
    document = read(tmp_path, body, numbering=numbering(levels))
    assert clause_ids(document.procedure) == ["第一章", "第一条", "第二条", "第二章", "第三条"]
    restarting = levels.replace('<w:lvlRestart w:val="0"/>', "")
    text = read(tmp_path, body, numbering=numbering(restarting)).procedure
    assert clause_ids(text) == ["第一章", "第一条", "第二条", "第二章", "第二章第一条"]


def test_typed_contents_of_automatic_numbers(tmp_path: Path) -> None:
    """Contents without the numbers that Word adds are left out line by line; the chapters stay."""
    body = "".join(
        [
            paragraph("目 录"),
            paragraph("总则 1"),
            paragraph("受理与答复 2"),
            paragraph("总则", in_list(1, 0)),
            paragraph("为了听取观众意见，制定本办法。", in_list(1, 1)),
            paragraph("受理与答复", in_list(1, 0)),
            paragraph("服务部接到投诉后当日登记。", in_list(1, 1)),
            paragraph("服务部在五个工作日内答复。", in_list(1, 1)),
        ]
    )
    levels = list_level(0, "第%1章", "chineseCountingThousand") + list_level(
        1, "第%2条", "chineseCountingThousand"
    )
    document = read(tmp_path, body, numbering=numbering(levels))
    assert clause_ids(document.procedure) == [
        "第一章", "第一条", "第二章", "第二章第一条", "第二章第二条",
    ]  # fmt: skip
    assert [left.words for left in document.left_out] == ["目 录", "总则 1", "受理与答复 2"]


def test_a_list_may_begin_anew_or_count_in_arabic_numbers(tmp_path: Path) -> None:
    """`startOverride` begins at its number; `isLgl` writes Chinese levels as 2.1."""
    levels = list_level(0, "%1、", "chineseCounting") + list_level(
        1, "%1.%2", "decimal", "<w:isLgl/>"
    )
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride>'
    body = "".join(
        paragraph(words, in_list(list, level))
        for words, list, level in (
            ("目的", 1, 0), ("一", 1, 1), ("范围", 1, 0),
            ("职责", 2, 0), ("二", 2, 1), ("程序", 2, 0),
        )
    )  # fmt: skip
    document = read(tmp_path, body, numbering=numbering(levels, "", start))
    assert clause_ids(document.procedure) == ["一", "一、1.1", "二", "三", "三、3.1", "四"]


def test_styles_have_numbers(tmp_path: Path) -> None:
    """A paragraph has the list of its style, at the level that names the style, also inherited."""
    levels = list_level(0, "%1", more='<w:pStyle w:val="A"/>') + list_level(
        1, "%1.%2", more='<w:pStyle w:val="B"/>'
    )
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="heading 1"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="Clause"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="C"><w:name w:val="More"/><w:basedOn w:val="B"/>'
        "</w:style>"
    )
    body = "".join(
        paragraph(words, f'<w:pStyle w:val="{style}"/>{own}')
        for words, style, own in (
            ("提出", "A", ""), ("可以投诉。", "B", ""), ("不收费。", "C", ""),
            ("没有编号。", "B", in_list(0)), ("处理", "A", ""), ("答复。", "C", ""),
        )
    )  # fmt: skip
    document = read(tmp_path, body, numbering=numbering(levels), styles=styles)
    assert clause_ids(document.procedure) == ["1", "1.1", "1.2", "2", "2.1"]
    assert "## 1 提出" in document.procedure
    assert "1.2 不收费。\n\n没有编号。" in document.procedure


def test_tracked_changes_are_read_as_accepted(tmp_path: Path) -> None:
    """Inserted words are read and named, deleted ones are left out and named."""
    body = (
        "<w:p><w:r><w:t>第一条 在</w:t></w:r><w:del><w:r><w:delText>五</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>十</w:t></w:r></w:ins><w:r><w:t>日内答复。</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>第二条 由客服部</w:t></w:r></w:p>"
        + paragraph("处理。")
    )
    document = read(tmp_path, body)
    assert "第一条 在十日内答复。\n\n第二条 由客服部处理。\n" in document.procedure
    assert [(left.words, left.line, left.reason) for left in document.left_out] == [
        ("五", 2, reasons.DELETED)
    ]
    assert [(one.words, one.how) for one in document.changed] == [("十", reasons.INSERTED)]


def test_what_stands_beside_the_text_is_named(tmp_path: Path) -> None:
    """Notes, boxes, pictures, hidden text, comments and headers are left out, with reasons."""
    box = (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>"
        f"{paragraph('框内')}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f"<w:txbxContent>{paragraph('框内')}</w:txbxContent></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"
    struck = "<w:r><w:rPr><w:strike/></w:rPr><w:t>作废</w:t></w:r>"
    plain = '<w:r><w:rPr><w:strike w:val="0"/></w:rPr><w:t>答复。</w:t></w:r>'
    picture = '<w:r><w:drawing><docPr descr="流程图"/></w:drawing></w:r>'
    body = f"<w:p><w:r><w:t>第一条 </w:t></w:r>{plain}{box}{hidden}{struck}{picture}</w:p>"
    document = read(
        tmp_path,
        body,
        footnotes=paragraph("脚注"),
        comments=paragraph("批注"),
        header1=paragraph("页眉"),
        header2=paragraph("页眉"),
        footer1=paragraph("第 1 页"),
    )
    assert document.procedure == "# 示例单位投诉办法\n\n第一条 答复。\n"
    assert {(left.words, left.reason) for left in document.left_out} == {
        ("框内", reasons.TEXT_BOX),
        ("隐藏", reasons.HIDDEN_TEXT),
        ("作废", reasons.STRUCK_OUT),
        ("流程图", reasons.PICTURE),
        ("脚注", reasons.FOOTNOTE),
        ("批注", reasons.COMMENT),
        ("页眉", reasons.HEADER),
        ("第 1 页", reasons.FOOTER),
    }


def test_tables_are_tables_clauses_or_paragraphs(tmp_path: Path) -> None:
    """A table of one column is its paragraphs; rows that begin with numbers are clauses."""

    def table(*rows: tuple[str, ...]) -> str:
        cells = "".join(
            "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>"
            for row in rows
        )
        return f"<w:tbl>{cells}</w:tbl>"

    body = (
        table(("第一条 可以投诉。",))
        + table(("第二条", "不收费。"), ("第三条", "答复。"))
        + table(("部门", "电话"), ("客服部", "010-00000000|8001"))
    )
    assert read(tmp_path, body).procedure == (
        "# 示例单位投诉办法\n\n第一条 可以投诉。\n\n第二条 不收费。\n\n第三条 答复。\n\n"
        "| 部门 | 电话 |\n| --- | --- |\n| 客服部 | 010-00000000\\|8001 |\n"
    )


def test_soft_returns_and_marks_of_markdown(tmp_path: Path) -> None:
    """A line after a soft return is one of its own; what Markdown would read is escaped."""
    body = (
        "<w:p><w:r><w:t>第一条 受理。</w:t><w:br/><w:t>第二条 处理。</w:t></w:r></w:p>"
        + paragraph("填写 *姓名* 和 &lt;电话&gt;，发至 a_b_c@example.com。")
        + paragraph("____________")
    )
    document = read(tmp_path, body)
    assert clause_ids(document.procedure) == ["第一条", "第二条"]
    assert "填写 \\*姓名* 和 <电话>，发至 a_b_c@example.com。" in document.procedure
    assert "\n\\____________\n" in document.procedure


@pytest.mark.parametrize(
    ("number", "format", "shown"),
    [
        (10, "chineseCounting", "十"),
        (11, "chineseCountingThousand", "十一"),
        (20, "chineseCounting", "二十"),
        (105, "chineseCountingThousand", "一百零五"),
        (110, "chineseCountingThousand", "一百一十"),
        (2024, "ideographDigital", "二〇二四"),
        (3, "chineseLegalSimplified", "叁"),
        (4, "upperRoman", "IV"),
        (9, "lowerRoman", "ix"),
        (28, "lowerLetter", "bb"),
        (12, "decimalEnclosedCircle", "⑫"),
        (2, "ideographTraditional", "乙"),
        (7, "decimalZero", "07"),
        (7, "hebrew1", "7"),
    ],
)
def test_number_formats(number: int, format: str, shown: str) -> None:
    """Numbers look as Word shows them; those of other writings are digits."""
    assert word_number(number, format) == shown
