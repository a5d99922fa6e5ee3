"""Reads plain text and Markdown."""

import re
import unicodedata
from dataclasses import replace
from itertools import pairwise

from site_src.importing import reasons
from site_src.importing.document import Block, BlockKind, Changed, DocumentReading, LeftOut, Place
from site_src.importing.formats.encoding import decode
from site_src.importing.furniture import Furnished, without_page_furniture
from site_src.importing.lines import (
    PrintedLine,
    begins_with_number,
    ends_sentence,
    paragraphs,
)

_LINE_END = re.compile(r"\r\n|\r|\n|\x0b|\u2028|\u2029")
_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)(?:\s+#+)?\s*$")
_BULLET = re.compile(r"^\s*[-*+]\s+(?=\S)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FRONT_MATTER = re.compile(r"\A---\s*\n.*?\n(?:---|\.\.\.)\s*(?:\n|\Z)", re.DOTALL)
_WRAPPED = 0.4
"""The share of lines that end near the margin in a text whose lines an editor broke; headings, and
the last lines of paragraphs, do not."""

_FEWEST_WRAPPED = 3
_NEAR = 0.8
_WIDEST = 130
"""Columns; no editor breaks lines later."""


def read_plain(content: bytes) -> DocumentReading:
    """A text file. Raises EncodingUnclear."""
    text = decode(content)
    lines = text_lines(text.words)
    kept, left_out = without_page_furniture(lines)
    changed = _encoding_note(text.encoding, lines)
    return DocumentReading(_plain_blocks(kept), left_out, changed)


def read_markdown(content: bytes) -> DocumentReading:
    """A Markdown file: its marks are kept, but for bold type. Raises EncodingUnclear."""
    text = decode(content)
    words, left_out = _without_source_notes(text.words.replace("\r\n", "\n"))
    lines = text_lines(words)
    kept, furniture = without_page_furniture(lines)
    blocks = tuple(_markdown_blocks(kept))
    return DocumentReading(blocks, (*left_out, *furniture), _encoding_note(text.encoding, lines))


def text_lines(text: str) -> tuple[Furnished, ...]:
    """The lines of a text with their places; a form feed begins a page."""
    page, lines = (1 if "\f" in text else None), []
    for number, line in enumerate(_LINE_END.split(text), start=1):
        if "\f" in line:
            page = (page or 1) + line.count("\f")
        lines.append(Furnished(line.replace("\f", ""), Place(page=page, line=number)))
    return tuple(lines)


def _encoding_note(encoding: str, lines: tuple[Furnished, ...]) -> tuple[Changed, ...]:
    if encoding == "UTF-8":
        return ()
    first = next((line for line in lines if line.words.strip()), None)
    if first is None:
        return ()
    how = reasons.ENCODING.filled(name=encoding)
    return (Changed(first.place, first.words.strip(), how),)


def _plain_blocks(lines: tuple[Furnished, ...]) -> tuple[Block, ...]:
    printed, gap = [], False
    for line in lines:
        if not line.words.strip():
            gap = True
            continue
        width = columns(line.words.rstrip())
        indent = columns(line.words) - columns(line.words.lstrip())
        printed.append(PrintedLine(line.words.strip(), line.place, indent, width, gap))
        gap = False
    margin = _margin(printed)
    return paragraphs(printed, 0, margin)


def _margin(lines: list[PrintedLine]) -> float | None:
    """Where an editor broke the lines, in columns, or None if each line is a paragraph."""
    followed = [
        line
        for line, after in pairwise(lines)
        if not after.gap and after.left <= line.left and not begins_with_number(after.words)
    ]
    if len(followed) < _FEWEST_WRAPPED:
        return None
    widest = sorted(line.right for line in followed)[int(0.95 * (len(followed) - 1))]
    near = [line for line in followed if _NEAR * widest <= line.right <= widest + 2]
    broken = sum(not ends_sentence(line.words) for line in near)
    wrapped = len(near) >= _WRAPPED * len(followed) and 2 * broken >= len(near)
    return widest if widest <= _WIDEST and wrapped else None


def columns(words: str) -> int:
    """How wide the words are in an editor: a Chinese character is two columns."""
    return sum(
        2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in words.expandtabs(4)
    )


def _without_source_notes(text: str) -> tuple[str, tuple[LeftOut, ...]]:
    """The text without the head of the file and comments; their lines stay, empty."""
    left_out: list[LeftOut] = []

    def leave(match: re.Match[str]) -> str:
        line = text.count("\n", 0, match.start()) + 1
        front = match[0].startswith("---")
        reason = reasons.FRONT_MATTER if front else reasons.MARKUP
        left_out.append(LeftOut(Place(line=line), match[0].strip(), reason))
        return "\n" * match[0].count("\n")

    text = _FRONT_MATTER.sub(leave, text)
    return _COMMENT.sub(leave, text), tuple(left_out)


def _markdown_blocks(lines: tuple[Furnished, ...]) -> list[Block]:
    blocks: list[Block] = []
    gap = True
    for line in lines:
        words = _STRONG.sub(lambda strong: strong[2], line.words).strip()
        if not words:
            gap = True
            continue
        table = words.startswith("|")
        if heading := _HEADING.match(words):
            level = len(heading[1])
            kind: BlockKind = "title" if level == 1 and not blocks else "heading"
            blocks.append(Block(heading[2], line.place, kind, level=level, markdown=True))
        elif bullet := _BULLET.match(words):
            blocks.append(Block(words[bullet.end() :], line.place, "bullet", markdown=True))
        elif table and blocks and blocks[-1].kind == "table" and not gap:
            blocks[-1] = replace(blocks[-1], words=f"{blocks[-1].words}\n{words}")
        else:
            kind = "table" if table else "paragraph"
            blocks.append(Block(words, line.place, kind, markdown=True))
        gap = False
    return blocks
