"""Compares facts with the clauses that they cite, in both directions.

docs/decisions/0006-what-the-checker-reads.md lists what is compared and what is not.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from functions.model.text import Text
from site_src.bilingual import Bilingual, enumeration
from site_src.numbers.durations import narrow_digits, same_length
from site_src.numbers.grammar import Number
from site_src.numbers.numbers import find_numbers
from site_src.policy.clauses import Clause
from site_src.policy.facts import PlacedFact, facts
from site_src.policy.finding import Finding
from site_src.policy.finding_place import in_text, in_yaml
from site_src.policy.load import Edition
from site_src.policy.model.fact import Fact
from site_src.policy.model.filing import Channel, ContactFact, KindFact
from site_src.policy.model.handling import Role, RouteFact, Step
from site_src.policy.model.limits import DurationFact, LimitFact

_LENGTHS = ("duration", "frequency", "named_day")
"""Kinds of numbers that a limit may be; only the first must be one."""

_COUNTED = ("count", "money", "percent", "time")
"""Kinds of numbers that a fact must say in its words."""

_LENGTHS = ("duration", "frequency", "named_day")
"""Kinds of numbers that a limit may be; only the first must be one."""

_COUNTED = ("count", "money", "percent", "time")
"""Kinds of numbers that a fact must say in its words."""


@dataclass(frozen=True)
class _Cited:
    """A clause with its numbers and the facts that cite it."""

    source: Edition
    clause: Clause
    facts: tuple[PlacedFact, ...]

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers that the clause says."""
        return find_numbers(self.clause.words)

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
            for key, words in _words(placed.fact)
            for number in find_numbers(words)
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


def _words(fact: Fact) -> Iterator[tuple[str, str]]:
    """Every text of a fact in the language of the procedures, with its key."""
    for key in type(fact).model_fields:
        value = getattr(fact, key)
        for text in value if isinstance(value, tuple) else (value,):
            if isinstance(text, Text):
                yield key, text.words("zh-CN")


def _check_limits(cited: _Cited) -> Iterator[Finding]:
    for placed in cited.facts:
        fact = placed.fact
        if not isinstance(fact, LimitFact) or fact.length is None:
            continue
        length = same_length(*fact.length, fact.recurring, fact.every)
        if any((kind, length) in cited.number_keys for kind in _LENGTHS):
            continue
        message = Bilingual(
            f"clause {cited.clause.id} does not say {fact.value} {fact.unit}",
            f"条款“{cited.clause.id}”没有写 {fact.value} {fact.unit}",
        )
        remedy = _other_lengths(cited)
        yield in_yaml(cited.source, placed, "value", "limit-not-in-text", message, remedy)


def _other_lengths(cited: _Cited) -> Bilingual:
    """What the clause says instead, with the keys to write for its first length."""
    numbers = [number for number in cited.numbers if number.kind in _LENGTHS]
    if not numbers:
        return Bilingual(
            "It says no length of time. Cite the clause that says it, or correct the text.",
            "该条没有写任何时长。请引用写明时长的条款，或者改正正文。",
        )
    return Bilingual(
        "It says: {lengths}. Write {keys}, cite another clause, or correct the text.",
        "该条写的是：{lengths}。请写 {keys}，或者引用别的条款，或者改正正文。",
    ).filled(lengths=enumeration(number.words for number in numbers), keys=length_keys(numbers[0]))


def length_keys(number: Number) -> str:
    """The keys of a limit with the number's length: `value: 5, unit: working_day`."""
    duration = number.duration
    if duration is None or duration.value is None:
        return "`value: …, unit: …`"
    recurring = ", recurring: true" if duration.recurring else ""
    return f"`value: {duration.value}, unit: {duration.unit}{recurring}`"


def _check_durations(cited: _Cited) -> Iterator[Finding]:
    """A length of time needs a limit, or the hours of a channel such as a 24-hour hotline."""
    claimed: set[object] = {
        same_length(*placed.fact.length, placed.fact.recurring)
        for placed in cited.facts
        if isinstance(placed.fact, LimitFact) and placed.fact.length
    } | {number.key for _, key, number in cited.numbers_of_facts if key == "hours"}
    for placed in cited.facts:
        if isinstance(placed.fact, DurationFact):
            claimed |= {number.key for number in find_numbers(placed.fact.says)}
    for number in cited.numbers:
        if number.kind == "duration" and number.key not in claimed:
            message = Bilingual(
                f"clause {cited.clause.id} says {number.words}, "
                "but no limit that cites the clause has that length",
                f"条款“{cited.clause.id}”写了“{number.words}”，但引用该条的时限中没有这个时长",
            )
            keys = length_keys(number).strip("`")
            limit = f'- {{id: …, {keys}, from: …, action: …, clause: "{cited.clause.id}"}}'
            other = f'- {{says: {number.words}, of: other, text: …, clause: "{cited.clause.id}"}}'
            remedy = Bilingual(
                f"If it is a time limit, add under limits: `{limit}`. If it is not, add under "
                f"durations: `{other}`.",
                f"如果是时限，请在 limits 下加上：`{limit}`；如果不是，请在 durations 下加上："
                f"`{other}`。",
            )
            yield in_text(cited.clause, number.start, "duration-unclaimed", message, remedy)


def _check_channels(cited: _Cited) -> Iterator[Finding]:
    for placed in cited.facts:
        fact = placed.fact
        if (
            isinstance(fact, Channel | ContactFact)
            and fact.value
            and not _spans(cited.clause, fact.value)
        ):
            message = Bilingual(
                f"clause {cited.clause.id} does not say {fact.value!r}",
                f"条款“{cited.clause.id}”没有写“{fact.value}”",
            )
            remedy = _other_contacts(cited)
            yield in_yaml(cited.source, placed, "value", "contact-not-in-text", message, remedy)


def _other_contacts(cited: _Cited) -> Bilingual:
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
    counted = {(number.kind, number.key) for _, _, number in cited.numbers_of_facts}
    for number in cited.numbers:
        clause, words = cited.clause.id, number.words
        if any(start <= number.start and number.end <= end for start, end in spans):
            continue
        if number.kind == "contact":
            message = Bilingual(
                f"clause {clause} says {words}, but no channel that cites the clause has that "
                "value",
                f"条款“{clause}”写了“{words}”，但引用该条的渠道都没有这个号码或地址",
            )
            type = "email" if "@" in words else "telephone"
            line = f'- {{id: …, type: {type}, name: …, value: "{words}", clause: "{clause}"}}'
            remedy = Bilingual(
                f"Add under channels: `{line}`. If it is another body's, add it to that review's "
                f'contacts: `- {{type: {type}, value: "{words}"}}`. Or correct the text.',
                f"请在 channels 下加上：`{line}`；如果是其他机构的，请加到该 reviews 条目的 "
                f'contacts：`- {{type: {type}, value: "{words}"}}`。或者改正正文。',
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


def _check_numbers(cited: _Cited) -> Iterator[Finding]:
    """Numbers in a fact's words must be in its clause, in digits or in numerals."""
    for placed, key, number in cited.numbers_of_facts:
        if number.kind != "reference" and (number.kind, number.key) not in cited.number_keys:
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


def _check_roles(cited: _Cited, roles: dict[str, Role]) -> Iterator[Finding]:
    """A role must be named in the clause of its duty and in the clauses of its acts."""
    for placed in cited.facts:
        fact = placed.fact
        if not isinstance(fact, Role | RouteFact | Step | LimitFact):
            continue
        for key, role in _acting(fact, roles):
            names = (role.name.words("zh-CN"), *role.says)
            if not any(name in cited.clause.words for name in names):
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
        if isinstance(fact, KindFact) and fact.name.words("zh-CN") not in cited.clause.words:
            name = fact.name.words("zh-CN")
            message = Bilingual(
                f"clause {cited.clause.id} does not name {name}",
                f"条款“{cited.clause.id}”没有出现“{name}”",
            )
            remedy = Bilingual(
                "Cite the clause that defines this kind, or use the text's own word: `name: …`.",
                "请引用规定这一类的条款，或者改用正文里的说法：`name: …`。",
            )
            yield in_yaml(cited.source, placed, "name", "kind-not-in-text", message, remedy)
