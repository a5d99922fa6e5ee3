"""Reading a procedure text: its clauses and the durations and numbers in them."""

from datetime import date
from pathlib import Path

import pytest

from site_src.numbers.days import find_days
from site_src.policy.clauses import Clause, raw_lines, read_clauses
from site_src.render.pages.procedure import render_procedure


def clauses_of(text: str) -> tuple[Clause, ...]:
    """The clauses of a text."""
    return read_clauses(raw_lines(Path("procedure.md"), text))


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("## 2 申诉\n\n2.1 甲\n\n2.1.1 乙", ["2", "2.1", "2.1.1"]),
        (
            "第七条 甲\n\n（一）乙\n\n（二）丙\n\n第八条 丁",
            ["第七条", "第七条（一）", "第七条（二）", "第八条"],
        ),
        (
            "## 四、规范\n\n1、甲\n\n1.1 乙\n\n## 五、附则\n\n1、丙",
            ["四", "四、1", "四、1.1", "五", "五、1"],
        ),
        (
            "一、甲\n\n（一）乙\n\n1. 丙\n\n（二）丁\n\n1. 戊",
            ["一", "一、（一）", "一、（一）1", "一、（二）", "一、（二）1"],
        ),
        (
            "2.1 甲：\n\n（一）乙；\n\n（二）丙。\n\n2.2 丁：\n\n（一）戊。",
            ["2.1", "2.1（一）", "2.1（二）", "2.2", "2.2（一）"],
        ),
        ("## 四、甲\n\n1、乙：\n\n(一)丙\n\n2、丁", ["四", "四、1", "四、1（一）", "四、2"]),
        ("## 第一章 总则\n\n第一条 甲", ["第一章", "第一条"]),
        ("　　1.1 甲\n\n　　第二条　乙\n\n　　（一）丙", ["1.1", "第二条", "第二条（一）"]),
        ("1．1 甲\n\n１．２　乙\n\n## ３ 丙\n\n４．丁", ["1.1", "1.2", "3", "4"]),
        ("1.1 甲\n    1.2 不是", ["1.1"]),
        ("3.1 有 2.5 小时\n30 天内\n2026.1 不是", ["3.1", "2026.1"]),
    ],
)
def test_clause_numbers(text: str, ids: list[str]) -> None:
    """Each form of number starts a clause whose id includes the numbers around it."""
    assert [clause.id for clause in clauses_of(text)] == ids


def test_clause_shows_its_number_as_it_is_written() -> None:
    """A page shows the number of the text, and its anchor is the number that facts cite."""
    page = render_procedure("# 甲\n\n　　1．1 乙").html({})
    assert 'id="clause-1.1"' in page
    assert 'href="#clause-1.1">1．1</a> 乙' in page
    (line,) = clauses_of("　　1．1 乙")[0].lines
    assert (line.column, line.words) == (7, "乙")


def test_clause_keeps_what_follows_its_number() -> None:
    """Lists and lines up to the next number belong to the clause, with their line numbers."""
    clause = clauses_of("前言\n\n2.2 下列事项：\n\n- 甲；\n- 乙。\n\n2.3 丙")[0]
    assert clause.words == "下列事项：\n- 甲；\n- 乙。"
    assert [line.number for line in clause.lines] == [3, 5, 6]


def test_procedure_markdown_is_sanitised() -> None:
    """A procedure text cannot contain a script, and every clause has an anchor."""
    text = "2.1 甲<script>alert(1)</script> [乙](javascript:alert(1))"
    html = render_procedure(text).html({"drawn.2.1": "事实"})
    assert html == (
        '<p class="clause" id="clause-2.1"><a class="clause-number" href="#clause-2.1">2.1</a> '
        "甲 <a>乙</a></p>\n事实"
    )


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("修订日期：２０１０年 4 月 29 日；A 版 2008.01.07", [(2010, 4, 29), (2008, 1, 7)]),
        ("自二〇一〇年十二月二十九日起施行", [(2010, 12, 29)]),
        ("2010年4月、4月29日、2010年2月30日", []),
    ],
)
def test_days(text: str, days: list[tuple[int, int, int]]) -> None:
    """Days with year, month and day are read; others, and impossible ones, are none."""
    assert list(find_days(text)) == [date(*day) for day in days]
