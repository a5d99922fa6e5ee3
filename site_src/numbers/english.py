"""The grammar of numbers in English text."""

import re
from collections.abc import Iterator
from fractions import Fraction

from site_src.lazy_patterns import LazyPattern
from site_src.numbers.english_dates import find_english_dates
from site_src.numbers.english_durations import find_english_durations
from site_src.numbers.grammar import Grammar, Number
from site_src.numbers.money import english_amounts
from site_src.numbers.times import english_times

_ORDINAL = LazyPattern(
    r"\b(?P<number>[0-9]+)(?P<noun>st|nd|rd|th)\b"
    r"|\b(?P<rank>level|tier|grade|severity|priority|class|category)\s+(?P<rank_number>[0-9]+)\b",
    re.IGNORECASE,
)
_COUNT = LazyPattern(
    r"(?P<number>[0-9]+(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)*)"
    r"(?:\s*(?P<scale>thousand|million|billion)\b)?",
    re.IGNORECASE,
)
_SCALES = {"thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}


def _ordinals(text: str) -> Iterator[Number]:
    for match in _ORDINAL.finditer(text):
        key = (
            Fraction(match["number"] or match["rank_number"]),
            (match["noun"] or match["rank"]).lower(),
        )
        yield Number("ordinal", key, match[0], *match.span())


def _counts(text: str) -> Iterator[Number]:
    for match in _COUNT.finditer(text):
        key = match["number"].replace(",", "")
        if match["scale"]:
            key = str(Fraction(key) * _SCALES[match["scale"].lower()])
        yield Number("count", key, match[0], *match.span())


ENGLISH = Grammar(
    dates=find_english_dates,
    times=english_times,
    amounts=english_amounts,
    durations=find_english_durations,
    counts=_counts,
    ordinals=_ordinals,
    extension=LazyPattern(r"\bext(?:ension|\.)?\s*(?:no\.\s*)?(?P<number>[0-9]{2,6})\b", re.I),
    reference=LazyPattern(
        r"\b(?:article|art\.|clause|section|sec\.|chapter|part|item|paragraph|para\.?|point"
        r"|schedule|annex|appendix|stage|step|rule|regulation|table|page)s?\s+"
        r"(?:[0-9]+(?:\.[0-9]+)*|(?-i:[A-Z])\b|(?-i:[ivx]+)\b)(?:\([0-9a-z]{1,4}\))*"
        r"(?:(?:,|\s+(?:to|and|or))\s+[0-9]+(?:\.[0-9]+)*(?!\s*[\w-]))?"
        r"|§+\s*[0-9]+(?:\.[0-9]+)*|\(?\b[0-9]{1,2}\)",
        re.IGNORECASE,
    ),
)
