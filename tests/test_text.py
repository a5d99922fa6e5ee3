"""How a procedure text is read: its clauses and the durations in them."""

from pathlib import Path

import pytest

from functions.contract import Unit
from site_src.clauses import Clause, raw_lines, read_clauses
from site_src.duration import find_durations
from site_src.procedure import render_procedure


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
        ("3.1 有 2.5 小时\n30 天内\n2026.1 不是", ["3.1", "2026.1"]),
    ],
)
def test_clause_numbers(text: str, ids: list[str]) -> None:
    """Each form of number makes a clause whose id says what it stands in."""
    assert [clause.id for clause in clauses_of(text)] == ids


def test_clause_keeps_what_follows_its_number() -> None:
    """Lists and lines up to the next number belong to the clause, with their line numbers."""
    clause = clauses_of("前言\n\n2.2 下列事项：\n\n- 甲；\n- 乙。\n\n2.3 丙")[0]
    assert clause.words == "下列事项：\n- 甲；\n- 乙。"
    assert [line.number for line in clause.lines] == [3, 5, 6]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("3天内", 3, "day"),
        ("十五日之内", 15, "day"),
        ("三十日", 30, "day"),
        ("两个月", 2, "month"),
        ("三月内", 3, "month"),
        ("10 个工作日", 10, "working_day"),
        ("五个工作日", 5, "working_day"),
        ("半个小时", 30, "minute"),
        ("一个半小时", 90, "minute"),
        ("24小时", 24, "hour"),
        ("半年", 6, "month"),
        ("半个月", 15, "day"),
        ("一年", 1, "year"),
        ("两周", 14, "day"),
        ("一刻钟", 15, "minute"),
    ],
)
def test_durations(text: str, value: int, unit: Unit) -> None:
    """Digits, Chinese numerals, halves and units are read."""
    assert [(one.value, one.unit) for one in find_durations(text)] == [(value, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "2010年4月29日修订",
        "每日汇总",
        "每月分析",
        "第三日",
        "2.5 申诉",
        "版本 2009-02-10",
        "百年老店",
    ],
)
def test_no_durations(text: str) -> None:
    """Dates, frequencies without a count, ordinals and 百 alone are no durations."""
    assert not list(find_durations(text))


def test_frequency() -> None:
    """How often something is done is read with its period."""
    (one,) = find_durations("客户满意度调查每年至少进行四次")
    assert (one.value, one.unit, one.recurring) == (4, "year", True)


def test_procedure_markdown_is_sanitised() -> None:
    """No script gets out of a procedure text, and every clause is an anchor."""
    text = "2.1 甲<script>alert(1)</script> [乙](javascript:alert(1))"
    html = render_procedure(text).html({"drawn.2.1": "事实"})
    assert html == (
        '<p class="clause" id="clause-2.1"><a class="clause-number" href="#clause-2.1">2.1</a> '
        "甲 <a>乙</a></p>\n<div>事实</div>"
    )
