"""Finds every number in a text and classifies it, for example as a contact, date or duration."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from site_src.numbers.durations import (
    Duration,
    Span,
    find_dates,
    find_durations,
    narrow_digits,
    read_number,
)

NumberKind = Literal["date", "contact", "designation", "duration", "reference", "ordinal", "count"]
"""`designation` is a name that contains a number: GB/T 27065, 4S. `reference` is 第 7 条 or the
1） of a list, `ordinal` is 第一级, and `count` is any other Arabic number."""

_EMAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_TELEPHONE = re.compile(
    r"(?<![0-9A-Za-z-])(?:\+[0-9]{1,3}[ -]?)?(?:[(（]0[0-9]{2,3}[)）]\s?)?"
    r"[0-9]{2,}(?:[- ][0-9]{2,})*(?![0-9A-Za-z-])"
)
_EXTENSION = re.compile(r"(?:分机|内线|转)[号码：:为是\s)）]*(?P<number>[0-9]{2,6})(?![0-9])")
_DESIGNATION = re.compile(
    r"[A-Z]{2,}(?:/[A-Z]{1,3})?[ -]?[0-9]+(?:[.:—-][0-9]+)*|[A-Za-z]+[0-9]+|[0-9]+[A-Za-z]+"
)
_NUMERAL = r"[0-9]+|[零〇一二两三四五六七八九十百]+"
_REFERENCE = re.compile(
    rf"第\s*(?:{_NUMERAL})\s*[条章节款项]"
    r"|(?<![0-9A-Za-z\u4e00-\u9fff])[0-9]{1,2}(?=[)）、])"
)
_ORDINAL = re.compile(rf"第\s*(?P<number>{_NUMERAL})\s*(?P<noun>[\u4e00-\u9fff]?)")
_COUNT = re.compile(r"[0-9]+(?:\.[0-9]+)*")
_ANY = re.compile(r"[0-9零〇一二两三四五六七八九十百半@]")
_SHORTEST_TELEPHONE = 7
"""In digits; shorter numbers, such as hotlines, are counts, which a channel must contain."""


@dataclass(frozen=True)
class Number:
    """A number as the text says it; `key` is equal for equal numbers in any notation."""

    kind: NumberKind
    key: object
    words: str
    start: int
    end: int


@dataclass(frozen=True)
class Grammar:
    """How a language writes numbers; `extension` and `ordinal` capture a group `number`."""

    dates: Callable[[str], Iterator[Span]]
    durations: Callable[[str], Iterator[Duration]]
    extension: re.Pattern[str]
    reference: re.Pattern[str]
    ordinal: re.Pattern[str]


CHINESE = Grammar(find_dates, find_durations, _EXTENSION, _REFERENCE, _ORDINAL)


def find_numbers(text: str, grammar: Grammar = CHINESE) -> tuple[Number, ...]:
    """Every number of the text; a part of a number, such as a date's year, is not listed."""
    plain = narrow_digits(text)
    if grammar is CHINESE and not _ANY.search(plain):
        return ()
    taken = bytearray(len(plain))
    numbers: list[Number] = []
    for read in (_dates, _contacts, _designations, _durations, _references, _ordinals, _counts):
        free = [
            number for number in read(plain, grammar) if not any(taken[number.start : number.end])
        ]
        for number in free:
            taken[number.start : number.end] = b"\1" * (number.end - number.start)
        numbers.extend(free)
    return tuple(numbers)


def _dates(text: str, grammar: Grammar) -> Iterator[Number]:
    for start, end in grammar.dates(text):
        yield _number("date", text, start, end)


def _contacts(text: str, grammar: Grammar) -> Iterator[Number]:
    for match in _EMAIL.finditer(text):
        yield _number("contact", text, *match.span())
    for match in grammar.extension.finditer(text):
        yield _number("contact", text, *match.span("number"))
    for match in _TELEPHONE.finditer(text):
        if sum(character.isdecimal() for character in match[0]) >= _SHORTEST_TELEPHONE:
            yield _number("contact", text, *match.span())


def _designations(text: str, _: Grammar) -> Iterator[Number]:
    for match in _DESIGNATION.finditer(text):
        yield _number("designation", text, *match.span())


def _durations(text: str, grammar: Grammar) -> Iterator[Number]:
    for duration in grammar.durations(text):
        yield Number("duration", duration.length, duration.words, duration.start, duration.end)


def _references(text: str, grammar: Grammar) -> Iterator[Number]:
    for match in grammar.reference.finditer(text):
        yield _number("reference", text, *match.span())


def _ordinals(text: str, grammar: Grammar) -> Iterator[Number]:
    for match in grammar.ordinal.finditer(text):
        key = (read_number(match["number"]), match["noun"])
        yield Number("ordinal", key, match[0], *match.span())


def _counts(text: str, _: Grammar) -> Iterator[Number]:
    for match in _COUNT.finditer(text):
        yield _number("count", text, *match.span())


def _number(kind: NumberKind, text: str, start: int, end: int) -> Number:
    words = text[start:end].strip()
    return Number(kind, words.replace(" ", ""), words, start, end)
