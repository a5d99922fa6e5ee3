"""Finds calendar dates in English text: 1 May 2026, 30 September, the 15th of each month."""

import re
from collections.abc import Iterator

from site_src.lazy_patterns import LazyPattern
from site_src.numbers.grammar import Number

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTH = "|".join(rf"{name}|{name[:3]}\b\.?" for name in _MONTHS) + r"|Sept\b\.?"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?"
_DATE = LazyPattern(
    rf"\b(?:(?P<first>{_DAY})\s*(?:-|–|—|to|and|or)\s*)?(?P<day>{_DAY})(?:\s+day)?(?:\s+of)?\s+"
    rf"(?P<month>{_MONTH})(?:,?\s+(?P<year>[0-9]{{4}}))?\b"
    rf"|\b(?P<us_month>{_MONTH})\s+(?P<us_day>{_DAY})\b(?:,?\s+(?P<us_year>[0-9]{{4}})\b)?"
    rf"|\b(?P<only_month>{_MONTH})\s+(?P<month_year>[0-9]{{4}})\b"
    r"|(?<![0-9.-])(?P<iso_year>[0-9]{4})(?P<mark>[-./])(?P<iso_month>[0-9]{1,2})(?P=mark)"
    r"(?P<iso_day>[0-9]{1,2})(?![0-9])"
    r"|\b(?P<monthly_day>[0-9]{1,2}(?:st|nd|rd|th))(?:\s+day)?\s+of\s+(?:each|every|the|that|a)"
    r"(?:\s+(?:next|following|same))?\s+(?:calendar\s+)?month\b"
    r"|(?:(?<=\bin )|(?<=\bAct )|(?<=\bRegulations )|(?<=\bOrder )|(?<=\bCode ))"
    r"(?P<only_year>(?:19|20)[0-9]{2})(?![0-9.,-]*[0-9])\b"
)
_SPELT_DAY = LazyPattern(r"[0-9]+")


def find_english_dates(text: str) -> Iterator[Number]:
    """Every calendar date, including dates without a year or a month."""
    for match in _DATE.finditer(text):
        year = match["year"] or match["us_year"] or match["month_year"] or match["iso_year"]
        day = match["day"] or match["us_day"] or match["iso_day"] or match["monthly_day"]
        month = _month(match)
        key_year = _value(year or match["only_year"])
        if match["first"]:
            key = (key_year, month, _value(match["first"]))
            yield Number("date", key, match["first"], match.start(), match.start("day"))
        start = match.start("day") if match["first"] else match.start()
        key = (key_year, month, _value(day))
        yield Number("date", key, match.string[start : match.end()], start, match.end())


def _month(match: re.Match[str]) -> int | None:
    if match["iso_month"]:
        return int(match["iso_month"])
    name = match["month"] or match["us_month"] or match["only_month"]
    prefixes = [month[:3] for month in _MONTHS]
    return prefixes.index(name[:3]) + 1 if name else None


def _value(words: str | None) -> int | None:
    digits = _SPELT_DAY.match(words) if words else None
    return int(digits[0]) if digits else None
