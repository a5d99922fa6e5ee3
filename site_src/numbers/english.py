"""Finds numbers, durations and dates in English, to compare a translation with its procedure."""

import re
from collections.abc import Iterator
from fractions import Fraction

from functions.model.contract.terms import Unit
from site_src.numbers.durations import Duration, Span, frequency, in_unit
from site_src.numbers.numbers import Grammar

_ONES = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES = (
    {word: value for value, word in enumerate(_ONES, start=1)}
    | {word: 10 * value for value, word in enumerate(_TENS, start=2)}
    | {"a": 1, "an": 1, "once": 1, "twice": 2}
)
_ONE = "|".join(reversed(_ONES))
_WORD = rf"(?:{'|'.join(_TENS)})(?:[- ](?:{_ONE}))?|{_ONE}"
_NUMBER = rf"[0-9]+(?:\.[0-9]+)?|{_WORD}|half(?:\s+an?)?|an?"
_AND_A_HALF = r"\s+and\s+a\s+half"
_UNIT = (
    r"(?:(?:working|business|trading|calendar|natural)\s+)?day|hour|minute|week|month|quarter|year"
)
_DURATION = re.compile(
    rf"(?<![\w.-])(?:(?P<other>{_NUMBER})(?:\s*(?:–|to|or|\()|(?<=[0-9])-)\s*)?(?P<number>{_NUMBER})\)?"
    rf"(?P<half_before>{_AND_A_HALF})?[\s-]+(?P<unit>{_UNIT})s?\b(?P<half_after>{_AND_A_HALF})?",
    re.IGNORECASE,
)
_FREQUENCY = re.compile(
    rf"\b(?:(?P<times>once|twice|(?:[0-9]+|{_WORD})\s+times)\s+(?:in\s+)?(?:an?|per|each|every)"
    rf"|(?:every|each)(?=\s+(?:[0-9]+|{_WORD})\s))\s+(?:(?P<every>[0-9]+|{_WORD})\s+)?"
    rf"(?P<unit>{_UNIT})s?\b",
    re.IGNORECASE,
)
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(
    rf"\b(?:[0-9]{{1,2}}\s+)?(?:{_MONTH})\s+[0-9]{{1,2}}(?:,\s*[0-9]{{4}})?\b"
    rf"|\b(?:[0-9]{{1,2}}\s+)?(?:{_MONTH})\s+[0-9]{{4}}\b|\b[0-9]{{1,2}}\s+(?:{_MONTH})\b"
    r"|\b[0-9]{4}[-./][0-9]{1,2}[-./][0-9]{1,2}\b"
)
_UNITS: dict[str, tuple[int, Unit]] = {
    "minute": (1, "minute"),
    "hour": (60, "minute"),
    "day": (1, "day"),
    "calendar day": (1, "day"),
    "natural day": (1, "day"),
    "working day": (1, "working_day"),
    "business day": (1, "working_day"),
    "trading day": (1, "working_day"),
    "week": (7, "day"),
    "month": (1, "month"),
    "quarter": (3, "month"),
    "year": (12, "month"),
}


def number_words(text: str) -> Iterator[int]:
    """The values of numbers written as words, from one to ninety-nine."""
    for match in re.finditer(rf"\b(?:{_WORD})\b", text, re.IGNORECASE):
        yield int(_value(match[0]))


def _find_dates(text: str) -> Iterator[Span]:
    for match in _DATE.finditer(text):
        yield match.span()


def _find_durations(text: str) -> Iterator[Duration]:
    frequencies = list(_FREQUENCY.finditer(text))
    for match in frequencies:
        times = _value((match["times"] or "one").split()[0])
        every = _value(match["every"] or "one")
        value, unit = frequency(times, every, *_UNITS[_normalised(match["unit"])])
        yield Duration(value, unit, match[0], *match.span(), recurring=True)
    for match in _DURATION.finditer(text):
        number_start = match.start("number")
        if any(taken.start() <= number_start < taken.end() for taken in frequencies):
            continue
        half = Fraction(1, 2) if match["half_before"] or match["half_after"] else Fraction(0)
        for name in ("other", "number"):
            if match[name]:
                number = _value(match[name]) + (half if name == "number" else 0)
                value, unit = in_unit(number, *_UNITS[_normalised(match["unit"])])
                yield Duration(value, unit, match[0], *match.span())


def _value(words: str) -> Fraction:
    first, *rest = re.split(r"[-\s]+", words.lower())
    if first == "half":
        return Fraction(1, 2)
    if first[0].isdecimal():
        return Fraction(first)
    return Fraction(_VALUES[first] + sum(_VALUES[word] for word in rest))


def _normalised(unit: str) -> str:
    return " ".join(unit.lower().split())


ENGLISH = Grammar(
    dates=_find_dates,
    durations=_find_durations,
    extension=re.compile(r"\bext(?:ension|\.)?\s*(?:no\.\s*)?(?P<number>[0-9]{2,6})\b", re.I),
    reference=re.compile(
        r"\b(?:article|clause|section|chapter|part|item|paragraph)s?\s+[0-9]+(?:\.[0-9]+)*"
        r"|\(?\b[0-9]{1,2}\)",
        re.IGNORECASE,
    ),
    ordinal=re.compile(r"\b(?P<number>[0-9]+)(?P<noun>st|nd|rd|th)\b"),
)
