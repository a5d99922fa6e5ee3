"""Reads the rows of tables in a clause, with what stands above each cell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_RULE = re.compile(r"\|[\s|:-]+\|?\s*")
_CELL = re.compile(r"(?<=\|)(?:\\\||[^|\n])*(?=\|)")


@dataclass(frozen=True)
class TableCell:
    """The words of a cell, their place in the clause, and the head of their column."""

    words: str
    start: int
    head: str


@dataclass(frozen=True)
class TableRow:
    """A row of a table but the first, with its place in the clause."""

    start: int
    words: str
    cells: tuple[TableCell, ...]


def rows_of(text: str) -> Iterator[TableRow]:
    """The rows of the tables in a text, in order."""
    heads: list[str] = []
    for match in re.finditer(r"[^\n]+", text):
        line = match[0]
        if not line.lstrip().startswith("|"):
            heads = []
            continue
        if _RULE.fullmatch(line.strip()):
            continue
        found = list(_CELL.finditer(line))
        if not heads:
            heads = [cell[0].strip() for cell in found] or [""]
            continue
        cells = tuple(
            TableCell(
                cell[0].strip(),
                match.start() + cell.start() + len(cell[0]) - len(cell[0].lstrip()),
                heads[index] if index < len(heads) else "",
            )
            for index, cell in enumerate(found)
        )
        if cells:
            yield TableRow(match.start(), line.strip(), cells)
