"""Finds times of day: 8:30至17:00, 下午五点半, 10am to noon, 5.30 p.m."""

import re
from collections.abc import Iterator
from fractions import Fraction

from site_src.lazy_patterns import LazyPattern
from site_src.numbers.grammar import Number
from site_src.numbers.numerals import read_number

_CLOCK = r"(?<![0-9A-Za-z:：.])(?P<hour>[01]?[0-9]|2[0-4])[:：](?P<minute>[0-5][0-9])(?![0-9:：])"
_HOUR = "[01]?[0-9]|2[0-4]|[零一二两三四五六七八九]|十[一二]?|二?十[一二三四五六七八九]?"
_MINUTE = "[0-5]?[0-9]|[零一二三四五]?十?[一二三四五六七八九]?"
_UNTIL = r"[-—–～~至到]"
_PART = "凌晨|清晨|早上|早晨|早|上午|中午|午间|下午|午后|傍晚|晚上|晚间|夜间|夜里|晚"
_CHINESE = LazyPattern(
    rf"(?:(?P<part>{_PART})\s*)?(?:{_CLOCK}"
    rf"|(?<![0-9零一二两三四五六七八九十以第])(?P<hour_only>{_HOUR})\s*(?P<mark>[点时])(?!间|内|候|期|段|效|限|刻)"
    rf"(?:(?P<half>半)|(?P<whole>整|钟)|\s*(?P<minute_only>{_MINUTE})\s*分(?!钟))?)"
    r"|(?P<noon>正午)"
)
_AFTER = LazyPattern(
    rf"\s*(?:{_UNTIL}+\s*(?:{_PART})?\s*(?:[0-9]|[零一二两三四五六七八九十]+[点时])|前|后|以前|之前|以后|之后|止|开始|起|为止|上班|下班|开门|关门)"
)
_BEFORE = LazyPattern(rf"(?:{_UNTIL}|[于在至到截])\s*$")
_RANGE = LazyPattern(rf"\s*{_UNTIL}+\s*")
_AFTERNOON = ("下午", "午后", "傍晚", "晚上", "晚间", "夜间", "夜里", "晚")
_HOUR_OF_DAY, _NOON, _DAY = 60, 12 * 60, 24 * 60

_MERIDIEM = r"(?P<meridiem>[ap]\.?\s?m\b\.?)"
_ENGLISH_HOUR = r"(?P<hour>1[0-2]|0?[1-9])(?:[:.](?P<minute>[0-5][0-9]))?"
_ENGLISH = LazyPattern(
    rf"(?<![\w:.,£$€])(?:{_ENGLISH_HOUR}\s*(?:{_MERIDIEM}|(?P<clock>o['’]clock\b))"
    r"|(?P<day_hour>[01]?[0-9]|2[0-4])[:](?P<day_minute>[0-5][0-9])(?![0-9:])"
    r"|(?:12\s+)?(?P<named>noon|midday|midnight)\b"
    r"|(?P<clock_hour>[01]?[0-9]|2[0-4])(?=\s*(?:-|–|to)\s*[0-9]{1,2}\s+(?:[A-Z]\w+\s+)?time\b)"
    r"|(?<=[0-9] to )(?P<clock_last>[01]?[0-9]|2[0-4])(?=\s+(?:[A-Z]\w+\s+)?time\b)"
    rf"|(?P<first>1[0-2]|0?[1-9])(?:[:.](?P<first_minute>[0-5][0-9]))?"
    rf"(?=\s*(?:-|–|—|to|until|and)\s*(?P<last>1[0-2]|0?[1-9])(?:[:.][0-5][0-9])?\s*(?P<last_meridiem>[ap])\.?\s?m\b))",
    re.IGNORECASE,
)


def chinese_times(text: str) -> Iterator[Number]:
    """Every time of day; the second of a range is in the part of day of the first."""
    part, before = "", -1
    for match in _CHINESE.finditer(text):
        follows = before >= 0 and _RANGE.fullmatch(text, before, match.start()) is not None
        if match["hour_only"] and not (follows or _is_time(match)):
            continue
        part = match["part"] or (part if follows else "")
        before = match.end()
        if match["noon"]:
            minutes = Fraction(_NOON)
        else:
            hour = read_number(match["hour"] or match["hour_only"])
            minute = read_number(match["minute"] or match["minute_only"] or "0")
            if hour is None or minute is None:
                continue
            minutes = hour * _HOUR_OF_DAY + (Fraction(30) if match["half"] else minute)
        if (part in _AFTERNOON and minutes <= _NOON) or (
            part in ("中午", "午间") and minutes < _NOON - 2 * _HOUR_OF_DAY
        ):
            minutes += _NOON
        yield Number("time", int(minutes) % _DAY, match[0], *match.span())


def _is_time(match: re.Match[str]) -> bool:
    """Whether 三点 or 3 时 is a time, not three points."""
    if match["part"] or match["half"] or match["whole"] or match["minute_only"]:
        return True
    digits, before = match["hour_only"].isdecimal(), match.string[: match.start()]
    if match["mark"] == "时" and digits:
        return True
    if match["hour_only"] == "一" and not before.endswith(("至", "到")):
        return False
    return bool(_AFTER.match(match.string, match.end()) or (digits and _BEFORE.search(before)))


def english_times(text: str) -> Iterator[Number]:
    """Every time of day; in 9–5pm the first hour is in the morning, in 2–5pm it is not."""
    for match in _ENGLISH.finditer(text):
        if match["named"]:
            minutes = 0 if match["named"].lower() == "midnight" else _NOON
        elif match["clock_hour"] or match["clock_last"]:
            minutes = int(match["clock_hour"] or match["clock_last"]) * _HOUR_OF_DAY
        elif match["day_hour"]:
            minutes = int(match["day_hour"]) * _HOUR_OF_DAY + int(match["day_minute"])
        elif match["first"]:
            first, last = int(match["first"]) % 12, int(match["last"]) % 12
            afternoon = match["last_meridiem"].lower() == "p" and first <= last
            minutes = first * _HOUR_OF_DAY + int(match["first_minute"] or 0) + _NOON * afternoon
        else:
            afternoon = (match["meridiem"] or "").lower().startswith("p")
            hour = int(match["hour"]) if match["clock"] else int(match["hour"]) % 12
            minutes = hour * _HOUR_OF_DAY + int(match["minute"] or 0) + _NOON * afternoon
        yield Number("time", minutes % _DAY, match[0], *match.span())
