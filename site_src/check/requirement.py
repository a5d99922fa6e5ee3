"""Defines a requirement of a standard and the facts that meet it."""

from dataclasses import dataclass
from typing import Literal

from functions.model.contract.terms import KindId
from site_src.bilingual import Bilingual
from site_src.policy.facts import PlacedFact
from site_src.policy.model.fact import Duty, OfKind
from site_src.policy.model.handling import Provision
from site_src.policy.model.limits import LimitFact
from site_src.policy.model.policy import Policy
from site_src.policy.terms import Act, Topic

Term = Literal["complaint", "appeal"]
"""The terms of the standards; what a standard calls a complaint may be a grievance here."""

TERMS: dict[Term, tuple[KindId, ...]] = {
    "complaint": ("complaint", "grievance"),
    "appeal": ("appeal",),
}


@dataclass(frozen=True)
class Need:
    """A need that any one of these facts meets.

    `acts` are acts of steps, limits and provisions, `topics` are topics of provisions, `lists`
    are lists of the policy. `limited` accepts a time limit of the organisation that is not a
    frequency. `years` also requires a limit of at least that many years in the same clause.
    """

    acts: tuple[Act, ...] = ()
    topics: tuple[Topic, ...] = ()
    lists: tuple[str, ...] = ()
    limited: bool = False
    years: int = 0

    def met_by(self, placed: PlacedFact, policy: Policy) -> bool:
        """Whether the fact meets the need."""
        fact = placed.fact
        acts = fact.acts if isinstance(fact, Duty) else ()
        matches = (
            placed.list in self.lists
            or not set(self.acts).isdisjoint(acts)
            or (isinstance(fact, Provision) and fact.topic in self.topics)
            or (isinstance(fact, LimitFact) and self.limited and _binds(fact))
        )
        return matches and _years(policy, fact.clause) >= self.years


@dataclass(frozen=True)
class Requirement:
    """What a standard asks, in our own words; it is met if every need is met.

    `element` is the standard's own number; (1), (2) number the requirements under one element.
    """

    element: str
    about: Term
    asks: Bilingual
    needs: tuple[Need, ...]


def holds_for_kinds(placed: PlacedFact, kinds: tuple[KindId, ...]) -> bool:
    """Whether the fact holds for any of these kinds."""
    fact = placed.fact
    return not isinstance(fact, OfKind) or any(fact.holds_for(kind) for kind in kinds)


def _binds(limit: LimitFact) -> bool:
    return limit.party == "organisation" and not limit.recurring


def _years(policy: Policy, clause: str) -> float:
    """The longest time limit of the organisation in the clause, in years."""
    lengths = {"year": 1.0, "month": 1 / 12}
    found = (
        limit.length
        for limit in policy.limits
        if limit.length and limit.clause == clause and _binds(limit)
    )
    return max((value * lengths.get(unit, 0) for value, unit in found), default=0)
