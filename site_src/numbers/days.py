"""Reads calendar days: 2010年4月29日, 二〇一〇年四月二十九日, 2010.04.29."""

import re
from collections.abc import Iterator
from datetime import date

from site_src.numbers.durations import find_dates, narrow_digits
from site_src.numbers.numerals import numeral

_PART = re.compile(r"[0-9]+|[零〇一二三四五六七八九十]+")


def find_days(text: str) -> Iterator[date]:
    """Every day that the text names with year, month and day."""
    plain = narrow_digits(text)
    for start, end in find_dates(plain):
        parts = [_value(part) for part in _PART.findall(plain[start:end])]
        if len(parts) == 3:
            try:
                yield date(*parts)
            except ValueError:
                continue


def _value(part: str) -> int:
    return int(part) if part.isascii() else numeral(part) or 0
