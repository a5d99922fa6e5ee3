"""The parts of a mail, of which its plain text and its HTML are both made.

A mail's template is plain text in which the first characters of a line say what the line is:

| begins with | is |
|---|---|
| `@ ` | who writes, the organisation |
| `# ` | the sentence that the mail is about |
| `## ` | the heading of a section |
| `* ` | a code that the reader must copy: label, ` | `, value |
| `= ` | a fact: label, ` | `, value |
| `> ` | a link: label, ` | `, address |
| `~ ` | a note at the end |
| `- ` | an item of a list; lines of it that follow begin with two spaces |

Every other line is a paragraph. Only a template says so: a value that looks like this is words. A
fact without a value and a section without content are left out.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Literal

from functions.model.pages.slot_template import SlotTemplate, Values

Sort = Literal[
    "name", "heading", "section", "code", "fact", "link", "item", "words", "entry", "note"
]
"""What a part is. An `entry` has a title, lines about it and a link: a time limit in a digest."""

_LABELLED: tuple[Sort, ...] = ("code", "fact", "link")
_SORTS: dict[str, Sort] = {
    "@": "name",
    "#": "heading",
    "##": "section",
    "*": "code",
    "=": "fact",
    ">": "link",
    "~": "note",
}
_LINE_START = re.compile(r"(?<=\n)([@#*=>~]|##) ")
_BEGIN, _TURN = "\ue010", "\ue011"
"""What stands for the marks once values are filled in; values have none of them."""
_MARKS = re.compile(f"[{_BEGIN}{_TURN}]")

_SEPARATOR = " | "
_CLOSED_UP: tuple[Sort, ...] = ("code", "fact", "item", "note")
"""Parts that stand in plain text without an empty line between those of one sort."""


@dataclass(frozen=True)
class MailPart:
    """One part: its words, the label before them, and what follows in lines of its own.

    `colour` is that of the line beside an entry.
    """

    sort: Sort
    words: str
    label: str = ""
    lines: tuple[str, ...] = ()
    colour: str = ""


def mail_parts(template: SlotTemplate, values: Values) -> tuple[MailPart, ...]:
    """The parts of a template that is filled with `values`."""
    filled = "".join(
        _MARKS.sub("", values.get(part, "")) if index % 2 else _marked(part, first=not index)
        for index, part in enumerate(template.root)
    )
    return _shown(_parts(filled.splitlines()))


def _shown(parts: Iterable[MailPart]) -> tuple[MailPart, ...]:
    """Those parts that say something: facts with a value, sections with content."""
    said = [part for part in parts if part.words.strip()]
    content = ("name", "heading", "section", "note", "")
    followed = pairwise([*(part.sort for part in said), ""])
    return tuple(
        part
        for part, (sort, after) in zip(said, followed, strict=True)
        if sort != "section" or after not in content
    )


def mail_text(parts: Iterable[MailPart]) -> str:
    """The parts as plain text: an empty line between groups, none below a heading."""
    text, last = "", ""
    for sort, group in groupby(parts, lambda part: part.sort):
        apart = "" if sort in _CLOSED_UP else "\n"
        said = apart.join("\n".join(_lines(part)) + "\n" for part in group)
        close = not last or last == "section" or {sort, last} == {"code", "fact"}
        text += said if close else f"\n{said}"
        last = sort
    return text


def _lines(part: MailPart) -> tuple[str, ...]:
    if part.sort == "item":
        return (f"- {part.words}", *part.lines)
    if part.sort == "entry":
        return (part.label, *(f"  {line}" for line in (*part.lines, part.words)))
    return (part.label + part.words,)


def _marked(literal: str, first: bool) -> str:
    """Words of a template, with marks in place of what says what a line is."""
    lines = f"\n{literal}" if first else literal
    begun = _LINE_START.sub(lambda found: f"{_BEGIN}{found[1]}{_TURN}", lines)
    return begun.replace(_SEPARATOR, _TURN)


def _parts(lines: Iterable[str]) -> Iterator[MailPart]:
    part: MailPart | None = None
    for line in lines:
        if part is not None and part.sort == "item" and line.startswith("  "):
            part = replace(part, lines=(*part.lines, line))
            continue
        if part is not None:
            yield part
        part = _part(line)
    if part is not None:
        yield part


def _part(line: str) -> MailPart:
    if line.startswith(_BEGIN):
        mark, _, said = line[1:].partition(_TURN)
        known = _SORTS[mark]
        if known in _LABELLED:
            label, _, value = said.partition(_TURN)
            return MailPart(known, _MARKS.sub(_SEPARATOR, value).strip(), label)
        return MailPart(known, _MARKS.sub(_SEPARATOR, said))
    plain = _MARKS.sub(_SEPARATOR, line)
    if plain.startswith("- "):
        return MailPart("item", plain[2:])
    return MailPart("words", plain)
