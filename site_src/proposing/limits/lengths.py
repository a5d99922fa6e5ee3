"""Sorts the lengths of time in a clause: a limit, another length, or hours of a contact."""

from typing import Literal

from site_src.check.meaning.cited_clause import CitedClause
from site_src.numbers.grammar import Number
from site_src.proposing.words.proposal_words import ProposalWords

LengthSort = Literal["limit", "retention", "threshold", "penalty", "publication", "other", "none"]
"""`none` is a length that needs no fact: of opening hours, or of a day that only dates an act."""

_NEAR = 12
_AFTER_NAMED_DAY = 10


def sort_of(cited: CitedClause, words: ProposalWords, number: Number) -> LengthSort:
    """What a length of time in a clause is."""
    lexicon, text = cited.lexicon, cited.text
    first, last = cited.sentence(number.start, lexicon.part_end)
    left, right = text[first : number.start], text[number.end : last]
    begin, end = cited.sentence(number.start, lexicon.segment_end)
    segment = text[begin:end]
    recurring = number.duration is not None and number.duration.recurring
    if words.kind_of_thing.match(right):
        return "other"
    if _of_hours(words, left, number, right):
        return "none"
    if words.kept.search(segment) and not _is_within(right):
        return "retention"
    if recurring:
        return _recurring(cited, number, segment)
    if number.kind == "named_day":
        acts = lexicon.handling.match(right.lstrip("内 ")[:_AFTER_NAMED_DAY])
        return "limit" if acts else "none"
    if words.threshold.search(left) or words.over.search(right):
        return "threshold"
    if (
        lexicon.lengths_of["penalty"].search(segment)
        and not _is_within(right)
        and not (lexicon.handling.search(right) or lexicon.filing.search(left))
    ):
        return "penalty"
    return "limit"


def _of_hours(words: ProposalWords, left: str, number: Number, right: str) -> bool:
    round_the_clock = number.words.replace(" ", "").startswith(
        ("24", "7×24", "全天", "二十四", "廿四")
    )
    return round_the_clock and words.own_time.search(left[-_NEAR:] + right[:_NEAR]) is not None


def _is_within(right: str) -> bool:
    return right.lstrip().startswith(("内", "以内", "之内"))


def _recurring(cited: CitedClause, number: Number, segment: str) -> LengthSort:
    """A frequency: of publishing, of what a filer is told, or of something inside."""
    lexicon = cited.lexicon
    if lexicon.lengths_of["penalty"].search(segment):
        return "penalty" if number.kind == "duration" else "none"
    if number.kind == "frequency":
        return "none"
    if lexicon.lengths_of["publication"].search(segment):
        return "publication"
    # What filers get, or are asked, is promised to them; what staff count is not.
    return "limit" if lexicon.filers.search(segment) else "other"
