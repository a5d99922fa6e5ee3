"""Compares numbers, contacts and names of facts with the clauses that they cite, both ways.

docs/decisions/0053-the-checker-reads-meaning.md lists what is compared and what is not.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from site_src.bilingual import Bilingual, enumeration
from site_src.check.meaning.cited_clause import CitedClause, names_of_role
from site_src.numbers.durations import narrow_digits
from site_src.numbers.grammar import Number
from site_src.numbers.numbers import find_numbers, grammar_of
from site_src.policy.edition import Edition
from site_src.policy.facts import PlacedFact
from site_src.policy.finding import Finding
from site_src.policy.finding_place import in_text, in_yaml
from site_src.policy.model.filing import Channel, ContactFact, KindFact
from site_src.policy.model.handling import Role, RouteFact, StepFact
from site_src.policy.model.limits import LimitFact

_COUNTED = ("count", "money", "percent", "time")
"""Kinds of numbers that a fact must say in its words."""


def clause_findings(source: Edition, clauses: Iterable[CitedClause]) -> Iterator[Finding]:
    """The findings where facts and text disagree; `clauses` are all of the edition's."""
    roles = {role.id: role for role in source.policy.roles}
    decimals = {clause.label for clause in source.clauses if "." in clause.label}
    for cited in clauses:
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
        for key, text in placed.texts:
            for number in find_numbers(cited.words(text), grammar):
                yield placed, key, number


def _check_contacts(cited: CitedClause) -> Iterator[Finding]:
    for placed in cited.facts:
        fact = placed.fact
        if isinstance(fact, Channel | ContactFact) and fact.value and not _spans(cited, fact.value):
            message = Bilingual(
                f"clause {cited.clause.id} does not say {fact.value!r}",
                f"条款“{cited.clause.id}”没有写“{fact.value}”",
            )
            remedy = _other_contacts(cited)
            yield in_yaml(cited.source, placed, "value", "contact-not-in-text", message, remedy)


def _other_contacts(cited: CitedClause) -> Bilingual:
    contacts = [number.words for number in cited.numbers if number.kind == "contact"]
    if not contacts:
        return Bilingual(
            "It says no number or address. Cite the clause that says it, or remove value.",
            "该条没有写号码或地址。请引用写明它的条款，或者删去 value。",
        )
    return Bilingual(
        "It says: {contacts}. Write `value: {first}`, or correct the text.",
        "该条写的是：{contacts}。请写 `value: {first}`，或者改正正文。",
    ).filled(contacts=enumeration(contacts), first=contacts[0])


def _spans(cited: CitedClause, value: str) -> tuple[tuple[int, int], ...]:
    """The spans where the clause says the whole value, not as a part of a longer one."""
    value = cited.punctuated(value)
    whole = re.compile(
        rf"(?<![0-9A-Za-z@._+-]){re.escape(narrow_digits(value))}(?![0-9A-Za-z@_-]|\.[0-9A-Za-z])"
    )
    return tuple(match.span() for match in whole.finditer(narrow_digits(cited.text)))


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
        for span in _spans(cited, placed.fact.value)
    ]
    counted = {(number.kind, number.key) for _, _, number in said}
    for number in cited.numbers:
        clause, words = cited.clause.id, number.words
        if any(start <= number.start and number.end <= end for start, end in spans):
            continue
        if number.kind == "contact":
            message = Bilingual(
                f"clause {clause} says {words}, but no channel or contact that cites the clause "
                "has that value",
                f"条款“{clause}”写了“{words}”，但引用该条的渠道和联系方式都没有它",
            )
            type = "email" if "@" in words else "telephone"
            line = f'- {{id: …, type: {type}, name: …, value: "{words}", clause: "{clause}"}}'
            contact = f'- {{type: {type}, value: "{words}"}}'
            remedy = Bilingual(
                f"Add under channels: `{line}`. If it is another body's, add it to the contacts "
                f"of that review: `{contact}`. Or correct the text.",
                f"请在 channels 下加上：`{line}`；如果是其他机构的，请加到该 reviews 条目的 "
                f"contacts 下：`{contact}`。或者改正正文。",
            )
            yield in_text(cited.clause, number.start, "contact-unclaimed", message, remedy)
        elif (
            number.kind in _COUNTED
            and (number.kind, number.key) not in counted
            and number.key not in decimals
        ):
            message = Bilingual(
                f"clause {clause} says {words}, but no fact that cites the clause says it",
                f"条款“{clause}”写了“{words}”，但引用该条的条目都没有写这个数",
            )
            line = f'- {{topic: …, text: …{words}…, clause: "{clause}"}}'
            remedy = Bilingual(
                "Say the number in the words of a fact that cites the clause, or add under "
                f"provisions: `{line}`. Or correct the text.",
                "请在引用该条的条目文字里写上这个数，或者在 provisions 下加上："
                f"`{line}`。或者改正正文。",
            )
            yield in_text(cited.clause, number.start, "number-unclaimed", message, remedy)


def _check_numbers(
    cited: CitedClause, said: tuple[tuple[PlacedFact, str, Number], ...]
) -> Iterator[Finding]:
    """Numbers in a fact's words must be in its clause, in digits or in numerals."""
    keys = {(number.kind, number.key) for number in cited.numbers}
    for placed, key, number in said:
        if number.kind != "reference" and (number.kind, number.key) not in keys:
            same = [other.words for other in cited.numbers if other.kind == number.kind]
            message = Bilingual(
                f"clause {cited.clause.id} does not say {number.words}",
                f"条款“{cited.clause.id}”没有写“{number.words}”",
            )
            remedy = Bilingual(
                "{says}Correct the fact's words, cite the clause that says it, or correct the "
                "text.",
                "{says}请改正条目的文字，或者引用写明此数的条款，或者改正正文。",
            ).filled(says=_says(same))
            yield in_yaml(cited.source, placed, key, "number-not-in-text", message, remedy)


def _says(words: list[str]) -> Bilingual:
    """What the clause says, as the start of a remedy; empty if it says nothing alike."""
    if not words:
        return Bilingual("", "")
    return Bilingual("It says: {words}. ", "该条写的是：{words}。").filled(words=enumeration(words))


def _check_roles(cited: CitedClause, roles: dict[str, Role]) -> Iterator[Finding]:
    """A role must be named in the clause of its duty and in the clauses of its acts."""
    text = cited.text.lower()
    for placed in cited.facts:
        fact = placed.fact
        if not isinstance(fact, Role | RouteFact | StepFact | LimitFact):
            continue
        for key, role in _acting(fact, roles):
            names = names_of_role(cited.source, role)
            longer = _longer_names(cited, names)
            if not any(name.lower() in longer.sub("", text) for name in names):
                message = Bilingual(
                    f"clause {cited.clause.id} does not name {' or '.join(names)}",
                    f"条款“{cited.clause.id}”没有出现“{'”或“'.join(names)}”",
                )
                says = ", ".join([*role.says, "…"])
                remedy = Bilingual(
                    "Cite the clause that names the role. If the clause calls it by another word, "
                    f"add that word to the role {role.id}: `says: [{says}]`.",
                    "请引用写明该角色的条款；如果该条用的是别的称呼，请把那个词加到角色 "
                    f"{role.id}：`says: [{says}]`。",
                )
                yield in_yaml(cited.source, placed, key, "role-not-in-text", message, remedy)


def _longer_names(cited: CitedClause, names: tuple[str, ...]) -> re.Pattern[str]:
    """What other roles are called, where that contains one of the names: Chief Officer, Officer."""
    own = {name.lower() for name in names}
    others = [
        other for other in cited.called if other not in own and any(name in other for name in own)
    ]
    return _any_of(tuple(sorted(others, key=lambda other: (-len(other), other))))


@lru_cache
def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, names)) or r"(?!)")


def _acting(
    fact: Role | RouteFact | StepFact | LimitFact, roles: dict[str, Role]
) -> Iterator[tuple[str, Role]]:
    """The roles that a fact names, each with the key that names it."""
    if isinstance(fact, Role):
        yield "name", fact
        return
    named: list[tuple[str, str | None]] = [("role", fact.role)]
    if isinstance(fact, StepFact):
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
        if name.lower() not in cited.text.lower() and not same_words:
            message = Bilingual(
                f"clause {cited.clause.id} does not name {name}",
                f"条款“{cited.clause.id}”没有出现“{name}”",
            )
            remedy = Bilingual(
                "Cite the clause that defines this kind, or use the text's own word: `name: …`.",
                "请引用规定这一类的条款，或者改用正文里的说法：`name: …`。",
            )
            yield in_yaml(cited.source, placed, "name", "kind-not-in-text", message, remedy)
