"""Finds the latest day on which the filer must have an answer, over the whole chain of limits."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from functions.model.contract.kind import Kind
from functions.model.contract.limit import Limit
from functions.model.contract.terms import Event, StaffAct
from functions.model.deadlines.calendar import Calendar
from functions.model.deadlines.milestones import Milestone, Start

DatedIf = Callable[[Mapping[Event, Start]], tuple[Milestone, ...]]
"""The milestones of a case if some events happen that have not happened yet."""

_ACT_OF: Mapping[Event, StaffAct] = {"registered": "registered", "forwarded": "forwarded"}
"""Built-in events that an act of staff is: the limits of that act say when at the latest."""

_INSTANT = timedelta(microseconds=1)
"""A day ends before midnight: what happens at its last moment happens on that day."""


@dataclass(frozen=True)
class LatestAnswer:
    """By when the filer must have an answer, if each step takes all of its time.

    `certain` counts what holds for every filing; where each level has a limit of its own and none
    is set, the longest of them. `possible` also counts what only people can say, such as an
    extension; it is the same or later. Either is None where the procedure leaves a gap: a step on
    the way has no time limit, or none that is sure to apply. If both are, `undated` says that the
    procedure does limit the time for the answer, from a day that is not known.
    """

    certain: Milestone | None
    possible: Milestone | None
    undated: bool = False


def latest_answer(
    kind: Kind,
    dated_if: DatedIf,
    dated: tuple[Milestone, ...],
    level: str | None,
    calendar: Calendar,
    extended: Collection[str | None] = (),
    review: Collection[str] | None = None,
) -> LatestAnswer:
    """The end of the chain of limits from receipt to the act that answers, in the worst case.

    `dated` are the milestones as they are, at that `level`, and `dated_if` dates them if further
    events happen. What has not happened yet is taken to happen at the end of its own limit. Of the
    limits that make another longer, those in `extended` are sure to. Once a review was asked for,
    it is the answer to that: `review` are the ids of its limits.
    """
    assumed: dict[Event, Start] = {}
    while True:
        found = {
            event: start
            for event in _awaited(dated, kind)
            if event not in assumed and (start := _last(event, dated, calendar)) is not None
        }
        if not found:
            return _answer(kind, dated, level, extended, review)
        assumed |= found
        dated = dated_if(assumed)


def is_answer(limit: Limit) -> bool:
    """Whether the organisation must decide by this limit."""
    return (
        limit.party == "organisation"
        and "decision" in limit.kept_by
        and not (limit.recurring or limit.not_before)
    )


def _awaited(dated: tuple[Milestone, ...], kind: Kind) -> set[Event]:
    """The events that limits without a date run from, or that bring them."""
    waiting = (each.limit for each in dated if each.due is None)
    return {event for limit in waiting for event in kind.base_of(limit).events}


def _last(event: Event, dated: tuple[Milestone, ...], calendar: Calendar) -> Start | None:
    """The last moment at which an event happens; None if a limit that ends in it has no date."""
    ends = [each for each in dated if ends_in(each.limit, event)]
    if not ends or not all(each.due for each in ends):
        return None
    last = max(each.due.at for each in ends if each.due) - _INSTANT
    return Start(last, last, calendar)


def ends_in(limit: Limit, event: Event) -> bool:
    """Whether an event happens at the end of this limit, at the latest."""
    if limit.is_window or limit.recurring:
        return False
    return limit.brings == event or _ACT_OF.get(event) in limit.kept_by


def _answer(
    kind: Kind,
    dated: tuple[Milestone, ...],
    level: str | None,
    extended: Collection[str | None],
    review: Collection[str] | None,
) -> LatestAnswer:
    answers = [
        each
        for each in dated
        if is_answer(each.limit)
        and (not each.limit.in_review if review is None else each.limit.id in review)
    ]
    conditional = {limit.id for limit in kind.limits if limit.is_conditional}.difference(extended)
    sure = [each for each in answers if each.limit.id not in conditional]
    levels = {None, level} & {each.limit.level for each in sure}
    others = {choice.value for choice in kind.levels} - {each.limit.level for each in sure}
    # Before its level is set, a limit is sure to apply only if each other level has its own.
    if not levels and others:
        sure = []
    certain, possible = _latest(sure), _latest(answers)
    return LatestAnswer(certain, possible, bool(answers) and certain is possible is None)


def _latest(found: list[Milestone]) -> Milestone | None:
    """The milestone that ends last; None if there is none, or one of them has no date."""
    if not found or any(each.due is None for each in found):
        return None
    return max(found, key=lambda each: each.due.at if each.due else datetime.min)
