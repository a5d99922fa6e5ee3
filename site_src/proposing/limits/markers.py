"""Reads how a length is meant: before an event, added to another, as a minimum."""

import re
from dataclasses import dataclass

from site_src.check.meaning.cited_clause import CitedClause
from site_src.numbers.grammar import Number

_BESIDE = 9
_LONGEST_EVENT = 40
_PRONOUN = re.compile(r"(?:its|the) (?:date|time|day)|it", re.IGNORECASE)
_HELD = re.compile(
    r"(?:安排|召开|举行|组织|进行|举办|开展)(?P<event>[\u4e00-\u9fff]{2,10})[，,]\s*$"
    r"|\b(?:an?|the)\s+(?P<noun>(?:\w+\s)?\w+)\s+(?:is|will be|are)\s+(?:held|arranged|called)\b",
    re.IGNORECASE,
)
_IN_TOTAL = re.compile(
    r"延长(?:至|到)|extend\w*\b(?![^.;]*\bby\b)[^.;]{0,40}\bto\s+(?:a total of\s+)?$", re.IGNORECASE
)


@dataclass(frozen=True)
class Markers:
    """`before` has the words of the event that a length ends before."""

    before: str | None
    extends: bool
    not_before: bool


def read_markers(cited: CitedClause, number: Number) -> Markers:
    """The markers of a length, by the words that the checker wants for them."""
    lexicon = cited.lexicon
    first, last = cited.sentence(number.start)
    left, right = cited.text[first : number.start], cited.text[number.end : last]
    begin, end = cited.sentence(number.start, lexicon.segment_end)
    own_left = cited.text[begin : number.start]
    beside = left[-_BESIDE:] + number.words + right[:_BESIDE]
    extends = lexicon.extends.search(own_left) or lexicon.adds.search(beside)
    if _IN_TOTAL.search(own_left):
        extends = None
    before = None
    if lexicon.before.search(right[:_LONGEST_EVENT]) or lexicon.before.search(left[-6:]):
        before = _event(cited, own_left, cited.text[number.end : end], cited.text[first:begin])
    least = lexicon.earliest if before else lexicon.least
    not_before = least.search(left) or lexicon.waits.match(right)
    return Markers(before, bool(extends) and before is None, bool(not_before))


def _event(cited: CitedClause, own_left: str, own_right: str, before: str) -> str | None:
    """The words of the event behind "before", or in Chinese in front of the length."""
    found = cited.lexicon.before_event.search(f"{own_left} … {own_right}")
    words = (found["event"] if found else own_left).strip(" 在于的应须并提前,，.")
    words = re.sub(r"^(?:the date of|date of)\s+", "", words)
    if not words or _PRONOUN.fullmatch(words):
        # 应当安排听证，并提前五日通知: what is arranged is said before.
        held = _HELD.search(before)
        words = f"the {held['noun']}" if held and held["noun"] else held["event"] if held else ""
    return words[:_LONGEST_EVENT] or None
