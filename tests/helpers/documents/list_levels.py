"""Chooses an automatic list for each number of a procedure, as an author would in Word."""

import re
from dataclasses import dataclass, field

from site_src.numbers.numerals import read_number

_STYLES = (
    (re.compile(r"第\s*([^章节编条\d]+|\d+)\s*(章|节|编|条|部分)"), "第%1{2}"),
    (re.compile(r"([零〇一二三四五六七八九十百]+)、"), "%1、"),
    (re.compile(r"([（(])([零〇一二三四五六七八九十百]+)([）)])"), "{1}%1{3}"),
    (re.compile(r"([（(])(\d+|[a-z])([）)])"), "{1}%1{3}"),
    (re.compile(r"(\d+)([）)])"), "%1{2}"),
    (re.compile(r"([①-⑳])"), "%1"),
)
_DECIMAL = re.compile(r"(\d+(?:\.\d+)*)([.、]?)")


@dataclass(frozen=True)
class AutomaticLevel:
    """A level of an automatic list.

    `list` names the list, `level` counts from 0, `pattern` has %1 to %9 for the numbers of the
    levels, `format` is the one of ECMA-376 or, for decimal levels, the same; `start` is where it
    must begin anew, None if it goes on by itself.
    """

    list: str
    level: int
    pattern: str
    format: str
    start: int | None


@dataclass
class ListLevels:
    """Follows the counters of each list, as a word processor does."""

    _counts: dict[str, list[int]] = field(default_factory=dict)

    def level(self, label: str, heading: bool) -> AutomaticLevel | None:
        """The list for a number, or None if none can show it, so that it is typed."""
        decimal = _DECIMAL.fullmatch(label)
        if decimal:
            numbers = [int(part) for part in decimal[1].split(".")]
            level, mark = len(numbers) - 1, decimal[2]
            counts = self._counts.setdefault("decimal", [])
            if level and counts[:level] != numbers[:-1]:
                return None
            pattern = ".".join(f"%{at}" for at in range(1, level + 2)) + mark
            name = f"decimal{mark if not level else ''}{'h' if heading and not level else ''}"
            return self._next("decimal", name, level, numbers[-1], pattern, "decimal")
        for regex, shape in _STYLES:
            match = regex.fullmatch(label)
            if match is None:
                continue
            groups = ["", *match.groups()]
            pattern = shape.format(*groups)
            number = next(group for group in groups if group and _value(group)[0])
            value, format = _value(number)
            return self._next(pattern + format, pattern + format, 0, value, pattern, format)
        return None

    def _next(
        self, counters: str, name: str, level: int, value: int, pattern: str, format: str
    ) -> AutomaticLevel:
        counts = self._counts.setdefault(counters, [])
        expected = counts[level] + 1 if level < len(counts) else 1
        counts[level:] = [value]
        return AutomaticLevel(name, level, pattern, format, None if value == expected else value)


def _value(words: str) -> tuple[int, str]:
    """The value of a number and its format; 0 for what is no number."""
    if words.isdecimal():
        return int(words), "decimal"
    if "①" <= words <= "⑳":
        return ord(words) - ord("①") + 1, "decimalEnclosedCircle"
    if re.fullmatch("[a-z]", words):
        return ord(words) - ord("a") + 1, "lowerLetter"
    if re.fullmatch("[零〇一二三四五六七八九十百]+", words):
        return int(read_number(words) or 0), "chineseCountingThousand"
    return 0, ""
