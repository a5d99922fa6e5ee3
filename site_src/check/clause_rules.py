"""Compares numbers, contacts and names of facts with the clauses that they cite, both ways.

docs/decisions/0053-the-checker-reads-meaning.md lists what is compared and what is not.
"""

import re
from collections.abc import Iterator

from site_src.check.meaning.cited_clause import CitedClause, role_names, texts
from site_src.check.meaning.rules import cited_clauses
from site_src.numbers.durations import narrow_digits
from site_src.numbers.grammar import Number
from site_src.numbers.numbers import find_numbers, grammar_of
from site_src.policy.clauses import Clause
from site_src.policy.facts import PlacedFact
from site_src.policy.finding import Finding
from site_src.policy.finding_place import in_text, in_yaml
from site_src.policy.load import Edition
from site_src.policy.model.filing import Channel, ContactFact, KindFact
from site_src.policy.model.handling import Role, RouteFact, Step
from site_src.policy.model.limits import LimitFact

_COUNTED = ("count", "money", "percent", "time")
"""Kinds of numbers that a fact must say in its words."""


def clause_findings(source: Edition) -> Iterator[Finding]:
    """The findings where facts and text disagree."""
    roles = {role.id: role for role in source.policy.roles}
    decimals = {clause.label for clause in source.clauses if "." in clause.label}
    for cited in cited_clauses(source):
        said = tuple(_numbers_of_facts(cited))
        yield from _check_contacts(cited)
        yield from _check_numbers(cited, said)
        yield from _check_roles(cited, roles)
        yield from _check_kinds(cited)
        yield from _check_contacts_and_counts(cited, decimals, said)


def _numbers_of_facts(cited: CitedClause) -> Iterator[tuple[PlacedFact, str, Number]]:
    """The numbers in the words of facts, each with the fact and its key."""
    grammar = grammar_of(cited.source.policy.language)
    for placed in cited.facts:
        for key, text in texts(placed.fact):
            for number in find_numbers(cited.words(text), grammar):
                yield placed, key, number


def _check_contacts(cited: CitedClause) -> Iterator[Finding]:
    for placed in cited.facts:
        fact = placed.fact
        if (
            isinstance(fact, Channel | ContactFact)
            and fact.value
            and not _spans(cited.clause, fact.value)
        ):
            message = f"clause {cited.clause.id} does not say {fact.value!r}"
            remedy = "Correct the value or the text."
            yield in_yaml(cited.source, placed, "value", "contact-not-in-text", message, remedy)


def _spans(clause: Clause, value: str) -> tuple[tuple[int, int], ...]:
    """The spans where the clause says the whole value, not as a part of a longer one."""
    whole = re.compile(
        rf"(?<![0-9A-Za-z@._+-]){re.escape(narrow_digits(value))}(?![0-9A-Za-z@_-]|\.[0-9A-Za-z])"
    )
    return tuple(match.span() for match in whole.finditer(narrow_digits(clause.words)))


def _check_contacts_and_counts(
    cited: CitedClause, decimals: set[str], said: tuple[tuple[PlacedFact, str, Number], ...]
) -> Iterator[Finding]:
    """A contact needs a channel with that value; a count needs a channel or a fact's words.

    `decimals` are the numbers of clauses, which a text may refer to.
    """
    spans = [
        span
        for placed in cited.facts
        if isinstance(placed.fact, Channel | ContactFact) and placed.fact.value
        for span in _spans(cited.clause, placed.fact.value)
    ]
    counted = {(number.kind, number.key) for _, _, number in said}
    for number in cited.numbers:
        says = f"clause {cited.clause.id} says {number.words}"
        if any(start <= number.start and number.end <= end for start, end in spans):
            continue
        if number.kind == "contact":
            message = f"{says}, but no channel or contact that cites the clause has that value"
            remedy = "Add it to policy.yaml as a channel or a contact, or correct the text."
            yield in_text(cited.clause, number.start, "contact-unclaimed", message, remedy)
        elif (
            number.kind in _COUNTED
            and (number.kind, number.key) not in counted
            and number.key not in decimals
        ):
            message = f"{says}, but no fact that cites the clause says it"
            remedy = "Say the number in a fact that cites the clause, or correct the text."
            yield in_text(cited.clause, number.start, "number-unclaimed", message, remedy)


def _check_numbers(
    cited: CitedClause, said: tuple[tuple[PlacedFact, str, Number], ...]
) -> Iterator[Finding]:
    """Numbers in a fact's words must be in its clause, in digits or in numerals."""
    keys = {(number.kind, number.key) for number in cited.numbers}
    for placed, key, number in said:
        if number.kind != "reference" and (number.kind, number.key) not in keys:
            message = f"clause {cited.clause.id} does not say {number.words}"
            remedy = "Correct the fact's words, cite the clause that says it, or correct the text."
            yield in_yaml(cited.source, placed, key, "number-not-in-text", message, remedy)


def _check_roles(cited: CitedClause, roles: dict[str, Role]) -> Iterator[Finding]:
    """A role must be named in the clause of its duty and in the clauses of its acts."""
    text = cited.clause.words.lower()
    for placed in cited.facts:
        fact = placed.fact
        if not isinstance(fact, Role | RouteFact | Step | LimitFact):
            continue
        for key, role in _acting(fact, roles):
            names = role_names(cited.source, role)
            if not any(name.lower() in text for name in names):
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


def _check_kinds(cited: CitedClause) -> Iterator[Finding]:
    for placed in cited.facts:
        fact = placed.fact
        if not isinstance(fact, KindFact):
            continue
        name = cited.words(fact.name)
        same_words = cited.source.policy.language == "en" and cited.share(name, cited.text) == 1
        if name.lower() not in cited.clause.words.lower() and not same_words:
            message = f"clause {cited.clause.id} does not name {name}"
            remedy = "Cite the clause that defines this kind, or use the text's own word as `name`."
            yield in_yaml(cited.source, placed, "name", "kind-not-in-text", message, remedy)
