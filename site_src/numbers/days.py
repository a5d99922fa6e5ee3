"""Reads calendar days: 2010年4月29日, 二〇一〇年四月二十九日, 2010.04.29, 29 April 2010."""

from collections.abc import Iterator
from datetime import date

from site_src.numbers.chinese import CHINESE
from site_src.numbers.grammar import Grammar


def find_days(text: str, grammar: Grammar = CHINESE) -> Iterator[date]:
    """Every day that the text names with year, month and day."""
    for number in grammar.dates(text):
        if isinstance(number.key, tuple) and None not in number.key:
            try:
                yield date(*number.key)
            except ValueError:
                continue
