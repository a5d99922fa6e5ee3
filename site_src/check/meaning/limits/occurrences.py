"""Matches each length of time in a clause with the one fact that claims it."""

from collections.abc import Iterator
from dataclasses import dataclass

from site_src.bilingual import enumeration
from site_src.check.meaning.cited_clause import CitedClause, span_around
from site_src.check.meaning.messages import fact_finding, text_finding
from site_src.numbers.durations import Duration, same_length
from site_src.numbers.grammar import Number
from site_src.numbers.numbers import find_numbers, grammar_of
from site_src.policy.facts import PlacedFact
from site_src.policy.finding import Finding
from site_src.policy.model.filing import Channel, ContactFact
from site_src.policy.model.limits import DurationFact, LimitFact

LENGTHS = ("duration", "frequency", "named_day")
"""Kinds of numbers that a limit may be; only the first must be claimed."""

_OFFICE = ("day", "working_day")
_MONTHLY = same_length(1, "month", recurring=True)


@dataclass(frozen=True)
class Claim:
    """A limit and the place in the clause that says its length."""

    placed: PlacedFact
    limit: LimitFact
    number: Number


def claims(cited: CitedClause) -> tuple[Claim, ...]:
    """Each limit of the clause with the place that says it, as far as one does."""
    free = [number for number in cited.numbers if number.kind in LENGTHS]
    found: list[Claim] = []
    for placed in cited.facts:
        limit = placed.fact
        if not isinstance(limit, LimitFact):
            continue
        fitting = [number for number in cited.numbers if _fits(limit, number)]
        unclaimed = [number for number in fitting if number in free]
        if fitting:
            number = max(unclaimed or fitting, key=lambda one: _likeness(cited, limit, one))
            found.append(Claim(placed, limit, number))
            if number in free:
                free.remove(number)
    return tuple(found)


def occurrence_findings(cited: CitedClause, claimed: tuple[Claim, ...]) -> Iterator[Finding]:
    """Limits and durations that the clause does not say, and lengths that no fact claims."""
    numbers = [number for number in cited.numbers if number.kind in LENGTHS]
    lengths = enumeration(
        number.words for number in cited.numbers if number in numbers or _is_monthly(number)
    )
    said = {claim.placed.path for claim in claimed}
    taken = [claim.number for claim in claimed]
    for placed in cited.facts:
        fact = placed.fact
        if isinstance(fact, LimitFact) and placed.path not in said:
            length = fact.by or f"{fact.value} {fact.unit}"
            key = "by" if fact.by else "value"
            yield fact_finding(
                cited,
                placed,
                key,
                "limit-not-in-text",
                length=length,
                lengths=lengths if lengths.en else "–",
                keys=f"`{_keys(_meant(cited, fact, taken))}`",
            )
        if isinstance(fact, DurationFact):
            place = _place_of(cited, fact, taken)
            if place is not None:
                taken += place
            elif cited.punctuated(fact.says) not in cited.text or _is_read(cited, fact.says):
                words = fact.says
                yield fact_finding(
                    cited, placed, "says", "duration-not-in-text", words=words, lengths=lengths
                )
    hours = _hours(cited)
    for number in cited.numbers:
        if number.kind == "duration" and number not in taken and number.key not in hours:
            keys = _keys(number)
            start = "" if "each_period" in keys else ", from: …"
            yield text_finding(
                cited,
                number.start,
                "duration-unclaimed",
                words=number.words,
                keys=f"{keys}{start}",
            )


def _fits(limit: LimitFact, number: Number) -> bool:
    """Whether the number is the limit's length, or its day of the year."""
    if limit.by is not None:
        month, day = (int(part) for part in limit.by.split("-"))
        key = number.key
        return number.kind == "date" and isinstance(key, tuple) and key[1:] == (month, day)
    if limit.length is not None and limit.recurring and _is_monthly(number):
        return same_length(*limit.length, True, limit.every) == _MONTHLY
    if limit.length is None or number.kind not in LENGTHS:
        return False
    if (
        number.duration is not None
        and number.duration.within_hours != limit.within_hours
        and number.duration.unit not in _OFFICE
        and number.duration.within_hours
    ):
        return False
    return number.key == same_length(*limit.length, limit.recurring, limit.every)


def _is_monthly(number: Number) -> bool:
    """Whether it is 每月5日, a day of every month: a date that also says how often."""
    return number.kind == "date" and number.words.startswith("每")


def _likeness(cited: CitedClause, limit: LimitFact, number: Number) -> tuple[float, int]:
    """How much the words around a length are those of the limit; the first wins a draw."""
    around = cited.text[slice(*span_around(cited.text, number.start, cited.lexicon.part_end))]
    said = [limit.action, *([limit.when.condition] if limit.when.condition else [])]
    return sum(cited.share(cited.words(text), around) for text in said), -number.start


def _place_of(cited: CitedClause, fact: DurationFact, taken: list[Number]) -> list[Number] | None:
    """The numbers at the first free place where the clause says the words; None if nowhere."""
    says = cited.punctuated(fact.says)
    at = cited.text.find(says)
    while at >= 0:
        inside = [
            number
            for number in cited.numbers
            if number.start < at + len(says) and at < number.end and number.kind in LENGTHS
        ]
        if inside and not any(number in taken for number in inside):
            return inside
        at = cited.text.find(says, at + 1)
    return None


def _hours(cited: CitedClause) -> set[object]:
    """The lengths in the hours of channels and contacts, such as a 24-hour hotline."""
    grammar = grammar_of(cited.source.policy.language)
    return {
        number.key
        for placed in cited.facts
        if isinstance(placed.fact, Channel | ContactFact)
        and (hours := placed.fact.hours) is not None
        for number in find_numbers(cited.words(hours), grammar)
    }


def _meant(cited: CitedClause, limit: LimitFact, taken: list[Number]) -> Number | None:
    """The length that a limit which fits none probably means: a free one, with its words near."""
    numbers = [one for one in cited.numbers if one.kind in LENGTHS or _is_monthly(one)]
    free = [number for number in numbers if number not in taken]
    alike = [one for one in free if _recurs(one) == limit.recurring]
    return max(alike or free or numbers, key=lambda one: _likeness(cited, limit, one), default=None)


def _recurs(number: Number) -> bool:
    return number.duration.recurring if number.duration else _is_monthly(number)


def _keys(number: Number | None) -> str:
    """What a limit of that length says; … for what none can say, as in 两三天 or 半个工作日."""
    if number is not None and _is_monthly(number):
        return "value: 1, unit: month, recurring: true, from: each_period"
    duration = number.duration if number is not None else None
    if duration is None:
        return "value: …, unit: …"
    value = "…" if duration.value is None or not _is_whole(duration) else str(duration.value)
    keys = f"value: {value}, unit: {duration.unit}"
    if not duration.recurring:
        return keys
    every = f", every: {duration.every}" if duration.every != 1 else ""
    return f"{keys}{every}, recurring: true, from: each_period"


def _is_whole(duration: Duration) -> bool:
    return duration.value is not None and duration.value.denominator == 1


def _is_read(cited: CitedClause, words: str) -> bool:
    """Whether the words say a length that can be read; a season is none."""
    grammar = grammar_of(cited.source.policy.language)
    return any(number.kind in LENGTHS for number in find_numbers(words, grammar))
