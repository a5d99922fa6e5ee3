"""Decides which fact of a policy a proposal means, and whether it says it right."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from functions.model.contract.terms import BUILT_IN
from functions.model.text import Text
from site_src.check.meaning.cited_clause import lexicon_of
from site_src.numbers.durations import same_length
from site_src.numbers.numbers import find_numbers, grammar_of
from site_src.policy.edition import Edition
from site_src.policy.facts import PlacedFact, facts
from site_src.policy.model.limits import LimitFact

ALIKE = 0.6
"""The share of words that two facts must have in common, one way or the other, to mean the same."""

SAME = 0.8
"""The share of words that two names must have in common, both ways."""


@dataclass(frozen=True)
class Side:
    """The facts of one list of an edition, and the edition to look ids up in."""

    source: Edition

    def listed(self, name: str) -> list[PlacedFact]:
        """The facts of a list; contacts are those of channels and reviews with a value."""
        placed = list(facts(self.source.policy))
        if name == "contacts":
            return [
                one
                for one in placed
                if getattr(one.fact, "value", None) and one.list in ("channels", "contacts")
            ]
        return [one for one in placed if one.list == name]

    def words(self, text: Text | None) -> str:
        """The words in the policy's language."""
        return text.words(self.source.policy.language) if text else ""

    def name(self, list: str, id: str | None) -> str:
        """The name of a fact of a list by its id."""
        for one in self.listed(list):
            if getattr(one.fact, "id", None) == id:
                return self.words(getattr(one.fact, "name", None) or getattr(one.fact, "who", None))
        return ""


@dataclass(frozen=True)
class Pair:
    """A fact of the policy and a proposal for the same clause."""

    real: Side
    own: Side
    fact: Any
    proposal: Any

    def share(self, one: str, other: str) -> float:
        """How much of the first words the second say."""
        return lexicon_of(self.real.source).share(one, other)

    def alike(self, one: str, other: str, least: float = ALIKE) -> bool:
        """Whether one of two texts says most of the other."""
        return max(self.share(one, other), self.share(other, one)) >= least

    def same(self, one: str, other: str) -> bool:
        """Whether two names are one, but for articles and plurals."""
        return min(self.share(one, other), self.share(other, one)) >= SAME

    def text(self, key: str) -> tuple[str, str]:
        """The words of a key on both sides."""
        return self.real.words(getattr(self.fact, key)), self.own.words(getattr(self.proposal, key))


def same_clause(one: str, other: str) -> bool:
    """Whether two citations are of one clause, or of a clause and an item in it."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    rest = long.removeprefix(short)
    return long.startswith(short) and not (short[-1].isdigit() and rest[0].isdigit())


def means(name: str, pair: Pair) -> bool:
    """Whether the proposal means the fact."""
    clauses = {pair.fact.clause}
    if name == "roles":
        # A role is named wherever it acts; which of these clauses it cites is a choice.
        clauses |= _clauses_of_role(pair.real, pair.fact.id)
    here = any(same_clause(clause, pair.proposal.clause) for clause in clauses)
    return here and _MEANS[name](pair)


def _clauses_of_role(side: Side, id: str) -> set[str]:
    """The clauses of the limits, steps and routes of a role."""
    return {
        placed.fact.clause
        for placed in facts(side.source.policy)
        if placed.list in ("limits", "steps", "routes")
        and id in getattr(placed.fact, "role_ids", (getattr(placed.fact, "role", None),))
    }


def is_right(name: str, pair: Pair) -> bool:
    """Whether a proposal that means a fact says all that counts of it as the fact does."""
    return _RIGHT.get(name, _anything)(pair)


def _anything(pair: Pair) -> bool:
    return True


def _by(key: str) -> Callable[[Pair], bool]:
    return lambda pair: pair.alike(*pair.text(key))


def _equal(*keys: str) -> Callable[[Pair], bool]:
    return lambda pair: all(getattr(pair.fact, key) == getattr(pair.proposal, key) for key in keys)


def _named(key: str) -> Callable[[Pair], bool]:
    return lambda pair: pair.same(*pair.text(key))


def _kind(pair: Pair) -> bool:
    """Whether both hold for the same kind; in a policy of one kind it need not be named."""
    kinds = {kind.id for kind in pair.real.source.policy.kinds}
    real, own = pair.fact.only_for, pair.proposal.only_for
    return real == own or len(kinds) == 1


def _limit(pair: Pair) -> bool:
    lengths = [_length(one) for one in (pair.fact, pair.proposal)]
    return lengths[0] == lengths[1]


def _length(limit: LimitFact) -> object:
    if limit.value is None or limit.unit is None:
        return limit.by
    return same_length(limit.value, limit.unit, limit.recurring, limit.every)


def _limit_right(pair: Pair) -> bool:
    """Value and unit (by meaning), start and party."""
    one, other = pair.fact, pair.proposal
    return bool(
        one.party == other.party
        and one.not_before == other.not_before
        and (one.extends is None) == (other.extends is None)
        and (one.before is None) == (other.before is None)
        and _same_start(pair)
    )


def _same_start(pair: Pair) -> bool:
    one, other = pair.fact.events, pair.proposal.events
    if not one or not other:
        return not one and not other
    first, second = one[0], other[0]
    if first in BUILT_IN and second in BUILT_IN:
        return bool(first == second)
    names = pair.real.name("events", first), pair.own.name("events", second)
    if all(names):
        return pair.alike(*names)
    # A policy may name what stands for a built-in event: its words say which.
    name, built_in = (names[0], second) if names[0] else (names[1], first)
    lexicon = lexicon_of(pair.real.source)
    read = next((event for event, words in lexicon.events if words.search(name)), None)
    return bool(read == built_in)


def _duration(pair: Pair) -> bool:
    grammar = grammar_of(pair.real.source.policy.language)
    keys = [
        {number.key for number in find_numbers(one.says, grammar) if number.duration}
        for one in (pair.fact, pair.proposal)
    ]
    return bool(keys[0] & keys[1])


def _contact(pair: Pair) -> bool:
    return re.sub(r"\W", "", pair.fact.value) == re.sub(r"\W", "", pair.proposal.value)


def _channel_right(pair: Pair) -> bool:
    one, other = pair.fact, pair.proposal
    return (not one.value or (bool(other.value) and _contact(pair))) and _kind(pair)


def _roles(side: Side, fact: Any) -> list[str]:
    ids = fact.role_ids if hasattr(fact, "role_ids") else (fact.role,)
    return [side.name("roles", id) for id in ids]


def _same_role(pair: Pair) -> bool:
    return any(
        pair.alike(one, other, SAME)
        for one in _roles(pair.real, pair.fact)
        for other in _roles(pair.own, pair.proposal)
    )


_MEANS: Mapping[str, Callable[[Pair], bool]] = {
    "kinds": _named("name"),
    "filers": lambda pair: pair.alike(*pair.text("who"), SAME),
    "representatives": _by("who"),
    "formalities": _equal("type"),
    "asks": _equal("field"),
    "channels": _equal("type"),
    "branches": _named("name"),
    "roles": lambda pair: pair.alike(*pair.text("name"), SAME),
    "levels": _by("name"),
    "categories": _by("name"),
    "routes": _same_role,
    "steps": _by("action"),
    "events": _by("name"),
    "limits": _limit,
    "suspensions": _by("text"),
    "durations": _duration,
    "reviews": _by("body"),
    "contacts": _contact,
    "fees": _by("text"),
    "provisions": _by("text"),
}
"""What makes a proposal for a clause mean a fact of it."""

_RIGHT: Mapping[str, Callable[[Pair], bool]] = {
    "kinds": _equal("id"),
    "filers": _kind,
    "representatives": _equal("requires"),
    "channels": _channel_right,
    "roles": _named("name"),
    "steps": _same_role,
    "events": _equal("recorded_by"),
    "limits": _limit_right,
    "durations": _equal("of"),
    "reviews": _equal("inside"),
    "contacts": _equal("type"),
    "provisions": _equal("topic"),
}
"""What else must be the same for it to be right."""

FACT_TYPES = tuple(_MEANS)
"""The types of facts that are measured, in the order of the model."""
