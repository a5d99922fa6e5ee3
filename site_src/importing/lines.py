"""Joins lines that a page or an editor broke into the paragraphs that the author wrote."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from site_src.importing.document import Block, Place
from site_src.importing.number_styles import bare_heading
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
_MIXED = re.compile(r"[\u4e00-\u9fff] ?[A-Za-z0-9]|[A-Za-z0-9] ?[\u4e00-\u9fff]")
_SPACED = re.compile(r"[\u4e00-\u9fff] [A-Za-z0-9]|[A-Za-z0-9] [\u4e00-\u9fff]")
_LARGE = 1.15
"""Times the usual size of letters: a heading's, and the largest of them the title's."""

_TITLE_LINES = 20
"""The title stands among the first lines."""

_OPEN = re.compile(r"[，、,（(“‘]$")
_SMALL_LETTER = re.compile(r"[a-z]$")
_INSIDE = re.compile(r"[a-z0-9(£$€]")
_LATIN_WORD = re.compile(r"[!-~]+")
_WIDE_WORD = 5
"""Columns: two Chinese characters, since a mark cannot begin a line, and a little room."""


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


@dataclass(frozen=True)
class _Habits:
    """How the author writes: the Latin words, and whether a space divides them from Chinese."""

    known: Counter[str]
    spaced: bool


def paragraphs(lines: Sequence[PrintedLine], left: float, right: float | None) -> tuple[Block, ...]:
    """The paragraphs of lines that stand between two margins; the largest letters are the title's.

    Without a right margin, each line is a paragraph, unless its words show that it is not. Without
    sizes, as in a text file, no paragraph is called the title.
    """
    usual = median(line.size for line in lines) if lines else 0.0
    habits = _Habits(
        Counter(word for line in lines for word in _WORD.findall(line.words)),
        2 * sum(len(_SPACED.findall(line.words)) for line in lines)
        > sum(len(_MIXED.findall(line.words)) for line in lines),
    )
    joined: list[tuple[PrintedLine, PrintedLine]] = []
    for line in lines:
        if joined and not _begins(line, joined[-1][1], left, right, usual):
            first, _ = joined[-1]
            joined[-1] = (replace(first, words=_joined(first.words, line.words, habits)), line)
        else:
            joined.append((line, line))
    largest = max((line.size for line in lines[:_TITLE_LINES]), default=0.0)
    blocks, titled = [], largest <= _LARGE * usual
    for first, _ in joined:
        is_title = not titled and first.size >= 0.98 * largest
        titled = titled or is_title
        blocks.append(_block(first, is_title))
    return tuple(blocks)


def _begins(
    line: PrintedLine, above: PrintedLine, left: float, right: float | None, usual: float
) -> bool:
    """Whether a paragraph begins with the line; `usual` is the size of most letters."""
    if line.gap or _BULLET.match(line.words):
        return True
    numbered = begins_with_number(line.words)
    alike = abs(line.size - above.size) <= 0.1 * max(line.size, above.size)
    large = usual > 0 and min(line.size, above.size) > _LARGE * usual
    if large and alike and not numbered:
        return False
    if not numbered and alike and _goes_on(above.words, line.words):
        return False
    if right is None or not alike or above.right + _first_word(line) < right:
        return True
    ended = ends_sentence(above.words)
    width = right - left
    indented = line.left - left > 0.01 * width and line.left - above.left > 0.01 * width
    return ended and (numbered or indented)


def _goes_on(above: str, words: str) -> bool:
    """Whether the words alone show that a sentence goes on in the next line."""
    if _OPEN.search(above):
        return True
    return _SMALL_LETTER.search(above) is not None and _INSIDE.match(words) is not None


def _first_word(line: PrintedLine) -> float:
    """The room that the line's first word would need in the line above, and a little more."""
    wide = sum(1 if character.isascii() else 2 for character in line.words)
    character = (line.right - line.left) / max(wide, 1)
    latin = _LATIN_WORD.match(line.words)
    return character * (len(latin[0]) + 2 if latin else _WIDE_WORD)


def ends_sentence(words: str) -> bool:
    """Whether a line ends with a stop, a colon or the like."""
    return _TERMINAL.search(words) is not None


def begins_with_number(words: str) -> bool:
    """Whether a line begins with a number that a clause or a heading may have."""
    return bool(every_id([words])) or bare_heading(words) is not None


def _joined(words: str, more: str, habits: _Habits) -> str:
    """Two lines of a paragraph: a word divided by a hyphen is whole again.

    A hyphen that stays hidden within a line only divides. Another one may belong to the word,
    unless the text has the word without it; the e-mail address a-b@example.com keeps its own.
    """
    words, more = words.rstrip(), more.lstrip()
    if _HYPHEN.search(words) and more[:1].islower():
        before, after = _WORD_END.search(words[:-1]), _WORD.match(more)
        whole = f"{before[0] if before else ''}{after[0] if after else ''}"
        divides = words[-1] in _DIVIDING or habits.known[whole] > 0
        return words[:-1] + more if divides else f"{words[:-1]}-{more}"
    space = " " if _ASCII_WORD.search(words) and more[:1].isascii() else ""
    if habits.spaced and _MIXED.fullmatch(words[-1:] + more[:1]):
        space = " "
    return words + space + more


def _block(line: PrintedLine, is_title: bool) -> Block:
    if bullet := _BULLET.match(line.words):
        return Block(line.words[bullet.end() :], line.place, "bullet")
    return Block(line.words, line.place, "title" if is_title else "paragraph")
