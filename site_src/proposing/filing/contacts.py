"""Reads telephone numbers, addresses and hours beside each other in a clause."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from site_src.check.meaning.cited_clause import CitedClause
from site_src.policy.terms import ChannelType
from site_src.proposing.reading import ProcedureText

_BEFORE = 14
_SHORT_NUMBER = re.compile(
    r"(?<![A-Za-z0-9_.])\d{3,6}(?![A-Za-z0-9_.]|\s*(?:日|天|年|月|小时|元|号(?!码)|%|days?|hours?))"
)
_FAX = re.compile(r"传真|fax", re.IGNORECASE)


@dataclass(frozen=True)
class ReadContact:
    """A number or an address, its place in the clause, and the hours that stand behind it."""

    type: ChannelType
    value: str
    start: int
    end: int
    hours: str | None = None

    @property
    def entry(self) -> dict[str, Any]:
        """The keys of a contact or a channel."""
        return {"type": self.type, "value": self.value} | (
            {"hours": self.hours} if self.hours else {}
        )


def contacts_in(
    text: ProcedureText, clause: CitedClause, start: int, end: int
) -> tuple[ReadContact, ...]:
    """The contacts that a span of a clause says, in order, each with its hours if it has some."""
    found = sorted(_found(text, clause, start, end), key=lambda one: one.start)
    hours = [
        match
        for match in text.words.hours.finditer(clause.text, start, end)
        if match["value"].strip()
    ]
    read: list[ReadContact] = []
    for index, one in enumerate(found):
        until = found[index + 1].start if index + 1 < len(found) else end
        # Hours are of the contact before them; those before the first are of the first.
        own = [match for match in hours if one.end <= match.start() < until]
        said = own[0]["value"].strip() if own else None
        read.append(ReadContact(one.type, one.value, one.start, one.end, said))
    return tuple(read)


def _found(text: ProcedureText, clause: CitedClause, start: int, end: int) -> Iterator[ReadContact]:
    taken: list[tuple[int, int]] = []
    for number in clause.numbers:
        if number.kind != "contact" or not start <= number.start < end:
            continue
        before = clause.text[max(start, number.start - _BEFORE) : number.start]
        taken.append((number.start, number.end))
        yield ReadContact(
            _type(clause, number.words, before), number.words, number.start, number.end
        )
    for match in _short_numbers(clause, start, end, taken):
        before = clause.text[max(start, match.start() - _BEFORE) : match.start()]
        yield ReadContact(_type(clause, match[0], before), match[0], *match.span())
    for pattern, type in ((text.words.address, "letter"), (text.words.web, "web")):
        for match in pattern.finditer(clause.text, start, end):
            group = next(name for name, value in match.groupdict().items() if value)
            first, last = match.span(group)
            if any(begin < last and first < stop for begin, stop in taken):
                continue
            taken.append((first, last))
            sort: ChannelType = (
                "in_person" if group == "place" else "web" if type == "web" else "letter"
            )
            value = match[group].strip(" .。")
            yield ReadContact(sort, value, first, first + len(value))


def _short_numbers(
    clause: CitedClause, start: int, end: int, taken: list[tuple[int, int]]
) -> Iterator[re.Match[str]]:
    """Short numbers behind a word for a telephone: hotlines and extensions."""
    words = (clause.lexicon.channels["telephone"], clause.lexicon.channels["extension"])
    reach = start
    for match in _SHORT_NUMBER.finditer(clause.text, start, end):
        if any(begin < match.end() and match.start() < stop for begin, stop in taken):
            continue
        before = clause.text[max(start, match.start() - _BEFORE, reach) : match.start()]
        linked = clause.text[reach : match.start()].strip() in (
            "、",
            "或",
            "和",
            "或者",
            "or",
            "and",
        )
        if any(pattern.search(before) for pattern in words) or (reach > start and linked):
            reach = match.end()
            yield match


def _type(clause: CitedClause, value: str, before: str) -> ChannelType:
    if "@" in value:
        return "email"
    if _FAX.search(before):
        return "fax"
    if clause.lexicon.channels["extension"].search(before):
        return "extension"
    return "telephone"
