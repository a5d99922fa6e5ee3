"""Adds up the time limits from receipt to the answer, for pages that know no day of receipt.

`functions/model/deadlines/latest_answer.py` dates the same chain once a filing is there.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from functions.model.contract.kind import Kind
from functions.model.contract.limit import Limit
from functions.model.contract.terms import SMALLEST, Event, Unit
from functions.model.deadlines.latest_answer import ends_in, is_answer

_DAYS: dict[Unit, float] = {
    "minute": 1 / 1440,
    "day": 1,
    "working_day": 1.4,
    "month": 30.4,
    "term": 150,
}
"""About how many days the smallest units have, to find the longest of several lengths."""


def about_days(value: int, unit: Unit) -> float:
    """About how many days a length of time has, to compare it with others; no date rests on it."""
    times, smallest = SMALLEST[unit]
    return value * times * _DAYS[smallest]


@dataclass(frozen=True)
class AnswerChain:
    """The limits from receipt to the act that answers, in the order in which they run."""

    limits: tuple[Limit, ...]

    @property
    def lengths(self) -> tuple[tuple[int, Unit], ...]:
        """How long they are together; limits in one unit are added up."""
        sums: dict[Unit, int] = {}
        for limit in self.limits:
            if limit.length is not None:
                value, unit = limit.length
                sums[unit] = sums.get(unit, 0) + value
        some = tuple((value, unit) for unit, value in sums.items() if value)
        return some or tuple((value, unit) for unit, value in sums.items())[:1]

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses of its limits, each once."""
        return tuple(dict.fromkeys(limit.clause for limit in self.limits))

    @property
    def days(self) -> float:
        """About how many days it has."""
        return sum(about_days(value, unit) for value, unit in self.lengths)

    @property
    def last(self) -> Limit:
        """The limit by which there must be an answer."""
        return self.limits[-1]


@dataclass(frozen=True)
class AnswerChains:
    """When there is an answer at the latest, if each step takes all of its time.

    `certain` holds for every filing; `possible` also counts what only people can say, and is
    longer. Either is None where the procedure leaves a gap. `varies` means that only some filings
    have a time limit for the answer.
    """

    certain: AnswerChain | None
    possible: AnswerChain | None
    varies: bool = False


def answer_chains(kind: Kind) -> AnswerChains:
    """The chains of one kind of filing, whatever a filer will answer."""
    answers = [limit for limit in kind.limits if is_answer(limit) and not limit.in_review]
    sure = any(not limit.is_conditional for limit in answers)
    general = general_answers(answers, {choice.value for choice in kind.levels})
    certain, possible = _longest(kind, general), _longest(kind, answers)
    if certain and possible and possible.days <= certain.days:
        possible = None
    return AnswerChains(certain, possible, varies=sure and not general)


def general_answers(limits: Iterable[Limit], levels: set[str]) -> list[Limit]:
    """Those of the limits by which every filing is answered; none if some of `levels` have none."""
    general = [
        limit
        for limit in limits
        if is_answer(limit)
        and not (limit.in_review or limit.is_conditional)
        and not (limit.filer or limit.branch or limit.categories)
    ]
    bound = {limit.level for limit in general}
    return general if None in bound or levels <= bound else []


def _longest(kind: Kind, limits: Iterable[Limit]) -> AnswerChain | None:
    """The longest chain that ends in one of the limits; None if one of them has a gap before it."""
    chains = [_chain_to(kind, limit, ()) for limit in limits]
    if not chains or None in chains:
        return None
    return max((chain for chain in chains if chain), key=lambda chain: chain.days)


def _chain_to(kind: Kind, limit: Limit, after: tuple[Event, ...]) -> AnswerChain | None:
    """The chain that ends in a limit; `after` are the events on the way, so that none is twice."""
    own = kind.chain(limit)
    if any(each.length is None or each.before or each.not_counted for each in own):
        return None  # a day of the year, or days before an event, are no length from receipt
    starts = [_chain_of(kind, event, after) for event in own[0].events]
    if None in starts:
        return None
    longest = max((chain for chain in starts if chain), key=lambda chain: chain.days)
    return AnswerChain((*longest.limits, *own))


def _chain_of(kind: Kind, event: Event, after: tuple[Event, ...]) -> AnswerChain | None:
    """The chain at whose end an event happens at the latest; empty for the receipt itself."""
    if event == "received":
        return AnswerChain(())
    if event in after:
        return None
    ending = [limit for limit in kind.limits if ends_in(limit, event)]
    chains = [_chain_to(kind, limit, (*after, event)) for limit in ending]
    if not chains or None in chains:
        return None
    return max((chain for chain in chains if chain), key=lambda chain: chain.days)
