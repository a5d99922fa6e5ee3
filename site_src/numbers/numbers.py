"""Finds every number in a text and classifies it, for example as a contact, date or duration."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache, partial

from functions.model.language import Language
from site_src.lazy_patterns import LazyPattern
from site_src.numbers.chinese import CHINESE
from site_src.numbers.durations import first_readings, narrow_digits, same_length
from site_src.numbers.english import ENGLISH
from site_src.numbers.grammar import Grammar, Number, NumberKind
from site_src.numbers.punctuation import wide_punctuation

_EMAIL = LazyPattern(r"(?<![A-Za-z0-9._+-])[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_TELEPHONE = LazyPattern(
    r"(?<![0-9A-Za-z-])(?:\+[0-9]{1,3}[ -]?)?(?:[(（]0[0-9]{2,3}[)）]\s?)?"
    r"[0-9]{2,}(?:[- ][0-9]{2,})*(?![0-9A-Za-z-])"
)
_DESIGNATION = LazyPattern(
    r"[A-Z]{2,}(?:/[A-Z]{1,3})?[ -]?[0-9]+(?:[.:—-][0-9]+)*|[A-Za-z]+[0-9]+|[0-9]+[A-Za-z]+"
)
_ROUND_THE_CLOCK = LazyPattern(
    r"(?<![0-9/.])(?:24\s*/\s*7(?![0-9/.])|7\s*[×xX*]\s*24(?![0-9])\s*(?:小时|hours?\b|h\b)?)"
)
_ANY = LazyPattern(
    r"[0-9０-９零〇一二两三四五六七八九十百半@当次翌隔同即每逐按廿卅卌壹贰叁肆伍陆柒捌玖拾午]"
)
_SHORTEST_TELEPHONE = 7
"""In digits; shorter numbers, such as hotlines, are counts, which a channel must contain."""

_STANDARD = LazyPattern(
    r"(?<![A-Za-z])(?:GB|ISO|IEC|EN|CNAS|RB|DIN)(?:/[A-Z]{1,3})*[ -]?[0-9]+"
    r"|\b(?:Directive|Regulation)\s+(?:\([A-Z]+\)\s*)?(?:No\.?\s*)?[0-9]+/[0-9]+(?:/[A-Z]+)?"
)


GRAMMARS: Mapping[Language, Grammar] = {"zh-CN": CHINESE, "en": ENGLISH}
"""The languages whose numbers can be read; of others only contacts are."""


def grammar_of(language: Language) -> Grammar:
    """How that language writes numbers; others are read as Chinese, for their contacts."""
    return GRAMMARS.get(language, CHINESE)


@lru_cache(maxsize=1024)
def find_numbers(text: str, grammar: Grammar = CHINESE) -> tuple[Number, ...]:
    """Every number of the text; a part of a number, such as a date's year, is not listed.

    Cached: several rules read the same clause, and editions share most clauses.
    """
    plain = narrow_digits(text if grammar is ENGLISH else wide_punctuation(text))
    if grammar is CHINESE and not _ANY.search(plain):
        return ()
    readers = (
        _emails,
        _standards,
        _dates,
        _amounts,
        _times,
        _telephones,
        _round_the_clock,
        _durations,
        _references,
        _ordinals,
        _designations,
        _counts,
    )
    return tuple(first_readings(plain, [partial(read, grammar=grammar) for read in readers]))


def _emails(text: str, grammar: Grammar) -> Iterator[Number]:
    for match in _EMAIL.finditer(text):
        yield _number("contact", match, *match.span())


def _standards(text: str, grammar: Grammar) -> Iterator[Number]:
    for match in _STANDARD.finditer(text):
        whole = _DESIGNATION.match(text, match.start()) or match
        yield _number("designation", whole, *whole.span())


def _dates(text: str, grammar: Grammar) -> Iterator[Number]:
    yield from grammar.dates(text)


def _amounts(text: str, grammar: Grammar) -> Iterator[Number]:
    yield from grammar.amounts(text)


def _times(text: str, grammar: Grammar) -> Iterator[Number]:
    yield from grammar.times(text)


def _telephones(text: str, grammar: Grammar) -> Iterator[Number]:
    for match in grammar.extension.finditer(text):
        yield _number("contact", match, *match.span("number"))
    for match in _TELEPHONE.finditer(text):
        if sum(character.isdecimal() for character in match[0]) >= _SHORTEST_TELEPHONE:
            yield _number("contact", match, *match.span())


def _round_the_clock(text: str, grammar: Grammar) -> Iterator[Number]:
    """24/7 and 7×24 小时 are 24 hours."""
    for match in _ROUND_THE_CLOCK.finditer(text):
        yield Number("duration", same_length(24, "hour"), match[0], *match.span())


def _durations(text: str, grammar: Grammar) -> Iterator[Number]:
    for one in grammar.durations(text):
        yield Number(one.kind, one.length, one.words, one.start, one.end, one)


def _designations(text: str, grammar: Grammar) -> Iterator[Number]:
    for match in _DESIGNATION.finditer(text):
        yield _number("designation", match, *match.span())


def _references(text: str, grammar: Grammar) -> Iterator[Number]:
    for match in grammar.reference.finditer(text):
        yield _number("reference", match, *match.span())


def _ordinals(text: str, grammar: Grammar) -> Iterator[Number]:
    yield from grammar.ordinals(text)


def _counts(text: str, grammar: Grammar) -> Iterator[Number]:
    yield from grammar.counts(text)


def _number(kind: NumberKind, match: re.Match[str], start: int, end: int) -> Number:
    words = match.string[start:end].strip()
    return Number(kind, words.replace(" ", ""), words, start, end)
