"""Joins lines that a page or an editor broke into the paragraphs that the author wrote."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from site_src.importing.document import Block, Place
from site_src.policy.layout.clause_numbers import every_id

_TERMINAL = re.compile(r"[。！？；：!?;:.…][”’）)》\"']*\s*$")
_BULLET = re.compile(
    r"^\s*(?:[-•·●○■□◆◇▪▫–*\uf0b7\uf06c\uf0a7])\s+(?=\S)|^\s*[●■◆•▪\uf0b7\uf06c\uf0a7](?=\S)"
)
_ASCII_WORD = re.compile(r"[A-Za-z0-9,.;:)]$")
_HYPHEN = re.compile(r"(?<=[a-z])[-\u2010\u00ad\ufffe\x02]$")
_DIVIDING = "\u00ad\u2010"
_WORD = re.compile(r"[A-Za-z]+")
_WORD_END = re.compile(r"[A-Za-z]+$")
_LARGE = 1.15
"""Times the usual size of letters: a heading's, and the largest of them the title's."""

_TITLE_LINES = 20
"""The title stands among the first lines."""

_FULL = 0.06
"""A line that ends within this share of the width before the margin is full."""


@dataclass(frozen=True)
class PrintedLine:
    """A line as it stands on a page; measures in any one unit, such as points or columns.

    `gap` is how much more than the usual distance lies between it and the line above; `size` is
    the height of its letters.
    """

    words: str
    place: Place
    left: float
    right: float
    gap: bool
    size: float = 0.0


def paragraphs(lines: Sequence[PrintedLine], left: float, right: float) -> tuple[Block, ...]:
    """The paragraphs of lines that stand between two margins; the largest letters are the title's.

    Without sizes, as in a text file, no paragraph is called the title.
    """
    usual = median(line.size for line in lines) if lines else 0.0
    known = Counter(word for line in lines for word in _WORD.findall(line.words))
    joined: list[tuple[PrintedLine, PrintedLine]] = []
    for line in lines:
        if joined and not _begins(line, joined[-1][1], left, right, usual):
            first, _ = joined[-1]
            joined[-1] = (replace(first, words=_joined(first.words, line.words, known)), line)
        else:
            joined.append((line, line))
    largest = max((line.size for line in lines[:_TITLE_LINES]), default=0.0)
    blocks, titled = [], largest <= _LARGE * usual
    for first, _ in joined:
        is_title = not titled and first.size >= 0.98 * largest
        titled = titled or is_title
        blocks.append(_block(first, is_title))
    return tuple(blocks)


def _begins(line: PrintedLine, above: PrintedLine, left: float, right: float, usual: float) -> bool:
    """Whether a paragraph begins with the line; `usual` is the size of most letters."""
    width = max(right - left, 1.0)
    alike = abs(line.size - above.size) <= 0.1 * max(line.size, above.size)
    large = usual > 0 and min(line.size, above.size) > _LARGE * usual
    if large and alike and not _is_numbered(line.words):
        return False
    if line.gap or _BULLET.match(line.words) or above.right < right - _FULL * width - 1:
        return True
    if not alike:
        return True
    if _is_numbered(line.words):
        return _TERMINAL.search(above.words) is not None
    indented = line.left - left > 0.01 * width and above.left - line.left < -0.01 * width
    return indented and _TERMINAL.search(above.words) is not None


def _is_numbered(words: str) -> bool:
    return bool(every_id([words]))


def _joined(words: str, more: str, known: Counter[str]) -> str:
    """Two lines of a paragraph: a word divided by a hyphen is whole again.

    A hyphen that stays hidden within a line only divides. Another one may belong to the word,
    unless the text has the word without it; the e-mail address a-b@example.com keeps its own.
    """
    words, more = words.rstrip(), more.lstrip()
    if _HYPHEN.search(words) and more[:1].islower():
        before, after = _WORD_END.search(words[:-1]), _WORD.match(more)
        whole = f"{before[0] if before else ''}{after[0] if after else ''}"
        divides = words[-1] in _DIVIDING or known[whole] > 0
        return words[:-1] + more if divides else f"{words[:-1]}-{more}"
    space = " " if _ASCII_WORD.search(words) and more[:1].isascii() else ""
    return words + space + more


def _block(line: PrintedLine, is_title: bool) -> Block:
    if bullet := _BULLET.match(line.words):
        return Block(line.words[bullet.end() :], line.place, "bullet")
    return Block(line.words, line.place, "title" if is_title else "paragraph")
