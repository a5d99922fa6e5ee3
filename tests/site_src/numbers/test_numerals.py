"""Numbers have one value in every notation; lengths are equal in every unit."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.model.contract.terms import Unit
from site_src.numbers.chinese import CHINESE
from site_src.numbers.durations import LengthKey, same_length
from site_src.numbers.english import ENGLISH
from site_src.numbers.english_numerals import number_words, read_english_number
from site_src.numbers.grammar import Grammar
from site_src.numbers.numerals import numeral, read_number

_DIGITS = "零一二三四五六七八九"
_FINANCIAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def in_chinese(number: int) -> str:
    """The numeral of a number below a hundred million."""
    if number >= 10_000:
        below = number % 10_000
        zero = "零" if 0 < below < 1000 else ""
        return in_chinese(number // 10_000) + "万" + zero + (in_chinese(below) if below else "")
    words = ""
    gap = False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            words += ("零" if gap and words else "") + _DIGITS[digit] + unit
        gap = not digit
    return words.removeprefix("一") if words.startswith("一十") else words


def in_english(number: int) -> str:
    """The words of a number below a million."""
    if number >= 1000:
        below = number % 1000
        words = f" and {in_english(below)}" if 0 < below < 100 else f" {in_english(below)}"
        return f"{in_english(number // 1000)} thousand{words if below else ''}"
    if number >= 100:
        below = number % 100
        return f"{_ONES[number // 100]} hundred{f' and {in_english(below)}' if below else ''}"
    if number >= 20:
        return _TENS[number // 10] + (f"-{_ONES[number % 10]}" if number % 10 else "")
    return _ONES[number]


NUMBERS = st.one_of(st.integers(1, 400), st.integers(1, 99_999_999))


def keys(text: str, grammar: Grammar) -> list[LengthKey]:
    """The keys of the lengths of a text."""
    return [one.length for one in grammar.durations(text)]


@given(NUMBERS)
def test_chinese_numerals(number: int) -> None:
    """Everyday and financial numerals, digits and digits with commas have the number's value."""
    for words in (
        in_chinese(number),
        in_chinese(number).translate(_FINANCIAL),
        str(number),
        f"{number:,}",
    ):
        assert read_number(words) == number


@given(st.integers(1, 999_999))
def test_english_numerals(number: int) -> None:
    """Words and digits have the number's value, alone and in a sentence."""
    assert read_english_number(in_english(number)) == number
    assert read_english_number(f"{number:,}") == number
    assert list(number_words(f"There are {in_english(number)} of them.")) == [number]


@given(
    st.integers(1, 9999),
    st.sampled_from(
        [
            ("日", "days", "day"),
            ("天", "calendar days", "day"),
            ("个工作日", "working days", "working_day"),
            ("个营业日", "business days", "working_day"),
            ("个小时", "hours", "hour"),
            ("分钟", "minutes", "minute"),
            ("周", "weeks", "week"),
            ("个月", "months", "month"),
            ("年", "years", "year"),
            ("个学期", "school terms", "term"),
        ]
    ),
)
def test_lengths_in_every_notation(number: int, units: tuple[str, str, Unit]) -> None:
    """One length is read in digits, numerals, words and both, in Chinese and in English."""
    chinese, english, unit = units
    length = same_length(number, unit)
    numerals = in_chinese(number)
    for words in (
        str(number),
        str(number).translate(_FULL_WIDTH),
        numerals,
        numerals.translate(_FINANCIAL),
        f"{number}（{numerals}）",
        f"{numerals}({number})",
    ):
        calendar_year = chinese == "年" and number >= 1000 and words.isdecimal()
        assert keys(f"应当在{words}{chinese}内办结", CHINESE) == [length][calendar_year:], words
    for words in (
        str(number),
        f"{number:,}",
        in_english(number),
        f"{in_english(number)} ({number})",
        f"{number} ({in_english(number)})",
        f"{number} further",
        f"{in_english(number)} full",
    ):
        assert keys(f"answers within {words} {english}.", ENGLISH) == [length], words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (same_length(1, "week"), same_length(7, "day")),
        (same_length(24, "month"), same_length(2, "year")),
        (same_length(60, "minute"), same_length(1, "hour")),
        (same_length(Fraction(1, 2), "month"), same_length(15, "day")),
        (same_length(2, "year", True), same_length(1, "month", True, 6)),
        (same_length(1, "week", True, 4), same_length(1, "day", True, 28)),
        (keys("一个季度", CHINESE)[0], same_length(3, "month")),
        (keys("半个月", CHINESE)[0], same_length(15, "day")),
        (keys("每季度", CHINESE)[0], keys("each quarter", ENGLISH)[0]),
        (keys("每学期", CHINESE)[0], keys("once a term", ENGLISH)[0]),
        (keys("每四周", CHINESE)[0], keys("every four weeks", ENGLISH)[0]),
    ],
)
def test_equal_lengths(one: LengthKey, other: LengthKey) -> None:
    """Lengths are equal in any unit; a frequency is equal to the same frequency."""
    assert one == other


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (same_length(24, "hour"), same_length(1, "day")),
        (same_length(5, "day"), same_length(5, "working_day")),
        (same_length(30, "day"), same_length(1, "month")),
        (same_length(1, "month"), same_length(1, "month", True)),
        (keys("两三天", CHINESE)[0], same_length(0, "day")),
    ],
)
def test_different_lengths(one: LengthKey, other: LengthKey) -> None:
    """Hours are no days, days no working days, 30 days no month, and a length no frequency."""
    assert one != other


def test_numerals_that_are_spoken_or_wrong() -> None:
    """Short spoken forms have their value; impossible numerals have none."""
    spoken = {
        "十": 10,
        "十五": 15,
        "两": 2,
        "二〇": 20,
        "一百二": 120,
        "一百十五": 115,
        "一千二": 1200,
        "一万二": 12_000,
        "廿": 20,
        "廿四": 24,
        "卅": 30,
        "卌五": 45,
        "百": None,
        "十零": None,
        "十百": None,
        "一百零十": None,
        "一百零": None,
        "二十三十": None,
        "一千五十": None,
        "万": None,
        "": None,
    }
    assert {words: numeral(words) for words in spoken} == spoken
    mixed = {"200万": 2_000_000, "3.5 万": 35_000, "两三": None, "1.5": Fraction(3, 2)}
    assert {words: read_number(words) for words in mixed} == mixed
