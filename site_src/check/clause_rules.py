"""Compares facts with the clauses that they cite, in both directions.

docs/decisions/0006-what-the-checker-reads.md lists what is compared and what is not.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from functions.model.language import Language
from functions.model.text import Text
from site_src.numbers.durations import narrow_digits, same_length
from site_src.numbers.english import ENGLISH
from site_src.numbers.numbers import CHINESE, Grammar, Number, find_numbers
from site_src.policy.clauses import Clause
from site_src.policy.facts import PlacedFact, facts
from site_src.policy.finding import Finding
from site_src.policy.finding_place import in_text, in_yaml
from site_src.policy.load import Edition
from site_src.policy.model.fact import Fact
from site_src.policy.model.filing import Channel, ContactFact, KindFact
from site_src.policy.model.handling import Role, RouteFact, Step
from site_src.policy.model.limits import DurationFact, LimitFact


@dataclass(frozen=True)
class _Cited:
    """A clause with its numbers and the facts that cite it."""

    source: Edition
    clause: Clause
    facts: tuple[PlacedFact, ...]

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers that the clause says."""
        return find_numbers(self.clause.words, self.grammar)

    @property
    def language(self) -> Language:
        """The language of the procedure and of the facts."""
        return self.source.policy.language

    @property
    def grammar(self) -> Grammar:
        """How that language says numbers."""
        return ENGLISH if self.language == "en" else CHINESE

    @cached_property
    def number_keys(self) -> frozenset[tuple[str, object]]:
        """The kind and the key of each number, to compare with those of facts."""
        return frozenset((number.kind, number.key) for number in self.numbers)

    @cached_property
    def numbers_of_facts(self) -> tuple[tuple[PlacedFact, str, Number], ...]:
        """The numbers in the words of facts, each with the fact and its key."""
        return tuple(
            (placed, key, number)
            for placed in self.facts
            for key, words in _words(placed.fact, self.language)
            for number in find_numbers(words, self.grammar)
        )


def clause_findings(source: Edition) -> Iterator[Finding]:
    """The findings where facts and text disagree."""
    citing: defaultdict[str, list[PlacedFact]] = defaultdict(list)
    for placed in facts(source.policy):
        citing[placed.fact.clause].append(placed)
    roles = {role.id: role for role in source.policy.roles}
    decimals = {clause.label for clause in source.clauses if "." in clause.label}
    seen: set[str] = set()
    for clause in source.clauses:
        cited = _Cited(source, clause, tuple(citing[clause.id]))
        # A repeated clause number is a finding of its own; facts cite the first such clause.
        if clause.id not in seen:
            yield from _check_limits(cited)
            yield from _check_channels(cited)
            yield from _check_numbers(cited)
            yield from _check_roles(cited, roles)
            yield from _check_kinds(cited)
        yield from _check_durations(cited)
        yield from _check_contacts_and_counts(cited, decimals)
        seen.add(clause.id)


def _words(fact: Fact, language: Language) -> Iterator[tuple[str, str]]:
    """Every text of a fact in the language of the procedures, with its key."""
    for key in type(fact).model_fields:
        value = getattr(fact, key)
        for text in value if isinstance(value, tuple) else (value,):
            if isinstance(text, Text):
                yield key, text.words(language)


def _check_limits(cited: _Cited) -> Iterator[Finding]:
    for placed in cited.facts:
        fact = placed.fact
        if not isinstance(fact, LimitFact) or fact.length is None:
            continue
        if ("duration", same_length(*fact.length, fact.recurring)) in cited.number_keys:
            continue
        durations = "、".join(number.words for number in cited.numbers if number.kind == "duration")
        message = f"clause {cited.clause.id} does not say {fact.value} {fact.unit}"
        remedy = f"It says: {durations or 'no length of time'}. Correct the fact or the text."
        yield in_yaml(cited.source, placed, "value", "limit-not-in-text", message, remedy)


def _check_durations(cited: _Cited) -> Iterator[Finding]:
    """A length of time needs a limit, or the hours of a channel such as a 24-hour hotline."""
    claimed: set[object] = {
        same_length(*placed.fact.length, placed.fact.recurring)
        for placed in cited.facts
        if isinstance(placed.fact, LimitFact) and placed.fact.length
    } | {number.key for _, key, number in cited.numbers_of_facts if key == "hours"}
    for placed in cited.facts:
        if isinstance(placed.fact, DurationFact):
            claimed |= {number.key for number in find_numbers(placed.fact.says, cited.grammar)}
    for number in cited.numbers:
        if number.kind == "duration" and number.key not in claimed:
            message = (
                f"clause {cited.clause.id} says {number.words}, "
                "but no limit that cites the clause has that length"
            )
            remedy = "Add the limit to policy.yaml, or correct the number in the text."
            yield in_text(cited.clause, number.start, "duration-unclaimed", message, remedy)


def _check_channels(cited: _Cited) -> Iterator[Finding]:
    for placed in cited.facts:
        fact = placed.fact
        if (
            isinstance(fact, Channel | ContactFact)
            and fact.value
            and not _spans(cited.clause, fact.value)
        ):
            message = f"clause {cited.clause.id} does not say {fact.value!r}"
            remedy = "Correct the channel's value or the text."
            yield in_yaml(cited.source, placed, "value", "contact-not-in-text", message, remedy)


def _spans(clause: Clause, value: str) -> tuple[tuple[int, int], ...]:
    """The spans where the clause says the whole value, not as a part of a longer one."""
    whole = re.compile(
        rf"(?<![0-9A-Za-z@._+-]){re.escape(narrow_digits(value))}(?![0-9A-Za-z@_-]|\.[0-9A-Za-z])"
    )
    return tuple(match.span() for match in whole.finditer(narrow_digits(clause.words)))


def _check_contacts_and_counts(cited: _Cited, decimals: set[str]) -> Iterator[Finding]:
    """A contact needs a channel with that value; a count needs a channel or a fact's words.

    `decimals` are the numbers of clauses, which a text may refer to.
    """
    spans = [
        span
        for placed in cited.facts
        if isinstance(placed.fact, Channel | ContactFact) and placed.fact.value
        for span in _spans(cited.clause, placed.fact.value)
    ]
    counted = {number.key for _, _, number in cited.numbers_of_facts if number.kind == "count"}
    for number in cited.numbers:
        says = f"clause {cited.clause.id} says {number.words}"
        if any(start <= number.start and number.end <= end for start, end in spans):
            continue
        if number.kind == "contact":
            message = f"{says}, but no channel that cites the clause has that value"
            remedy = "Add the channel to policy.yaml, or correct the text."
            yield in_text(cited.clause, number.start, "contact-unclaimed", message, remedy)
        elif number.kind == "count" and number.key not in counted and number.key not in decimals:
            message = f"{says}, but no fact that cites the clause says it"
            remedy = "Say the number in a fact that cites the clause, or correct the text."
            yield in_text(cited.clause, number.start, "number-unclaimed", message, remedy)


def _check_numbers(cited: _Cited) -> Iterator[Finding]:
    """Numbers in a fact's words must be in its clause, in digits or in numerals."""
    for placed, key, number in cited.numbers_of_facts:
        if number.kind != "reference" and (number.kind, number.key) not in cited.number_keys:
            message = f"clause {cited.clause.id} does not say {number.words}"
            remedy = "Correct the fact's words, cite the clause that says it, or correct the text."
            yield in_yaml(cited.source, placed, key, "number-not-in-text", message, remedy)


def _check_roles(cited: _Cited, roles: dict[str, Role]) -> Iterator[Finding]:
    """A role must be named in the clause of its duty and in the clauses of its acts."""
    for placed in cited.facts:
        fact = placed.fact
        if not isinstance(fact, Role | RouteFact | Step | LimitFact):
            continue
        for key, role in _acting(fact, roles):
            names = (role.name.words(cited.language), *role.says)
            if not any(name.casefold() in cited.clause.words.casefold() for name in names):
                message = f"clause {cited.clause.id} does not name {' or '.join(names)}"
                remedy = "Cite the clause that names the role, or add the text's word to `says`."
                yield in_yaml(cited.source, placed, key, "role-not-in-text", message, remedy)


def _acting(
    fact: Role | RouteFact | Step | LimitFact, roles: dict[str, Role]
) -> Iterator[tuple[str, Role]]:
    """The roles that a fact names, each with the key that names it."""
    if isinstance(fact, Role):
        yield "name", fact
        return
    named: list[tuple[str, str | None]] = [("role", fact.role)]
    if isinstance(fact, Step):
        named += [("roles", id) for id in fact.roles]
        named += [*(("tells", id) for id in fact.tells), ("approved_by", fact.approved_by)]
    for key, id in named:
        if id in roles:
            yield key, roles[id]


def _check_kinds(cited: _Cited) -> Iterator[Finding]:
    for placed in cited.facts:
        fact = placed.fact
        if not isinstance(fact, KindFact):
            continue
        name = fact.name.words(cited.language)
        if name.casefold() not in cited.clause.words.casefold():
            message = f"clause {cited.clause.id} does not name {name}"
            remedy = "Cite the clause that defines this kind, or use the text's own word as `name`."
            yield in_yaml(cited.source, placed, "name", "kind-not-in-text", message, remedy)
