"""Reads English numbers: twenty-one, one hundred and twenty, 2,000, half."""

import re
from collections.abc import Iterator
from fractions import Fraction

from site_src.lazy_patterns import LazyPattern

_ONES = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = (
    {word: value for value, word in enumerate(_ONES, start=1)}
    | {word: 10 * value for value, word in enumerate(_TENS, start=2)}
    | {"a": 1, "an": 1, "once": 1, "twice": 2, "and": 0}
)
_SCALES = {"thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}
_ONE = "|".join(reversed(_ONES))
_SMALL = rf"(?:(?:{'|'.join(_TENS)})(?:[-\s](?:{_ONE}))?|{_ONE})"
_HUNDREDS = rf"(?:(?:{_SMALL}|a(?=\s+hundred\b))(?:\s+hundred(?:\s+(?:and\s+)?{_SMALL})?)?)"

WORDS = rf"(?:(?:{_HUNDREDS}|a(?=\s+thousand\b))(?:\s+thousand(?:(?:,|\s+and)?\s+{_HUNDREDS})?)?)"
"""A number in words, from one to 999,999."""

_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
    "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth",
    "seventeenth", "eighteenth", "nineteenth",
)  # fmt: skip
_TENTHS = tuple(f"{word.removesuffix('y')}ieth" for word in _TENS)
_RANKS = {word: value for value, word in enumerate(_ORDINALS, start=1)} | {
    word: 10 * value for value, word in enumerate(_TENTHS, start=2)
}
_RANK = "|".join(sorted(_RANKS, key=len, reverse=True))

ORDINAL = rf"(?:[0-9]+(?:st|nd|rd|th)|(?:(?:{'|'.join(_TENS)})[-\s])?(?:{_RANK}))"
"""The place of something in order, from first to ninety-ninth."""

_NUMBER_WORDS = LazyPattern(rf"\b{WORDS}\b", re.IGNORECASE)


def number_words(text: str) -> Iterator[int]:
    """The values of the numbers written as words."""
    for match in _NUMBER_WORDS.finditer(text):
        yield int(read_english_number(match[0]))


def read_english_number(words: str) -> Fraction:
    """The value of digits or of number words, among them `a`, `half a`, `once` and `twice`."""
    first, *rest = re.split(r"[-,\s]+", words.lower()) if words[0].isalpha() else [words]
    if first == "half":
        return Fraction(1, 2)
    if first[0].isdecimal():
        return Fraction(first.replace(",", ""))
    total = current = 0
    for word in (first, *rest):
        if word == "hundred":
            current *= 100
        elif word in _SCALES:
            total, current = total + current * _SCALES[word], 0
        else:
            current += _VALUES[word]
    return Fraction(total + current)


def read_english_ordinal(words: str) -> int:
    """The value of an ordinal in figures or in words."""
    if words[0].isdecimal():
        return int(words[:-2])
    *tens, last = re.split(r"[-\s]+", words.lower())
    return _RANKS[last] + sum(_VALUES[word] for word in tens)
