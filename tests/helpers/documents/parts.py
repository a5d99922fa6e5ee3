"""Takes a procedure apart into what a word processor would have: numbers, words, headings."""

import re
from dataclasses import dataclass
from pathlib import Path

from site_src.policy.clauses import raw_lines, read_clauses
from site_src.policy.layout.clause_numbers import Numbering

_SMALL = re.compile(r"^([（(](?:\d{1,2}|[a-z])[）)]|\d{1,2}[）)]|[①-⑳])\s*")
_HEADING = re.compile(r"^(#{1,6}) +")


@dataclass(frozen=True)
class Part:
    """A paragraph. `kind` is `title`, `heading`, `paragraph`, `bullet` or `row` of a table.

    `label` is its number as written, with the mark after it, such as `1、`.
    """

    kind: str
    label: str
    words: str
    level: int = 0


def parts_of(text: str) -> tuple[Part, ...]:
    """The paragraphs of a procedure text."""
    numbering = Numbering()
    parts: list[Part] = []
    for line in text.splitlines():
        heading = _HEADING.match(line)
        body = line[heading.end() :] if heading else line
        if not body.strip():
            continue
        if heading and not parts:
            parts.append(Part("title", "", body))
            continue
        number = numbering.read(line)
        kind = "heading" if heading else "paragraph"
        label = body[: len(body) - len(number.rest)].strip() if number else ""
        words = number.rest if number else body
        if small := None if number else _SMALL.match(body):
            label, words = small[1], body[small.end() :]
        if not label and body.startswith("- "):
            kind, words = "bullet", body[2:]
        elif body.startswith("|"):
            if set(body) <= set("|- "):
                continue
            kind, words = "row", body.strip("| ")
        parts.append(Part(kind, label, words.strip(), len(heading[1]) if heading else 0))
    return tuple(parts)


def clause_ids(text: str) -> list[str]:
    """The ids of the clauses of a procedure text, in order."""
    lines = raw_lines(Path("procedure.md"), text)
    return [clause.id for clause in read_clauses(lines)]


def clause_words(text: str) -> list[tuple[str, str]]:
    """Each clause of a procedure text: its id and what it says, without spaces and marks."""
    lines = raw_lines(Path("procedure.md"), text)
    return [(clause.id, content_words(clause.words)) for clause in read_clauses(lines)]


def content_words(text: str) -> str:
    """The characters of a text that say something, without spaces and marks of Markdown."""
    return "".join(character for character in text if character.isalnum())
