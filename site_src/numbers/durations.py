"""Finds durations in Chinese text: digits or Chinese numerals, with their units and halves."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from functions.model.contract.terms import Unit
from site_src.numbers.numerals import numeral

_CHINESE = "零〇一二两三四五六七八九十百"
_NUMBER = rf"[0-9]+(?:\.[0-9]+)?|[{_CHINESE}]+|半"
_DURATION = re.compile(
    rf"(?P<no_length>[每第]\s*)?(?<![0-9.{_CHINESE}统唯同任之])"
    rf"(?:(?P<other>{_NUMBER})\s*(?:[-—–~～至到]|[（(])\s*)?"  # 3-5天, 三至五天, 十五（15）日
    rf"(?P<number>{_NUMBER})\s*"
    r"(?P<half_before>个?半)?(?:个|）|\))?\s*"
    r"(?P<unit>(?:法定)?工作日|交易日|(?:自然|日历)[日天]|小时|钟头|分钟|刻钟|星期|礼拜"
    r"|周(?![边期到围转密知末])|季度|年(?![度级龄份报轻])|月(?!份)|天(?![然气])|日(?![期常程报志益]))"
    r"(?P<half_after>半)?"
)
_DATE = re.compile(
    r"[0-9]{4}\s*年\s*(?:[0-9]{1,2}\s*月\s*(?:[0-9]{1,2}\s*[日号])?)?"
    rf"|[零〇一二三四五六七八九]{{4}}年(?:[{_CHINESE}]{{1,2}}月(?:[{_CHINESE}]{{1,3}}[日号])?)?"
    r"|[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*[日号]"
    rf"|每个?月\s*(?:[0-9]{{1,2}}|[{_CHINESE}]{{1,3}})\s*[日号]"
    r"|[0-9]{4}[-./][0-9]{1,2}[-./][0-9]{1,2}"
    r"|[0-9]{1,2}\s*月(?![之以]?内)"
)
_WITHIN = re.compile(r"[之以]?内")
_FREQUENCY = re.compile(
    rf"每\s*(?P<every>{_NUMBER})?\s*个?(?P<unit>年|季度?|月|星期|礼拜|周|(?:法定)?工作日|天|日)"
    rf"(?:[^，。；、\n]{{0,12}}?(?P<number>[0-9]+|[{_CHINESE}]+)\s*次)?"
)
_APPROXIMATE = re.compile(r"[一二两三四五六七八九]{2}")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.")

Span = tuple[int, int]


@dataclass(frozen=True)
class Duration:
    """A length of time as the text says it; `start` and `end` are offsets in the text.

    No limit can equal a `value` of 0 or a fraction, as in 两三天 and 半个工作日.
    """

    value: Fraction
    unit: Unit
    words: str
    start: int
    end: int
    recurring: bool = False

    @property
    def length(self) -> tuple[Fraction, str, bool]:
        """A key that is equal for equal lengths, such as one hour and 60 minutes."""
        return same_length(self.value, self.unit, self.recurring)


def same_length(
    value: int | Fraction, unit: Unit, recurring: bool = False
) -> tuple[Fraction, str, bool]:
    """A key: the length in its smallest unit; a frequency equals only the same frequency."""
    factor, smallest = {"hour": (60, "minute"), "year": (12, "month")}.get(unit, (1, unit))
    if recurring:
        return Fraction(value), unit, True
    return Fraction(value) * factor, smallest, False


def narrow_digits(text: str) -> str:
    """The text with ASCII digits in place of full-width ones; offsets stay the same."""
    return text.translate(_FULL_WIDTH)


def find_dates(text: str) -> Iterator[Span]:
    """The spans of calendar dates, including dates without a year or a month."""
    for match in _DATE.finditer(narrow_digits(text)):
        yield match.span()


def find_durations(text: str) -> Iterator[Duration]:
    """Every duration and frequency in `text`, without calendar dates and ordinals."""
    plain = narrow_digits(text)
    frequencies = [
        duration for match in _FREQUENCY.finditer(plain) for duration in _read_frequency(match)
    ]
    yield from frequencies
    taken = [*find_dates(plain), *((duration.start, duration.end) for duration in frequencies)]
    for match in _DURATION.finditer(plain):
        if not any(start <= match.start("number") < end for start, end in taken):
            yield from _read_duration(match)


def _read_frequency(match: re.Match[str]) -> Iterator[Duration]:
    """The number of times per unit; longer periods count per year: 每季度一次 is 4 a year.

    `每三个月` alone means once in that time; `每月` alone gives no number and yields nothing.
    """
    every = read_number(match["every"] or "1")
    if not match["number"] and every == 1:
        return
    times = read_number(match["number"] or "1")
    value, unit = frequency(times, every, *_UNITS[match["unit"].removesuffix("度")])
    yield Duration(value, unit, match[0], *match.span(), recurring=True)


def frequency(times: Fraction, every: Fraction, factor: int, unit: Unit) -> tuple[Fraction, Unit]:
    """Converts `times` in `every` × `factor` units to times in one unit, and names that unit."""
    every *= factor
    if unit == "month" and every != 1:
        times, unit = times * 12, "year"
    return (times / every if every else Fraction(0)), unit


def _read_duration(match: re.Match[str]) -> Iterator[Duration]:
    unit = match["unit"].removesuffix("度")
    if unit == "月" and "个" not in match[0] and not _WITHIN.match(match.string, match.end()):
        return
    half = Fraction(1, 2) if match["half_before"] or match["half_after"] else Fraction(0)
    numbers = {name: match[name] for name in ("other", "number") if match[name]}
    if match["no_length"]:
        del numbers[next(iter(numbers))]
    for name, words in numbers.items():
        number = read_number(words) + (half if name == "number" else 0)
        value, base = in_unit(number, *_UNITS[unit])
        start = match.start(next(iter(numbers)))
        yield Duration(value, base, match.string[start : match.end()], start, match.end())


def read_number(words: str) -> Fraction:
    """The value of digits, Chinese numerals or 半; 0 if they give no exact number (两三天)."""
    if words == "半":
        return Fraction(1, 2)
    if words[0].isdecimal():
        return Fraction(words)
    if _APPROXIMATE.search(words):
        return Fraction(0)
    return Fraction(numeral(words) or 0)


_UNITS: dict[str, tuple[int, Unit]] = {
    "工作日": (1, "working_day"),
    "法定工作日": (1, "working_day"),
    "交易日": (1, "working_day"),
    "小时": (60, "minute"),
    "钟头": (60, "minute"),
    "分钟": (1, "minute"),
    "刻钟": (15, "minute"),
    "星期": (7, "day"),
    "礼拜": (7, "day"),
    "周": (7, "day"),
    "季": (3, "month"),
    "年": (12, "month"),
    "月": (1, "month"),
    "天": (1, "day"),
    "日": (1, "day"),
    "自然日": (1, "day"),
    "自然天": (1, "day"),
    "日历日": (1, "day"),
    "日历天": (1, "day"),
}


def in_unit(number: Fraction, factor: int, base: Unit) -> tuple[Fraction, Unit]:
    """The number in the largest unit that keeps it whole; half a month is 15 days."""
    value = number * factor
    if base == "month" and value == Fraction(1, 2):
        return Fraction(15), "day"
    if base == "day" and value.denominator == 2:
        return value * 24, "hour"
    if base == "minute" and value % 60 == 0:
        return value / 60, "hour"
    if base == "month" and value % 12 == 0:
        return value / 12, "year"
    return value, base
