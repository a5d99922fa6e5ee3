"""Places each time limit after those it waits for, as if every step took all of its time."""

from collections.abc import Mapping
from dataclasses import dataclass

from functions.model.contract.limit import Limit
from functions.model.contract.terms import Event, KindId, Modal
from functions.model.deadlines.latest_answer import ends_in, is_answer
from site_src.compile.answer_chain import about_days, general_answers
from site_src.compile.limits import NO_MODALS, compile_limit
from site_src.policy.model.limits import LimitFact
from site_src.policy.model.policy import Policy


@dataclass(frozen=True)
class PlacedLimit:
    """A limit, in days from the event that its chain of limits goes back to, the `root`."""

    fact: LimitFact
    limit: Limit
    root: str
    start: float
    end: float


class _Times:
    """The limits of a policy, each from the event that its chain of limits goes back to."""

    def __init__(self, policy: Policy, modals: Mapping[str, Modal]) -> None:
        self._facts = [fact for fact in policy.limits if fact.length and not fact.recurring]
        self._limits = {fact.id: compile_limit(policy, fact, modals) for fact in self._facts}

    def placed(self) -> tuple[PlacedLimit, ...]:
        return tuple(self._place(fact, ()) for fact in self._facts)

    def _place(self, fact: LimitFact, after: tuple[str, ...]) -> PlacedLimit:
        limit = self._limits[fact.id]
        days = about_days(*limit.length) if limit.length else 0
        base = next((each for each in self._facts if each.id == fact.extends), None)
        if base is not None and base.id not in after:
            placed = self._place(base, (*after, fact.id))
            return PlacedLimit(fact, limit, placed.root, placed.end, placed.end + days)
        root, start = self._begins(fact, limit, (*after, fact.id))
        return PlacedLimit(fact, limit, root, start, start + days)

    def _begins(self, fact: LimitFact, limit: Limit, after: tuple[str, ...]) -> tuple[str, float]:
        """The event its chain goes back to, and the days to it; its own if nothing brings that."""
        own = " ".join(limit.events)
        if limit.is_window or limit.before is not None:
            return own, 0
        begun = [self._happens(event, fact, limit, after) for event in limit.events]
        roots = {root for root, _ in begun}
        return (roots.pop(), max(days for _, days in begun)) if len(roots) == 1 else (own, 0)

    def _happens(
        self, event: Event, fact: LimitFact, limit: Limit, after: tuple[str, ...]
    ) -> tuple[str, float]:
        ends = [
            self._place(other, after)
            for other in self._facts
            if other.id not in after
            and other.only_for in (None, fact.only_for)
            and self._brings(self._limits[other.id], event, limit)
        ]
        roots = {placed.root for placed in ends}
        if event == "received" or len(roots) != 1:
            return event, 0
        return roots.pop(), max(placed.end for placed in ends)

    def _brings(self, other: Limit, event: Event, limit: Limit) -> bool:
        if event == "decision" and limit.in_review:
            return is_answer(other) and not other.in_review
        return ends_in(other, event)


def placed_limits(
    policy: Policy, modals: Mapping[str, Modal] = NO_MODALS
) -> tuple[PlacedLimit, ...]:
    """Every limit that has a length and is no frequency, in the order of the policy."""
    return _Times(policy, modals).placed()


def latest_of(
    policy: Policy, placed: tuple[PlacedLimit, ...], kind: KindId | None
) -> PlacedLimit | None:
    """The latest answer that is sure for every filing of a kind, as on the receipt; else None."""
    open_ = [
        each
        for each in placed
        if each.fact.only_for in (None, kind) and each.fact.when.channel is None
    ]
    general = general_answers((each.limit for each in open_), {level.id for level in policy.levels})
    answers = [each for each in open_ if each.limit in general]
    if any(each.root != "received" for each in answers):
        return None
    return max(answers, key=lambda each: each.end, default=None)
