"""Finds lengths of time, frequencies and named days in English text."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import partial

from functions.model.contract.terms import Unit
from site_src.lazy_patterns import LazyPattern
from site_src.numbers.durations import (
    Duration,
    DurationKind,
    first_readings,
    in_unit,
    narrow_digits,
    without_repeats,
)
from site_src.numbers.english_dates import find_english_dates
from site_src.numbers.english_numerals import (
    ORDINAL,
    WORDS,
    read_english_number,
    read_english_ordinal,
)
from site_src.numbers.numerals import DIGITS

_NUMBER = rf"(?:{DIGITS}|{WORDS}|half(?:[\s-]+an?)?|an?)"
_COUNT = rf"(?:[0-9]+|{WORDS})"
_GAP = r"(?:[\s-]+|(?<=[0-9])(?=h|min))"
_ADJECTIVE = (
    r"(?:(?:further|additional|more|extra|other|full|clear|complete|whole|consecutive|successive"
    r"|entire|calendar|natural|short)[\s-]+)*"
)
_WORKING = (
    r"(?:(?:clear|full|bank)[\s-]+)?(?:working|business|banking|bank|trading|office|school|court)"
)
_UNIT = (
    rf"(?:(?:(?P<working>{_WORKING})[\s-]+)?(?:day|hour|week)"
    r"|work[\s-]?day|week[\s-]?day|fortnight|hr|h|minute|min|month|quarter(?!s?\s+(?:of|to|past)\b)"
    r"|(?:(?:school|academic)[\s-]+)?term(?!s?\s+(?:of|and)\b)"
    r"|(?:(?:school|academic)[\s-]+)?year|yr)s?\b"
)
_AND_A_HALF = r"[\s-]+and[\s-]+a[\s-]+half"
_DURATION = LazyPattern(
    rf"(?<![\w.,£$€-])(?:(?:between|(?:not|no)\s+less\s+than|at\s+least)\s+(?P<low>{_NUMBER})\s+"
    rf"(?:and|but)\s+(?:(?:not|no)\s+more\s+than\s+|at\s+most\s+)?"
    rf"|(?P<other>{_NUMBER})(?:\s*(?:–|—|\bto\b|\bor\b|\()\s*|(?<=[0-9])-|-to-))?"
    rf"(?P<number>{_NUMBER})\)?(?P<half_before>{_AND_A_HALF})?{_GAP}{_ADJECTIVE}(?P<unit>{_UNIT})"
    rf"(?P<half_after>{_AND_A_HALF}\b)?",
    re.IGNORECASE,
)
_FREQUENCY = LazyPattern(
    rf"\b(?:(?P<times>once|twice|{_COUNT}(?:\s+\([0-9]+\))?\s+times)\s+(?:in\s+)?(?:(?:an?|per|each|every)\s+|(?=one\b))"
    rf"|(?:every|each)\s+(?=(?:{_COUNT}|half)\s)){_ADJECTIVE}(?:(?P<every>{_COUNT}|half(?:\s+an?)?|other|second)[\s-]+)?"
    rf"{_ADJECTIVE}(?P<unit>{_UNIT})",
    re.IGNORECASE,
)
_EACH = LazyPattern(
    rf"\b(?:every|each|per)\s+(?:single\s+)?(?P<other>other\s+|second\s+)?{_ADJECTIVE}"
    rf"(?P<unit>{_UNIT}|annum\b)",
    re.IGNORECASE,
)
_ELIDED = LazyPattern(
    rf"(?:\b(?:within|in|by|than|most|to)\s+(?P<number>{_COUNT})(?:\s+(?:further|more|additional))?"
    r"(?=\s*(?:[.;,)](?!\w)|$)|\s+(?:if|where|when)\b)"
    r"|[,(]\s*(?P<other>[0-9]+)(?=\s+(?:if|where|when)\b))",
    re.IGNORECASE | re.MULTILINE,
)
"""A number whose unit is that of the length before it: "within five"; "90 days, 180 if complex"."""
_ADVERB = LazyPattern(
    rf"(?<![\w-])(?:(?P<every>{_COUNT})-)?"
    r"(?P<adverb>daily|weekly|fortnightly|monthly|quarterly|half-yearly|yearly|annually|termly)\b",
    re.IGNORECASE,
)
_ADVERBS: dict[str, tuple[int, Unit]] = {
    "daily": (1, "day"),
    "weekly": (1, "week"),
    "fortnightly": (2, "week"),
    "monthly": (1, "month"),
    "quarterly": (3, "month"),
    "half-yearly": (6, "month"),
    "yearly": (1, "year"),
    "annually": (1, "year"),
    "termly": (1, "term"),
}
_NAMED_DAY = LazyPattern(
    r"\b(?:(?:the\s+)?(?P<same>(?:very\s+)?same)|(?:the\s+)?(?:next|following))"
    rf"\s+(?P<unit>(?:{_WORKING}[\s-]+)?day|workday|weekday)\b",
    re.IGNORECASE,
)
_NTH = LazyPattern(
    rf"\b(?:the\s+)?(?P<rank>{ORDINAL})(?:\s+\([0-9]+(?:st|nd|rd|th)\))?\s+{_ADJECTIVE}(?P<unit>{_UNIT})"
    r"(?=\s+(?:after|following|from|of\s+(?:receipt|receiving|being))\b)",
    re.IGNORECASE,
)
"""A day that is counted from another: "on the third working day after the decision"."""
_MOVES = LazyPattern(
    r"\b(?:extended|moves?|moved|postponed|carried\s+over|runs|run|rolls?|expires)\s+"
    r"(?:to|until|on|over\s+to)(?:\s+the\s+end\s+of)?\s+$|\bexpiry\s+of.{0,30}$",
    re.IGNORECASE,
)
_LENGTH_BEFORE = LazyPattern(
    r"\b(?:within|in|than|for|after|over|least|most|about|under|exceed(?:ing|s)?|of up to)\s+$",
    re.I,
)
_LENGTH_AFTER = LazyPattern(
    r"\s+(?:before|after|later|earlier|in\s+advance|from|of\s+rece)|['’]s?\b", re.I
)
_WEEK = LazyPattern(r"\s+week\b", re.I)
_NO_LENGTH_BEFORE = LazyPattern(r"\b(?:on|not|is|be|that|if)\s+$", re.I)
_UNITS: dict[str, tuple[int, Unit]] = {
    "minute": (1, "minute"),
    "min": (1, "minute"),
    "hour": (1, "hour"),
    "hr": (1, "hour"),
    "h": (1, "hour"),
    "day": (1, "day"),
    "workday": (1, "working_day"),
    "weekday": (1, "working_day"),
    "week": (1, "week"),
    "fortnight": (2, "week"),
    "month": (1, "month"),
    "quarter": (3, "month"),
    "term": (1, "term"),
    "year": (1, "year"),
    "yr": (1, "year"),
    "annum": (1, "year"),
}


def find_english_durations(text: str) -> Iterator[Duration]:
    """Every length, frequency and named day in `text`, without dates."""
    plain = narrow_digits(text)
    readers = (_named_days, _nth_days, _frequencies, _lengths, _each_period)
    dates = tuple(find_english_dates(plain))
    read = sorted(first_readings(plain, readers, dates), key=lambda duration: duration.start)
    yield from read
    yield from first_readings(plain, (partial(_elided, read=read),), (*dates, *read))


def _named_days(text: str) -> Iterator[Duration]:
    for match in _NAMED_DAY.finditer(text):
        if _MOVES.search(text[max(0, match.start() - 50) : match.start()]):
            continue
        _, unit = _unit(match["unit"])
        value = Fraction(0 if match["same"] else 1)
        yield Duration(value, unit, match[0], *match.span(), kind="named_day")


def _nth_days(text: str) -> Iterator[Duration]:
    """Lengths as the day that ends them; the first day after another is the next, a named day."""
    for match in _NTH.finditer(text):
        rank = read_english_ordinal(match["rank"])
        if rank == 1 and _MOVES.search(text[max(0, match.start() - 50) : match.start()]):
            continue
        factor, base = _unit(match["unit"])
        number, unit = in_unit(Fraction(rank * factor), base)
        named = rank == 1 and unit in ("day", "working_day")
        kind: DurationKind = "named_day" if named else "duration"
        yield Duration(number, unit, match[0], *match.span(), kind=kind)


def _frequencies(text: str) -> Iterator[Duration]:
    for match in _FREQUENCY.finditer(text):
        times = read_english_number(
            re.sub(r"(?:\s+\(\d+\))?\s+times$", "", match["times"] or "one", flags=re.I)
        )
        yield _frequency(match, times, match["every"], "duration")


def _each_period(text: str) -> Iterator[Duration]:
    for match in _EACH.finditer(text):
        yield _frequency(match, Fraction(1), match["other"], "frequency")
    for match in _ADVERB.finditer(text):
        every, unit = _ADVERBS[match["adverb"].lower()]
        yield Duration(
            Fraction(1),
            unit,
            match[0],
            *match.span(),
            recurring=True,
            every=every * read_english_number(match["every"] or "one"),
            kind="duration" if match["every"] else "frequency",
        )


def _frequency(
    match: re.Match[str], times: Fraction, every: str | None, kind: DurationKind
) -> Duration:
    words = (every or "one").strip().lower()
    factor, unit = _unit(match["unit"])
    number = Fraction(2) if words in ("other", "second") else read_english_number(words)
    return Duration(
        times,
        unit,
        match[0],
        *match.span(),
        recurring=True,
        every=number * factor,
        kind=kind,
    )


def _lengths(text: str) -> Iterator[Duration]:
    matches = (match for match in _DURATION.finditer(text) if not _is_none(match))
    read = (duration for match in matches for duration in _length(match))
    return without_repeats(read, partial(_restates, text))


def _elided(text: str, read: Sequence[Duration]) -> Iterator[Duration]:
    """Numbers that leave out the unit of the length before them on the same line."""
    for match in _ELIDED.finditer(text):
        name = "number" if match["number"] else "other"
        at = bisect_right(read, match.start(), key=lambda duration: duration.end)
        if at and not read[at - 1].recurring and "\n" not in text[read[at - 1].end : match.start()]:
            value, unit = in_unit(read_english_number(match[name]), read[at - 1].unit)
            yield Duration(value, unit, match[name], *match.span(name))


def _length(match: re.Match[str]) -> Iterator[Duration]:
    """The lengths of a match: both ends of a range, but five (5) days once."""
    half = Fraction(1, 2) if match["half_before"] or match["half_after"] else Fraction(0)
    names = [name for name in ("low", "other", "number") if match[name]]
    values = [read_english_number(match[name]) for name in names]
    values[-1] += half
    begins = [match.start(name) for name in names]
    if len(set(values)) == 1:
        values, begins = values[:1], begins[:1]
    factor, base = _unit(match["unit"])
    for value, start, end in zip(values, begins, [*begins[1:], match.end()], strict=True):
        number, unit = in_unit(value * factor, base)
        words = match.string[start : match.end()]
        within = bool(match["working"]) and unit in ("hour", "minute")
        yield Duration(number, unit, words, start, end, within_hours=within)


def _is_none(match: re.Match[str]) -> bool:
    """Whether the words are no length: a working day, half term, a five-day week."""
    number, unit = match["number"].lower(), match["unit"].lower()
    if number.startswith("half") and unit.startswith("term"):
        return True
    if "-" in match[0] and _WEEK.match(match.string, match.end()):
        return True
    return number in ("a", "an") and not _is_length(match)


def _is_length(match: re.Match[str]) -> bool:
    """Whether `a day` is a length; it is none in "on a working day" and "24 hours a day"."""
    before = match.string[max(0, match.start() - 20) : match.start()]
    if re.match(r"(?:hour|hr|minute|min|fortnight)s?\b", match["unit"], re.I):
        return True
    if match["half_after"] or match["half_before"] or _LENGTH_BEFORE.search(before):
        return True
    after = _LENGTH_AFTER.match(match.string, match.end())
    return after is not None and not _NO_LENGTH_BEFORE.search(before)


def _restates(text: str, before: Duration, duration: Duration) -> bool:
    between = text[before.end : duration.start].strip().lower()
    closed = text[duration.end : duration.end + 1] == ")"
    return before.length == duration.length and closed and between in ("(", "(that is", "(i.e.")


def _unit(words: str) -> tuple[int, Unit]:
    *above, noun = re.split(r"[\s-]+", words.lower())
    noun = noun if noun in _UNITS else noun.removesuffix("s")
    if noun == "day" and above:
        return 1, "working_day"
    return _UNITS[noun]
