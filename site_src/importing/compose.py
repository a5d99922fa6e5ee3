"""Composes the text of a procedure from what a reader found, and says what changed."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from site_src.importing import reasons
from site_src.importing.clause_lines import ClauseLines, TextLine
from site_src.importing.document import (
    Block,
    Changed,
    Document,
    DocumentReading,
    LeftOut,
    Place,
    ProcedureLanguage,
)
from site_src.importing.furniture import Furnished, without_page_furniture
from site_src.importing.markdown_text import escaped, one_space, plain_characters
from site_src.importing.number_styles import looks_like_title, readable_number
from site_src.policy.invisible_characters import without_marks
from site_src.policy.layout.clause_numbers import Numbering
from site_src.policy.layout.page_furniture import is_contents_heading

_TYPED_BULLET = re.compile(r"^(?:[•·●■◆▪○□◇▫\uf06c\uf0a7\uf0b7\uf0d8\uf0fc]\s*|[-–*]\s+)(?=\S)")
_PROCEDURE = re.compile(
    r"(?:办法|规定|程序|制度|规则|规范|流程|细则|规程|条例|指南|方案|章程)(?:[（(].{1,10}[）)])?$"
    r"|\b(?:procedure|policy|rules|regulations|process|code)\b",
    re.IGNORECASE,
)
_PAGE = re.compile(r"[\s.．…·_-]*\d{1,4}\s*$")
"""What stands behind an entry of a table of contents."""

_FEWEST_ENTRIES = 2
"""Lines of a table of contents; fewer may be said twice by chance."""

_CHINESE = 0.2
"""The share of Chinese characters among letters from which a text is Chinese."""

_TODO_TITLE = "TODO"


def compose_procedure(reading: DocumentReading) -> Document:
    """The document as a procedure."""
    blocks, invisible = _cleaned(reading.blocks)
    language = _language(blocks)
    blocks, typed = _without_typed_contents(blocks)
    blocks, headings = _without_contents_heading(blocks, reading.left_out)
    title, blocks, changed = _titled(blocks)
    writer = ClauseLines(blocks, language)
    lines = writer.written()
    if not any(line.clause for line in lines):
        lines, numbered = _with_proposed_numbers(lines)
        changed += numbered
    text, furniture = _text(title, lines)
    left_out = (*reading.left_out, *invisible, *typed, *headings, *furniture)
    return Document(
        language,
        text,
        tuple(sorted(left_out, key=lambda left: _order(left.place))),
        tuple(
            sorted(
                (*reading.changed, *changed, *writer.changed),
                key=lambda change: _order(change.place),
            )
        ),
    )


def _order(place: Place) -> tuple[int, int]:
    return (place.page or 0, place.line or place.paragraph or 0)


def _cleaned(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[LeftOut, ...]]:
    """The blocks without indents, wide spaces and characters that nobody sees."""
    kept, left_out = [], []
    for block in blocks:
        words = plain_characters(block.words)
        visible = without_marks(words)
        if gone := sorted({character for character in words if character not in visible}):
            names = ", ".join(
                f"U+{ord(one):04X} {unicodedata.name(one, '')}".strip() for one in gone
            )
            left_out.append(LeftOut(block.place, names, reasons.INVISIBLE))
        if block.kind != "table":
            visible = one_space(visible)
        if block.kind == "paragraph" and not block.number:
            bullet = _TYPED_BULLET.match(visible)
            if bullet:
                block, visible = replace(block, kind="bullet"), visible[bullet.end() :]
        if visible.strip():
            kept.append(replace(block, words=visible))
    return tuple(kept), tuple(left_out)


def _without_contents_heading(
    blocks: tuple[Block, ...], left_out: tuple[LeftOut, ...]
) -> tuple[tuple[Block, ...], tuple[LeftOut, ...]]:
    """The blocks without the heading of a table of contents that was left out."""
    if not any(left.reason == reasons.CONTENTS for left in left_out):
        return blocks, ()
    headings = [block for block in blocks if is_contents_heading(block.words)]
    return (
        tuple(block for block in blocks if block not in headings),
        tuple(LeftOut(block.place, block.words, reasons.CONTENTS) for block in headings),
    )


def _without_typed_contents(
    blocks: tuple[Block, ...],
) -> tuple[tuple[Block, ...], tuple[LeftOut, ...]]:
    """The blocks without contents that were typed: lines before the first number, which are said
    again below, with the numbers of their pages.

    Where the headings have automatic numbers, such lines have none.
    """
    entries = [at for at, block in enumerate(blocks) if _is_entry(block, blocks[at + 1 :])]
    if len(entries) < _FEWEST_ENTRIES or entries[-1] - entries[0] != len(entries) - 1:
        return blocks, ()
    first, end = entries[0], entries[-1] + 1
    if first and is_contents_heading(blocks[first - 1].words):
        first -= 1
    return (
        (*blocks[:first], *blocks[end:]),
        tuple(LeftOut(block.place, block.words, reasons.CONTENTS) for block in blocks[first:end]),
    )


def _is_entry(block: Block, below: tuple[Block, ...]) -> bool:
    page = _PAGE.search(block.words)
    words = block.words[: page.start()].strip() if page else ""
    return bool(
        words
        and not block.number
        and any(words in (one.words.strip(), f"{one.number} {one.words}".strip()) for one in below)
    )


def _language(blocks: Sequence[Block]) -> ProcedureLanguage:
    letters = [letter for block in blocks for letter in block.words if letter.isalpha()]
    chinese = sum("\u4e00" <= letter <= "\u9fff" for letter in letters)
    return "zh-CN" if chinese > _CHINESE * len(letters) else "en"


def _titled(blocks: tuple[Block, ...]) -> tuple[str, tuple[Block, ...], list[Changed]]:
    """The title, the other blocks, and what changed: what stood before it comes after it."""
    preamble = _preamble(blocks)
    candidates = [
        at
        for at, block in enumerate(preamble)
        if looks_like_title(block.words) and not block.number
    ]
    chosen = next((at for at in candidates if blocks[at].kind == "title"), None)
    if chosen is None:
        named = (at for at in candidates if _PROCEDURE.search(blocks[at].words))
        chosen = next(named, candidates[0] if candidates else None)
    if chosen is None:
        place = blocks[0].place if blocks else Place()
        return _TODO_TITLE, blocks, [Changed(place, _TODO_TITLE, reasons.NO_TITLE)]
    moved = [Changed(one.place, one.words, reasons.TITLE_FIRST) for one in blocks[:chosen]]
    title = blocks[chosen]
    words = title.words if title.markdown else escaped(title.words)
    return words, (*blocks[:chosen], *blocks[chosen + 1 :]), moved


def _preamble(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """What stands before the first number; in a text without numbers, its first blocks."""
    for at, block in enumerate(blocks):
        line = readable_number(block.words, block.number).words
        if Numbering().read(line) or Numbering().read(f"## {line}"):
            return blocks[:at]
    return blocks[:3]


def _with_proposed_numbers(lines: list[TextLine]) -> tuple[list[TextLine], list[Changed]]:
    """The paragraphs numbered: within headings 1.1, without them 1. and so on."""
    headed = any(line.heading for line in lines)
    numbered, section, within, many = [], 0, 0, 0
    first: TextLine | None = None
    for line in lines:
        if line.heading:
            section, within = section + 1, 0
            line = replace(line, words=f"## {section} {line.words.lstrip('# ')}")
        elif not line.bullet and not line.words.startswith("|") and (section or not headed):
            within += 1
            number = f"{section}.{within}" if headed else f"{within}."
            line = replace(line, words=f"{number} {line.words}")
        else:
            numbered.append(line)
            continue
        many += 1
        first = first or line
        numbered.append(line)
    if first is None:
        return lines, []
    return numbered, [Changed(first.place, first.words, reasons.NUMBERED.filled(many=many))]


def _text(title: str, lines: Sequence[TextLine]) -> tuple[str, tuple[LeftOut, ...]]:
    """The text, and what the reader of procedures would skip as part of the page."""
    written: list[Furnished] = []
    after_bullet = False
    for line in lines:
        if not (after_bullet and line.bullet):
            written.append(Furnished("", line.place))
        written += [Furnished(part, line.place) for part in line.words.split("\n")]
        after_bullet = line.bullet
    kept, left_out = without_page_furniture(written)
    text = "\n".join([f"# {title}", *(line.words for line in kept)])
    return re.sub(r"\n{3,}", "\n\n", text).rstrip() + "\n", left_out
