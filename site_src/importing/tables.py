"""Writes tables of documents: rows as lines, with a bar between cells."""

import re

from site_src.importing.document import Block, Place
from site_src.importing.markdown_text import escaped
from site_src.policy.layout.clause_numbers import Numbering

Cell = tuple[Block, ...]

_RULE = re.compile(r"[|\s-]*")
_BARE = re.compile(r"\d+")


def table_blocks(rows: tuple[tuple[Cell, ...], ...], place: Place) -> tuple[Block, ...]:
    """A table as one block of Markdown.

    Offices lay out whole documents in tables: one of a single column gives its paragraphs, and
    one whose rows begin with clause numbers gives a paragraph for each row.
    """
    filled = [tuple(row) for row in rows if any(row)]
    columns = max((len(row) for row in filled), default=0)
    if columns < 2:
        return tuple(block for row in filled for cell in row for block in cell)
    written = [[_words(cell) for cell in row] for row in filled]
    if all(_is_number(row[0]) for row in written):
        return tuple(Block(" ".join(filter(None, row)), place, markdown=True) for row in written)
    lines = ["| " + " | ".join(_padded(row, columns)) + " |" for row in written]
    lines.insert(1, "|" + " --- |" * columns)
    return (Block("\n".join(lines), place, "table", markdown=True),)


def _padded(row: list[str], columns: int) -> list[str]:
    return row + [""] * (columns - len(row))


def _is_number(words: str) -> bool:
    """Whether the words are nothing but a clause number, such as 第一条 or 2.1."""
    number = Numbering().read(words + " ")
    return number is not None and not number.rest.strip() and not _BARE.fullmatch(words)


def _words(cell: Cell) -> str:
    """The words of a cell on one line; a bar in them is escaped."""
    parts = []
    for block in cell:
        lines = block.words.split("\n")
        if block.kind == "table":
            lines = [line for line in lines if not _RULE.fullmatch(line)]
        words = " ".join(line if block.markdown else escaped(line) for line in lines)
        parts.append(f"{block.number} {words}" if block.number else words)
    return re.sub(r"(?<!\\)\|", r"\\|", " ".join(" ".join(parts).split()))
