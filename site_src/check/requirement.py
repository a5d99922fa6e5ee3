"""A requirement of a standard, and what a fact must be to meet it."""

from dataclasses import dataclass
from typing import Literal

from functions.model.contract.terms import KindId
from site_src.policy.facts import PlacedFact
from site_src.policy.model import Duty, LimitFact, OfKind, Policy, Provision
from site_src.policy.terms import Act, Topic

Term = Literal["complaint", "appeal"]
"""What a standard speaks of; a standard's complaint may be called a grievance here."""

TERMS: dict[Term, tuple[KindId, ...]] = {
    "complaint": ("complaint", "grievance"),
    "appeal": ("appeal",),
}


@dataclass(frozen=True)
class Need:
    """Facts of which any one will do.

    `acts` are of steps, limits and provisions, `topics` of provisions, `lists` of the policy.
    `limited` takes a time limit of the organisation, not a frequency; `years` asks that the
    same clause holds the organisation to at least as many.
    """

    acts: tuple[Act, ...] = ()
    topics: tuple[Topic, ...] = ()
    lists: tuple[str, ...] = ()
    limited: bool = False
    years: int = 0

    def met_by(self, placed: PlacedFact, policy: Policy) -> bool:
        """Whether the fact is one of these."""
        fact = placed.fact
        acts = fact.acts if isinstance(fact, Duty) else ()
        found = (
            placed.list in self.lists
            or not set(self.acts).isdisjoint(acts)
            or (isinstance(fact, Provision) and fact.topic in self.topics)
            or (isinstance(fact, LimitFact) and self.limited and _binds(fact))
        )
        return found and _years(policy, fact.clause) >= self.years


@dataclass(frozen=True)
class Requirement:
    """What a standard asks, in our own words; met where each need is.

    `element` is the standard's own number, with (1), (2) counting what is asked under it.
    """

    element: str
    about: Term
    asks: str
    needs: tuple[Need, ...]


def holds_for_kinds(placed: PlacedFact, kinds: tuple[KindId, ...]) -> bool:
    """Whether the fact holds for any of these kinds."""
    fact = placed.fact
    return not isinstance(fact, OfKind) or any(fact.holds_for(kind) for kind in kinds)


def _binds(limit: LimitFact) -> bool:
    return limit.party == "organisation" and not limit.recurring


def _years(policy: Policy, clause: str) -> float:
    """The longest time that the clause holds the organisation to, in years."""
    lengths = {"year": 1.0, "month": 1 / 12}
    return max(
        (
            limit.value * lengths.get(limit.unit, 0)
            for limit in policy.limits
            if limit.clause == clause and _binds(limit)
        ),
        default=0,
    )
