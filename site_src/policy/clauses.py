"""Reads a procedure text into its numbered clauses.

A clause begins on a line that starts with its number, as a heading or as a paragraph;
`layout.clause_numbers` lists the styles. Everything up to the next number belongs to the clause,
except page numbers and tables of contents, which belong to no clause, and paragraphs after a list,
which belong to the clause that has the list: `layout.list_ends` finds them.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from site_src.numbers.numerals import read_number
from site_src.policy.layout.clause_numbers import ClauseNumber, Numbering
from site_src.policy.layout.list_ends import ListEnd, NumberedLines, after_lists
from site_src.policy.layout.page_furniture import without_furniture

_CHAPTER = re.compile(r"第[^条]+章|第[^条]+(?:[节编]|部分)|(?:Chapter|Part) .+")
_ORDINAL = re.compile(
    r"\d+|[零〇一二三四五六七八九十百]+|(?<=[(（])[a-z]+(?=[)）])|[①-⑳]|(?<= )[A-Z]\b"
)
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True)
class RawLine:
    """A line of a text file; `number` counts from 1."""

    file: Path
    number: int
    words: str


@dataclass(frozen=True)
class ClauseLine:
    """A line of a clause; `number` counts from 1 and `column` is where the words start."""

    file: Path
    number: int
    column: int
    words: str


@dataclass(frozen=True)
class Clause:
    """The smallest numbered unit of a procedure, with its words line by line.

    `after_list` is how many of the lines, at the end, stand below the clauses of its own list.
    """

    id: str
    label: str
    heading: bool
    lines: tuple[ClauseLine, ...]
    after_list: int = 0

    @cached_property
    def words(self) -> str:
        """Everything that the clause says."""
        return "\n".join(line.words for line in self.lines)

    @property
    def below(self) -> tuple[ClauseLine, ...]:
        """Its lines below the clauses of its own list."""
        return self.lines[len(self.lines) - self.after_list :]

    @property
    def head(self) -> str:
        """What the clause says above its list; without a list, everything."""
        above = self.lines[: len(self.lines) - self.after_list]
        return "\n".join(line.words for line in above)


def is_chapter(id: str) -> bool:
    """Whether the number is a chapter's; articles are numbered across chapters."""
    return _CHAPTER.fullmatch(id) is not None


def ordinals(id: str) -> tuple[int, ...]:
    """The sort key of a clause number: 三、1.10 is (3, 1, 10)."""
    return tuple(_ordinal(part) for part in _ORDINAL.findall(id))


def _ordinal(part: str) -> int:
    if part.isalpha() and part.isascii():
        return ord(part[0].lower()) - ord("`")
    if "①" <= part <= "⑳":
        return ord(part) - ord("①") + 1
    return int(read_number(part) or 0)


def starts_clause(line: str) -> bool:
    """Whether `line` begins with a clause number."""
    return Numbering().read(line) is not None


def raw_lines(file: Path, text: str) -> tuple[RawLine, ...]:
    """The lines of a text, each with its file and line number; those of the page are empty."""
    lines = _LINE_END.split(text)
    kept = without_furniture(lines if lines[-1] else lines[:-1])
    return tuple(RawLine(file, number, words) for number, words in enumerate(kept, start=1))


def read_clauses(
    lines: Iterable[RawLine], items: Container[str] = frozenset()
) -> tuple[Clause, ...]:
    """The clauses of a procedure text in order, without the preamble before the first.

    `items` are the small items that are clauses of their own.
    """
    numbering = Numbering(items)
    clauses: list[tuple[ClauseNumber, list[ClauseLine]]] = []
    first_paragraphs: list[int] = []
    for raw in lines:
        if number := numbering.read(raw.words):
            column = max(0, len(raw.words) - len(number.rest)) + 1
            clauses.append((number, [ClauseLine(raw.file, raw.number, column, number.rest)]))
            first_paragraphs.append(0)
        elif raw.words.strip() and clauses:
            clauses[-1][1].append(ClauseLine(raw.file, raw.number, 1, raw.words))
        elif clauses and not first_paragraphs[-1]:
            first_paragraphs[-1] = len(clauses[-1][1])
    moved = after_lists(
        [
            NumberedLines(number, tuple(line.words for line in words), end or len(words))
            for (number, words), end in zip(clauses, first_paragraphs, strict=True)
        ]
    )
    return tuple(_clauses(clauses, moved))


def _clauses(
    clauses: list[tuple[ClauseNumber, list[ClauseLine]]], moved: Mapping[int, ListEnd]
) -> Iterator[Clause]:
    """The clauses; `moved` has the last items of lists that more paragraphs follow."""
    below = {end.outer: clauses[item][1][end.lines :] for item, end in moved.items()}
    for at, (number, words) in enumerate(clauses):
        own = words[: moved[at].lines] if at in moved else words
        after = below.get(at, [])
        yield Clause(number.id, number.label, number.level > 0, (*own, *after), len(after))


def split_clauses(
    lines: Iterable[RawLine],
) -> tuple[tuple[RawLine, ...], dict[str, tuple[RawLine, ...]]]:
    """The preamble, and the lines of each clause by its id, including blank lines."""
    numbering = Numbering()
    preamble: list[RawLine] = []
    chunks: dict[str, list[RawLine]] = {}
    current = preamble
    for raw in lines:
        if number := numbering.read(raw.words):
            current = chunks.setdefault(number.id, [])
        current.append(raw)
    return tuple(preamble), {id: tuple(chunk) for id, chunk in chunks.items()}
