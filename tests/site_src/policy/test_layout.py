"""Procedure texts as clerks have them: Word's layout, page numbers, contents, English styles."""

from pathlib import Path

import pytest

from site_src.policy.clauses import Clause, ordinals, raw_lines, read_clauses
from site_src.policy.layout.clause_numbers import small_items
from site_src.render.pages.procedure import render_procedure


def clauses_of(text: str, *cited: str) -> tuple[Clause, ...]:
    """The clauses of a text where facts cite those ids."""
    lines = raw_lines(Path("procedure.md"), text)
    return read_clauses(lines, small_items((line.words for line in lines), cited))


def ids(text: str, *cited: str) -> list[str]:
    """The ids of the clauses of a text."""
    return [clause.id for clause in clauses_of(text, *cited)]


@pytest.mark.parametrize(
    ("text", "expected", "words"),
    [
        ("　　第一条 甲", "第一条", "甲"),
        ("\u3000\u3000第一条\u3000甲", "第一条", "甲"),
        ("\u00a0\u00a01.1 甲", "1.1", "甲"),
        ("    第一条 甲", "第一条", "甲"),
        ("第 一 条 甲", "第一条", "甲"),
        ("第 1 条：甲", "第1条", "甲"),
        ("第十条之一 甲", "第十条之一", "甲"),
        ("**第一条** 甲", "第一条", "甲"),
        ("**第一条**甲", "第一条", "甲"),
        ("**第一条 目的** 甲", "第一条", "**目的** 甲"),
        ("__第一条__　甲", "第一条", "甲"),
        ("**2.1** 甲", "2.1", "甲"),
        ("**2.1 甲** 乙", "2.1", "**甲** 乙"),
        ("**（一）**甲", "（一）", "甲"),
        ("## **第一章 总则**", "第一章", "**总则**"),
        ("## 第一节 总则", "第一节", "总则"),
        ("1.1本程序适用于甲", "1.1", "本程序适用于甲"),
        ("１．１ 甲", "1.1", "甲"),
        ("Article 5 Complaints", "Article 5", "Complaints"),
        ("Article 5. The office answers.", "Article 5", "The office answers."),
        ("## Stage 1: Complaint", "Stage 1", "Complaint"),
        ("## Stage 1 – Complaint", "Stage 1", "Complaint"),
        ("**Section 3** Scope", "Section 3", "Scope"),
        ("## Schedule A", "Schedule A", ""),
        ("## Part 2 Handling", "Part 2", "Handling"),
        ("1. Scope", "1", "Scope"),
        ("1.1 Scope", "1.1", "Scope"),
    ],
)
def test_number_styles(text: str, expected: str, words: str) -> None:
    """The number is read whatever its type, indent and spaces, and the rest are its words."""
    (clause,) = clauses_of(text)
    assert (clause.id, clause.words) == (expected, words)


@pytest.mark.parametrize(
    "text",
    [
        "2.5小时内答复",
        "1.5万元以下",
        "Section 3 applies to all.",
        "Stage 1 complaints are answered first.",
        "Article A rule",
        "**重要** 甲",
        "30 天内答复",
    ],
)
def test_lines_without_a_number(text: str) -> None:
    """A line that begins with a length, an amount or a mention of another clause is none."""
    assert ids(text) == []


@pytest.mark.parametrize(
    ("text", "cited", "expected"),
    [
        (
            "第七条 甲：\n\n（1）乙；\n\n（2）丙。\n\n第八条 丁",
            ["第七条（2）"],
            ["第七条", "第七条（1）", "第七条（2）", "第八条"],
        ),
        ("2.1 甲：\n\n(1）乙\n\n2.2 丙", ["2.1（1）"], ["2.1", "2.1（1）", "2.2"]),
        ("2.1 A:\n\n(a) b\n\n(b) c\n\n2.2 d", ["2.1(a)"], ["2.1", "2.1(a)", "2.1(b)", "2.2"]),
        (
            "2.1 A:\n\n(a) b:\n\n(i) c\n\n(ii) d\n\n(b) e",
            ["2.1(a)(ii)"],
            ["2.1", "2.1(a)", "2.1(a)(i)", "2.1(a)(ii)", "2.1(b)"],
        ),
        ("1 A:\n\n1. A:\n\n(h) b\n\n(i) c", ["1(i)"], ["1", "1(h)", "1(i)"]),
        ("五、甲\n\n2、乙：\n\n① 丙\n\n② 丁", ["五、2②"], ["五", "五、2", "五、2①", "五、2②"]),
        ("三、甲：\n\n1）乙\n\n2）丙", ["三、1）"], ["三", "三、1）", "三、2）"]),
        (
            "第七条（一）甲\n\n（二）乙：\n\n（1）丙",
            ["第七条（二）（1）"],
            ["第七条", "第七条（二）", "第七条（二）（1）"],
        ),
        (
            "## Stage 1\n\n1. A\n\n2. B\n\n## Stage 2\n\n1. C",
            [],
            ["Stage 1", "Stage 1, 1", "Stage 1, 2", "Stage 2", "Stage 2, 1"],
        ),
        (
            "## Article 5\n\n(1) A\n\n(2) B",
            ["Article 5(1)"],
            ["Article 5", "Article 5(1)", "Article 5(2)"],
        ),
        (
            "## Stage 1\n\n3.1 A\n\n## Schedule A\n\n1.1 B",
            [],
            ["Stage 1", "3.1", "Schedule A", "Schedule A, 1.1"],
        ),
        (
            "## Part 2\n\nSection 3: A\n\n(a) B",
            ["Section 3(a)"],
            ["Part 2", "Section 3", "Section 3(a)"],
        ),
        (
            "## 第二章 甲\n\n### 第一节 乙\n\n第三条 丙\n\n## 第三章 丁\n\n### 第一节 戊",
            [],
            ["第二章", "第二章第一节", "第三条", "第三章", "第三章第一节"],
        ),
    ],
)
def test_small_items(text: str, cited: list[str], expected: list[str]) -> None:
    """Small items are clauses where one of their list is cited, with what they stand in."""
    assert ids(text, *cited) == expected


def test_small_items_that_nobody_cites() -> None:
    """Items of a list that no fact cites are words of their clause, as before."""
    (clause,) = clauses_of("2.1 甲：\n\n（1）乙；\n\n① 丙")
    assert clause.words == "甲：\n（1）乙；\n① 丙"


def test_order_of_clauses() -> None:
    """A policy that shares clauses inserts a clause by its number, letters and ① included."""
    numbers = ["2.1", "2.1(a)", "2.1(b)", "2.2", "2.2①", "2.2②", "2.10"]
    assert sorted(set(numbers), key=ordinals) == numbers
    assert ordinals("第七条（一）③") == (7, 1, 3)
    assert ordinals("Schedule B, 2") == (2, 2)


def test_page_of_small_items() -> None:
    """A page has an anchor for each small item that is a clause."""
    html = render_procedure("2.1 A:\n\n(a) b\n\n(b) c", {"2.1(a)", "2.1(b)"}).html({})
    assert [f'id="clause-2.1{item}"' in html for item in ("", "(a)", "(b)")] == [True] * 3
    assert 'id="clause-2.1(a)"' not in render_procedure("2.1 A:\n\n(a) b").html({})


@pytest.mark.parametrize(
    "line",
    [
        "- 1 -",
        "—3—",
        "－ ２ －",
        "第 3 页",
        "第3页 共10页",
        "第三页",
        "Page 3 of 10",
        "3 / 10",
        "7",
        "\f",
    ],
)
def test_page_numbers(line: str) -> None:
    """A page number or page break belongs to no clause."""
    (clause,) = clauses_of(f"2.1 甲\n\n{line}\n\n乙")
    assert clause.words == "甲\n乙"
    assert [words.number for words in clause.lines] == [1, 5]


@pytest.mark.parametrize(
    "contents",
    [
        "目录\n\n第一章 总则……………1\n\n第一条 甲 ........ 2\n\n第二条 乙\t3",
        "## 目 录\n\n第一章 总则\n\n第一条 甲\n\n第二条 乙",
        "# Contents\n\n- 第一章 总则\n- 第一条 甲",
        "目次\n第一章 总则 ...... 1\n第一条 甲 ...... 1\n第二条 乙 ...... 2",
    ],
)
def test_table_of_contents(contents: str) -> None:
    """A table of contents is left out; the clauses are those of the text."""
    text = f"# 程序\n\n{contents}\n\n## 第一章 总则\n\n第一条 甲\n\n第二条 乙"
    assert ids(text) == ["第一章", "第一条", "第二条"]


def test_heading_that_is_no_table_of_contents() -> None:
    """A clause with the title 目录 stays, and so do the lines after it."""
    assert ids("# 程序\n\n目录\n\n第一条 甲\n\n第二条 乙") == ["第一条", "第二条"]


_LIST = "第十条 投诉方式：\n\n（一）电话；\n\n（二）信函{end}\n\n匿名投诉同样受理。\n\n第十一条 完"


def test_paragraph_after_a_list() -> None:
    """A paragraph below the last item of a list belongs to the clause that has the list."""
    article, first, last, following = clauses_of(_LIST.format(end="。"))
    assert (article.words, article.head) == ("投诉方式：\n匿名投诉同样受理。", "投诉方式：")
    assert [line.number for line in article.lines] == [1, 7]
    assert [each.words for each in (first, last, following)] == ["电话；", "信函。", "完"]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (_LIST.format(end="："), "第十条（二）"),
        ("第十条 方式：\n\n（一）登记\n\n甲。\n\n（二）调查。\n\n乙。", "第十条（二）"),
        ("第十条 方式：\n\n（一）电话。\n\n甲。\n\n（二）信函。", "第十条（一）"),
        ("第十条 方式：\n\n（一）甲；\n\n（二）乙。\n\n- 丙", "第十条（二）"),
        ("第十条 方式：\n\n（一）甲；\n\n（二）乙。\n丙。", "第十条（二）"),
        ("第十条 方式：\n\n（一）甲。\n\n乙。", "第十条（一）"),
        ("（一）甲；\n\n（二）乙。\n\n丙。", "（二）"),
    ],
)
def test_paragraphs_of_an_item(text: str, last: str) -> None:
    """What follows an item stays its own where the list does not show that it has ended."""
    assert {clause.id: len(clause.lines) for clause in clauses_of(text)}[last] == 2


def test_paragraph_after_small_items() -> None:
    """The same holds for small items, once a fact cites one of them."""
    text = "2.1 Ways:\n\n(a) by telephone;\n\n(b) by letter.\n\nWe answer.\n\n2.10 End"
    outer, _, last, _ = clauses_of(text, "2.1(a)")
    assert (outer.words, last.words) == ("Ways:\nWe answer.", "by letter.")
    assert clauses_of(text)[0].words.endswith("We answer.")
