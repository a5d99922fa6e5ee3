"""Draws time limits to scale: where each begins and ends if every step takes all of its time."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from functions.model.contract.terms import KindId, Modal, Unit
from functions.model.pages.vocabulary import Vocabulary
from functions.model.text import Text
from site_src.compile.answer_chain import about_days
from site_src.compile.limit_times import PlacedLimit, latest_of, placed_limits
from site_src.compile.limit_words import limit_start
from site_src.compile.limits import NO_MODALS
from site_src.policy.model.limits import LimitFact
from site_src.policy.model.policy import Policy

_NARROWEST = 1.2
"""Percent of the width: what is shorter on the scale is drawn so wide that it can be seen."""

_WIDE = 3
"""A filer's time that is so many times as long as everything else runs off the edge."""

_DIVISIONS: tuple[tuple[int, Unit], ...] = (
    (5, "minute"),
    (1, "hour"),
    (1, "day"),
    (1, "week"),
    (1, "month"),
    (6, "month"),
    (1, "year"),
)
_MOST_DIVISIONS = 14


@dataclass(frozen=True)
class Bar:
    """A limit, and where it lies in percent of the width.

    It runs off the edge if it `goes_on`. `begins` says what it runs from, unless it begins with
    its group. `answers` marks the latest answer that is sure.
    """

    limit: LimitFact
    start: float
    width: float
    begins: bool
    answers: bool
    goes_on: bool


@dataclass(frozen=True)
class Body:
    """Whom a filer can turn to, and the clauses that say so."""

    name: Text
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """The limits that run, one after the other, from one event, for one kind or for all.

    Those from the receipt of a filing, which is then `filed`, lead `onward`.
    """

    starts: str
    filed: bool
    kind: KindId | None
    bars: tuple[Bar, ...]
    onward: tuple[Body, ...]


@dataclass(frozen=True)
class Chart:
    """The groups in the order of the procedure, all to one scale.

    `division` is the length between two of the `lines`, which are places in percent.
    """

    groups: tuple[Group, ...]
    division: tuple[int, Unit]
    lines: tuple[float, ...]

    @property
    def compares(self) -> bool:
        """Whether its bars differ: a drawing in which all are equal says nothing."""
        bars = (bar for group in self.groups for bar in group.bars)
        return len({(bar.start, bar.width) for bar in bars}) > 1


def limit_chart(
    policy: Policy, words: Vocabulary, modals: Mapping[str, Modal] = NO_MODALS
) -> Chart | None:
    """The limits of a policy that have a length; None if there is none."""
    placed = placed_limits(policy, modals)
    if not placed:
        return None
    whole = _whole(placed)
    groups: dict[tuple[str, KindId | None], list[PlacedLimit]] = {}
    for each in placed:
        groups.setdefault((each.root, each.fact.only_for), []).append(each)
    division = next(
        (each for each in _DIVISIONS if whole / about_days(*each) <= _MOST_DIVISIONS),
        _DIVISIONS[-1],
    )
    step = about_days(*division)
    return Chart(
        tuple(
            _group(policy, group, kind, whole, latest_of(policy, placed, kind), words)
            for (_, kind), group in groups.items()
        ),
        division,
        tuple(round(100 * step * line / whole, 1) for line in range(1, int(whole / step) + 1)),
    )


def _whole(placed: Iterable[PlacedLimit]) -> float:
    """The days that the width stands for."""
    others = max((each.end for each in placed if not each.limit.is_window), default=0)
    longest = max(each.end for each in placed)
    return others if others and longest > _WIDE * others else longest or 1


def _group(
    policy: Policy,
    group: list[PlacedLimit],
    kind: KindId | None,
    whole: float,
    latest: PlacedLimit | None,
    words: Vocabulary,
) -> Group:
    first = next((each for each in group if not each.start), group[0])
    return Group(
        limit_start(policy, first.fact, words, Text.marked),
        first.root == "received",
        kind,
        tuple(
            _bar(each, whole, answers=each is latest)
            for each in sorted(group, key=lambda each: (each.start, each.end))
        ),
        tuple(_onward(policy, kind)) if first.root == "received" else (),
    )


def _onward(policy: Policy, kind: KindId | None) -> Iterator[Body]:
    """The bodies after an answer, each once, in the order of the procedure."""
    clauses: dict[str, list[str]] = {}
    reviews = [each for each in policy.reviews if each.only_for in (None, kind)]
    for review in reviews:
        clauses.setdefault(review.body.words(policy.language), []).append(review.clause)
    for review in reviews:
        found = clauses.pop(review.body.words(policy.language), None)
        if found:
            yield Body(review.body, tuple(dict.fromkeys(found)))


def _bar(placed: PlacedLimit, whole: float, answers: bool) -> Bar:
    end = min(placed.end, whole)
    width = max(100 * (end - placed.start) / whole, _NARROWEST)
    return Bar(
        placed.fact,
        round(min(100 * placed.start / whole, 100 - width), 1),
        round(width, 1),
        begins=placed.start > 0,
        answers=answers,
        goes_on=placed.end > whole,
    )
