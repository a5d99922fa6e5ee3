"""Reading a procedure text: its clauses and the durations and numbers in them."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from functions.model.contract.terms import Unit
from site_src.numbers.days import find_days
from site_src.numbers.durations import find_durations
from site_src.numbers.numbers import find_numbers
from site_src.numbers.numerals import numeral
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
        ("二十四小时", 24, "hour"),
        ("２０天", 20, "day"),
        ("15 个自然日", 15, "day"),
        ("三个法定工作日", 3, "working_day"),
        ("1.5 小时", 90, "minute"),
        ("两天半", 60, "hour"),
        ("一个季度", 3, "month"),
        ("第一次（3天内答复）", 3, "day"),
    ],
)
def test_durations(text: str, value: int, unit: Unit) -> None:
    """Digits, Chinese numerals, halves and units are read."""
    assert [(one.value, one.unit) for one in find_durations(text)] == [(Fraction(value), unit)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("三至五个工作日", [3, 5]),
        ("3-5天", [3, 5]),
        ("十五（16）日", [15, 16]),
        ("两三天", [0]),
        ("三十零天", [0]),
        ("百年老店", [0]),
        ("半个工作日", [Fraction(1, 2)]),
        ("两个半月", [Fraction(5, 2)]),
    ],
)
def test_durations_that_no_limit_can_say(text: str, values: list[Fraction]) -> None:
    """A range gives both ends; vague and fractional durations are found too."""
    assert [one.value for one in find_durations(text)] == values


@pytest.mark.parametrize(
    "text",
    [
        "2010年4月29日修订",
        "二〇一〇年四月修订",
        "每月 15 日前汇总",
        "每日汇总",
        "每月分析",
        "第三日",
        "第十五日",
        "2.5 申诉",
        "版本 2009-02-10",
        "统一日程",
        "三年级",
    ],
)
def test_no_durations(text: str) -> None:
    """Dates, frequencies without a count and ordinals are not durations."""
    assert not list(find_durations(text))


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("客户满意度调查每年至少进行四次", Fraction(4), "year"),
        ("每月两次", Fraction(2), "month"),
        ("每季度至少一次", Fraction(4), "year"),
        ("每三个月汇总", Fraction(4), "year"),
        ("每半年一次", Fraction(2), "year"),
        ("每 15 天回访", Fraction(1, 15), "day"),
    ],
)
def test_frequency(text: str, value: Fraction, unit: Unit) -> None:
    """A frequency is read with its period; long periods are counted per year."""
    (one,) = find_durations(text)
    assert (one.value, one.unit, one.recurring) == (value, unit, True)


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("电话010-00000000，", "contact", "010-00000000"),
        ("传真（010）00000000", "contact", "（010）00000000"),
        ("手机10000000000转", "contact", "10000000000"),
        ("邮箱help@sample.example.com。", "contact", "help@sample.example.com"),
        ("内线：８００１", "contact", "8001"),
        ("转 801", "contact", "801"),
        ("2010 年 4 月 29 日", "date", "2010 年 4 月 29 日"),
        ("GB/T 27065", "designation", "GB/T 27065"),
        ("4S 店", "designation", "4S"),
        ("第 7 条", "reference", "第 7 条"),
        ("办法：1）登记", "reference", "1"),
        ("第一级", "ordinal", "第一级"),
        ("由 3 人组成", "count", "3"),
        ("拨打12345", "count", "12345"),
    ],
)
def test_numbers(text: str, kind: str, words: str) -> None:
    """Each number has one kind: contact, date, designation, ordinal, count and so on."""
    assert [(one.kind, one.words) for one in find_numbers(text)] == [(kind, words)]


def test_procedure_markdown_is_sanitised() -> None:
    """A procedure text cannot contain a script, and every clause has an anchor."""
    text = "2.1 甲<script>alert(1)</script> [乙](javascript:alert(1))"
    html = render_procedure(text).html({"drawn.2.1": "事实"})
    assert html == (
        '<p class="clause" id="clause-2.1"><a class="clause-number" href="#clause-2.1">2.1</a> '
        "甲 <a>乙</a></p>\n<div>事实</div>"
    )


def test_numerals() -> None:
    """Numerals below a thousand have their value; anything else has none."""
    digits = "零一二三四五六七八九"

    def written(number: int) -> str:
        hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
        gap = "零" if hundreds and not tens and ones else ""
        return (
            (f"{digits[hundreds]}百" if hundreds else "")
            + (f"{digits[tens]}十" if tens else gap)
            + (digits[ones] if ones else "")
        )

    assert [numeral(written(number)) for number in range(1, 1000)] == list(range(1, 1000))
    spoken = {"十": 10, "十五": 15, "两": 2, "二〇": 20, "一百二": 120, "百": None, "十零": None}
    assert {words: numeral(words) for words in spoken} == spoken
    assert [numeral(words) for words in ("十百", "一百零十", "一百零", "二十三十")] == [None] * 4


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
