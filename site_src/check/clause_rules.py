"""Compares facts with the clauses that they cite, both ways: what one says, the other must say.

docs/decisions/0006-what-the-checker-reads.md lists what is compared and what is not.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from functions.model.text import Text
from site_src.numbers.durations import narrow_digits, same_length
from site_src.numbers.numbers import Number, find_numbers
from site_src.policy.clauses import Clause
from site_src.policy.facts import PlacedFact, facts
from site_src.policy.finding import Finding
from site_src.policy.finding_place import in_text, in_yaml
from site_src.policy.load import Edition
from site_src.policy.model import Channel, Fact, KindFact, LimitFact, Role, RouteFact, Step


@dataclass(frozen=True)
class _Cited:
    """A clause with the numbers that it says and the facts that cite it."""

    source: Edition
    clause: Clause
    facts: tuple[PlacedFact, ...]

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers that the clause says."""
        return find_numbers(self.clause.words)

    @cached_property
    def said(self) -> frozenset[tuple[str, object]]:
        """The same to compare with."""
        return frozenset((number.kind, number.key) for number in self.numbers)

    @cached_property
    def numbers_of_facts(self) -> tuple[tuple[PlacedFact, str, Number], ...]:
        """The numbers in the facts' words, each with the key that it stands under."""
        return tuple(
            (placed, key, number)
            for placed in self.facts
            for key, words in _words(placed.fact)
            for number in find_numbers(words)
        )


def clause_findings(source: Edition) -> Iterator[Finding]:
    """Where facts and text do not say the same."""
    citing: defaultdict[str, list[PlacedFact]] = defaultdict(list)
    for placed in facts(source.policy):
        citing[placed.fact.clause].append(placed)
    roles = {role.id: role for role in source.policy.roles}
    decimals = {clause.label for clause in source.clauses if "." in clause.label}
    seen: set[str] = set()
    for clause in source.clauses:
        cited = _Cited(source, clause, tuple(citing[clause.id]))
        # A number given twice is a finding of its own; facts mean the first.
        if clause.id not in seen:
            yield from _limits(cited)
            yield from _channels(cited)
            yield from _numbers(cited)
            yield from _roles(cited, roles)
            yield from _kinds(cited)
        yield from _durations_claimed(cited)
        yield from _contacts_and_counts_claimed(cited, decimals)
        seen.add(clause.id)


def _words(fact: Fact) -> Iterator[tuple[str, str]]:
    """Everything that a fact says in the language of the procedures, with the key of it."""
    for key in type(fact).model_fields:
        value = getattr(fact, key)
        for text in value if isinstance(value, tuple) else (value,):
            if isinstance(text, Text):
                yield key, text.words("zh-CN")


def _limits(cited: _Cited) -> Iterator[Finding]:
    for placed in cited.facts:
        fact = placed.fact
        if not isinstance(fact, LimitFact):
            continue
        if ("duration", same_length(fact.value, fact.unit, fact.recurring)) in cited.said:
            continue
        said = "、".join(one.words for one in cited.numbers if one.kind == "duration")
        message = f"clause {cited.clause.id} does not say {fact.value} {fact.unit}"
        remedy = f"It says: {said or 'no length of time'}. Mend the fact or the text."
        yield in_yaml(cited.source, placed, "value", "limit-not-in-text", message, remedy)


def _durations_claimed(cited: _Cited) -> Iterator[Finding]:
    """A limit claims a length of time, or the hours of a channel do, as in a 24-hour line."""
    claimed: set[object] = {
        same_length(placed.fact.value, placed.fact.unit, placed.fact.recurring)
        for placed in cited.facts
        if isinstance(placed.fact, LimitFact)
    } | {number.key for _, key, number in cited.numbers_of_facts if key == "hours"}
    for found in cited.numbers:
        if found.kind == "duration" and found.key not in claimed:
            message = f"clause {cited.clause.id} says {found.words}, and no limit cites it for that"
            remedy = "Add the limit to policy.yaml, or mend the number in the text."
            yield in_text(cited.clause, found.start, "duration-unclaimed", message, remedy)


def _channels(cited: _Cited) -> Iterator[Finding]:
    for placed in cited.facts:
        fact = placed.fact
        if isinstance(fact, Channel) and fact.value and not _spans(cited.clause, fact.value):
            message = f"clause {cited.clause.id} does not say {fact.value!r}"
            remedy = "Mend the channel's value or the text."
            yield in_yaml(cited.source, placed, "value", "contact-not-in-text", message, remedy)


def _spans(clause: Clause, value: str) -> tuple[tuple[int, int], ...]:
    """Where the clause says the whole value, and not as a part of a longer one."""
    whole = re.compile(
        rf"(?<![0-9A-Za-z@._+-]){re.escape(narrow_digits(value))}(?![0-9A-Za-z@_-]|\.[0-9A-Za-z])"
    )
    return tuple(match.span() for match in whole.finditer(narrow_digits(clause.words)))


def _contacts_and_counts_claimed(cited: _Cited, decimals: set[str]) -> Iterator[Finding]:
    """A contact is claimed by a channel's value, a count by that or by a fact's words.

    `decimals` are the numbers of clauses, which a text may refer to.
    """
    spans = [
        span
        for placed in cited.facts
        if isinstance(placed.fact, Channel) and placed.fact.value
        for span in _spans(cited.clause, placed.fact.value)
    ]
    counted = {number.key for _, _, number in cited.numbers_of_facts if number.kind == "count"}
    for found in cited.numbers:
        if any(start <= found.start and found.end <= end for start, end in spans):
            continue
        if found.kind == "contact":
            message = f"clause {cited.clause.id} says {found.words}, and no channel claims it"
            remedy = "Add the channel to policy.yaml, or mend the text."
            yield in_text(cited.clause, found.start, "contact-unclaimed", message, remedy)
        elif found.kind == "count" and found.key not in counted and found.key not in decimals:
            message = f"clause {cited.clause.id} says {found.words}, and no fact citing it does"
            remedy = "Say the number in a fact that cites the clause, or mend the text."
            yield in_text(cited.clause, found.start, "number-unclaimed", message, remedy)


def _numbers(cited: _Cited) -> Iterator[Finding]:
    """Numbers in a fact's words stand in its clause, written in digits or in numerals."""
    for placed, key, number in cited.numbers_of_facts:
        if number.kind != "reference" and (number.kind, number.key) not in cited.said:
            message = f"clause {cited.clause.id} does not say {number.words}"
            remedy = "Mend the words of the fact, cite the clause that says it, or mend the text."
            yield in_yaml(cited.source, placed, key, "number-not-in-text", message, remedy)


def _roles(cited: _Cited, roles: dict[str, Role]) -> Iterator[Finding]:
    """A role is named in the clause that gives it its duty and in those of its acts."""
    for placed in cited.facts:
        fact = placed.fact
        if not isinstance(fact, Role | RouteFact | Step | LimitFact):
            continue
        role = fact if isinstance(fact, Role) else roles.get(fact.role or "")
        if role is None:
            continue
        names = (role.name.words("zh-CN"), *role.says)
        if not any(name in cited.clause.words for name in names):
            key = "name" if isinstance(fact, Role) else "role"
            message = f"clause {cited.clause.id} does not name {' or '.join(names)}"
            remedy = "Cite the clause that names the role, or list the text's word under says."
            yield in_yaml(cited.source, placed, key, "role-not-in-text", message, remedy)


def _kinds(cited: _Cited) -> Iterator[Finding]:
    for placed in cited.facts:
        fact = placed.fact
        if isinstance(fact, KindFact) and fact.name.words("zh-CN") not in cited.clause.words:
            message = f"clause {cited.clause.id} does not name {fact.name.words('zh-CN')}"
            remedy = "Cite the clause that says what this kind is, in the text's own word."
            yield in_yaml(cited.source, placed, "name", "kind-not-in-text", message, remedy)
