"""Reads a procedure text into its numbered clauses.

A clause begins on a line that starts with its number, as a heading or as a paragraph:

- `## 2 申诉`, `2.1 …`, `1、…`, `1. …`: decimal numbers;
- `第七条 …`: articles; `第一章` heads a chapter and does not qualify its articles;
- `四、…`: parts, which qualify the decimal numbers inside them (`四、1.1`);
- `（一）…`: items, qualified by their article, part or decimal (`第七条（一）`, `2.1（一）`).

Full-width digits and dots are read as ASCII, and the indent of Chinese texts, ideographic spaces,
may stand before a number. Everything up to the next number belongs to the clause.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from site_src.numbers.numerals import read_number

_CHINESE = "[零〇一二三四五六七八九十百]+"
_HEADING = re.compile(r"^(#{1,6})\s+")
_CHAPTER = re.compile(rf"^第({_CHINESE}|\d+)章(?=\s|$)\s*")
_ARTICLE = re.compile(rf"^(第(?:{_CHINESE}|\d+)条)[\s、：:]*")
_PART = re.compile(rf"^({_CHINESE})、\s*")
_ITEM = re.compile(rf"^[（(]({_CHINESE})[）)]\s*")
_DECIMAL = re.compile(r"^(\d+(?:[.．]\d+)+)[.．、]?\s+|^(\d+)(?:[.．、]\s*(?!\d))")
_HEADING_DECIMAL = re.compile(r"^(\d+(?:[.．]\d+)*)[.．、]?\s+")
_INDENT = "\u3000"
_ORDINAL = re.compile(rf"\d+|{_CHINESE}")


@dataclass(frozen=True)
class ClauseNumber:
    """The number at the start of a line.

    `id` is unique in the text, `label` is the number as written, `rest` the words after it,
    and `level` the level of the heading, 0 for a paragraph.
    """

    id: str
    label: str
    rest: str
    level: int


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
    """The smallest numbered unit of a procedure, with its words line by line."""

    id: str
    label: str
    heading: bool
    lines: tuple[ClauseLine, ...]

    @property
    def words(self) -> str:
        """Everything that the clause says."""
        return "\n".join(line.words for line in self.lines)


@dataclass
class Numbering:
    """Reads the numbers of a text line by line; outer numbers qualify the items inside them."""

    _outer: str = field(default="", init=False)
    _item: str = field(default="", init=False)
    _decimal: str = field(default="", init=False)

    def read(self, line: str) -> ClauseNumber | None:
        """The number at the start of `line`, or None."""
        heading = _HEADING.match(line)
        body = line[heading.end() :] if heading else line
        level = len(heading[1]) if heading else 0
        body = body.lstrip(_INDENT)
        if chapter := _CHAPTER.match(body):
            self._outer = self._item = self._decimal = ""
            label = chapter[0].strip()
            return ClauseNumber(label, label, body[chapter.end() :], level)
        if article := _ARTICLE.match(body):
            self._outer, self._item, self._decimal = article[1], "", ""
            return ClauseNumber(article[1], article[1], body[article.end() :], level)
        if part := _PART.match(body):
            self._outer, self._item, self._decimal = f"{part[1]}、", "", ""
            return ClauseNumber(part[1], f"{part[1]}、", body[part.end() :], level)
        if item := _ITEM.match(body):
            label = f"（{item[1]}）"
            if not self._decimal:
                self._item = label
            return ClauseNumber(
                self._outer + self._decimal + label, label, body[item.end() :], level
            )
        decimal = (_HEADING_DECIMAL if heading else _DECIMAL).match(body)
        if decimal:
            label = next(group for group in decimal.groups() if group)
            number = unicodedata.normalize("NFKC", label)
            if not self._item:
                self._decimal = number
            return ClauseNumber(
                self._outer + self._item + number, label, body[decimal.end() :], level
            )
        return None


def is_chapter(id: str) -> bool:
    """Whether the number is a chapter's; articles are numbered across chapters."""
    return _CHAPTER.match(id) is not None


def ordinals(id: str) -> tuple[int, ...]:
    """The sort key of a clause number: 三、1.10 is (3, 1, 10)."""
    return tuple(int(read_number(part) or 0) for part in _ORDINAL.findall(id))


def starts_clause(line: str) -> bool:
    """Whether `line` begins with a clause number."""
    return Numbering().read(line) is not None


def raw_lines(file: Path, text: str) -> tuple[RawLine, ...]:
    """The lines of a text, each with its file and line number."""
    return tuple(RawLine(file, n, words) for n, words in enumerate(text.splitlines(), start=1))


def read_clauses(lines: Iterable[RawLine]) -> tuple[Clause, ...]:
    """The clauses of a procedure text in order, without the preamble before the first."""
    numbering = Numbering()
    clauses: list[tuple[ClauseNumber, list[ClauseLine]]] = []
    for raw in lines:
        if number := numbering.read(raw.words):
            column = len(raw.words) - len(number.rest) + 1
            clauses.append((number, [ClauseLine(raw.file, raw.number, column, number.rest)]))
        elif raw.words.strip() and clauses:
            clauses[-1][1].append(ClauseLine(raw.file, raw.number, 1, raw.words))
    return tuple(
        Clause(number.id, number.label, number.level > 0, tuple(words)) for number, words in clauses
    )


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
