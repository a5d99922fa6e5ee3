"""Finds durations in Chinese text: digits or Chinese numerals, with their units and halves."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from functions.contract import Unit
from site_src.numeral import numeral

_NUMBER = r"[0-9]+|[零〇一二两三四五六七八九十百]+|半"
_DURATION = re.compile(
    rf"(?<![每第])(?P<number>{_NUMBER})\s*"
    r"(?P<half_before>个?半)?(?:个|）|\))?\s*"
    r"(?P<unit>工作日|交易日|小时|钟头|分钟|刻钟|星期|周|季度|年|月|天|日)"
    r"(?P<half_after>半)?"
)
_DATE = re.compile(
    r"[0-9]{4}\s*年\s*(?:[0-9]{1,2}\s*月\s*(?:[0-9]{1,2}\s*[日号])?)?"
    r"|[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*[日号]"
    r"|[0-9]{4}[-./][0-9]{1,2}[-./][0-9]{1,2}"
)
_WITHIN = re.compile(r"(?:之|以)?内")


_FREQUENCY = re.compile(
    r"每(?P<unit>年|个?月)[^，。；、\n]{0,12}?(?P<number>[0-9]+|[一二两三四五六七八九十百]+)\s*次"
)


@dataclass(frozen=True)
class Duration:
    """A length of time as the text says it; `start` and `end` are offsets in the text."""

    value: int
    unit: Unit
    words: str
    start: int
    end: int
    recurring: bool = False

    def same(self, value: int, unit: Unit, recurring: bool = False) -> bool:
        """Whether it is the same; hours and minutes, months and years convert."""
        if self.recurring or recurring:
            return (self.value, self.unit, self.recurring) == (value, unit, recurring)
        return _normal(self.value, self.unit) == _normal(value, unit)


def find_durations(text: str) -> Iterator[Duration]:
    """Every duration and frequency in `text`; calendar dates are none."""
    for match in _FREQUENCY.finditer(text):
        unit: Unit = "year" if match["unit"] == "年" else "month"
        if times := numeral(match["number"]):
            yield Duration(times, unit, match[0], match.start(), match.end(), recurring=True)
    dates = [match.span() for match in _DATE.finditer(text)]
    for match in _DURATION.finditer(text):
        if any(start <= match.start() < end for start, end in dates):
            continue
        if duration := _read(match):
            yield duration


def _read(match: re.Match[str]) -> Duration | None:
    unit, words, number = match["unit"], match[0], match["number"]
    if unit == "月" and "个" not in words and not _WITHIN.match(match.string, match.end()):
        return None
    half = number == "半" or bool(match["half_before"] or match["half_after"])
    whole = 0 if number == "半" else numeral(number)
    if whole is None:
        return None
    found = _in_unit(2 * whole + half, unit)
    if found is None:
        return None
    return Duration(*found, words=words, start=match.start(), end=match.end())


_UNITS: dict[str, tuple[int, Unit]] = {
    "工作日": (1, "working_day"),
    "交易日": (1, "working_day"),
    "小时": (60, "minute"),
    "钟头": (60, "minute"),
    "分钟": (1, "minute"),
    "刻钟": (15, "minute"),
    "星期": (7, "day"),
    "周": (7, "day"),
    "季度": (3, "month"),
    "年": (12, "month"),
    "月": (1, "month"),
    "天": (1, "day"),
    "日": (1, "day"),
}


def _in_unit(doubled: int, unit: str) -> tuple[int, Unit] | None:
    factor, base = _UNITS[unit]
    if unit == "月" and doubled == 1:
        return 15, "day"
    if doubled * factor % 2:
        return None
    value = doubled * factor // 2
    if base == "minute" and value % 60 == 0:
        return value // 60, "hour"
    if base == "month" and value % 12 == 0:
        return value // 12, "year"
    return value, base


def _normal(value: int, unit: Unit) -> tuple[int, Unit]:
    match unit:
        case "hour":
            return value * 60, "minute"
        case "year":
            return value * 12, "month"
        case _:
            return value, unit
