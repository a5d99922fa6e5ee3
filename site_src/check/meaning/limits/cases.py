"""Divides a sentence that gives a length of time for each of several cases."""

from site_src.check.meaning.cited_clause import CitedClause, parts
from site_src.check.meaning.limits.occurrences import LENGTHS
from site_src.numbers.grammar import Number


def own_case(cited: CitedClause, number: Number) -> tuple[int, int]:
    """Where what a sentence says of a length begins and ends.

    复杂的，三十日内答复，简单的五日内答复: what stands before 简单的 is said of the thirty days,
    the rest of the five. 紧急的，一小时内响应，五小时内答复 is one case, and said of both.
    """
    first, last = cited.sentence(number.start, cited.lexicon.part_end)
    lengths = [
        other
        for other in cited.numbers
        if other.kind in LENGTHS and first <= other.start and other.end <= last
    ]
    before = [other.end for other in lengths if other.end <= number.start]
    after = [other.start for other in lengths if other.start >= number.end]
    begins = _other_case(cited, before[-1], number.start) if before else None
    ends = _other_case(cited, number.end, after[0]) if after else None
    return begins or first, ends or last


def _other_case(cited: CitedClause, start: int, end: int) -> int | None:
    """Where another case begins between two lengths, after the words of the first."""
    lexicon, between = cited.lexicon, cited.text[start:end]
    stop = lexicon.segment_end.search(between)
    if stop is None:
        return None
    names = [cited.words(level.name).lower() for level in cited.source.policy.levels]
    for at, segment in parts(between[stop.end() :], lexicon.segment_end):
        words = segment.strip()
        if (
            lexicon.conditions.search(words)
            or lexicon.case.search(words)
            or any(name in words.lower() for name in names)
        ):
            return start + stop.end() + at
    return None
