"""Writes blocks as lines of `procedure.md`, so that the numbers of clauses are read again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from site_src.bilingual import Bilingual
from site_src.importing import reasons
from site_src.importing.document import Block, Changed, Place, ProcedureLanguage
from site_src.importing.markdown_text import escaped, one_space
from site_src.importing.number_styles import (
    bare_heading,
    looks_like_title,
    readable_number,
    with_stop,
)
from site_src.policy.layout.clause_numbers import ClauseNumber, Numbering, every_id

_DOTTED = re.compile(r"\d{1,3}(?:[.．]\d{1,3})+")
_SINGLE = re.compile(r"(\d{1,3})[.．、](?!\d)")
_HEADED = re.compile(r"第.+[章节编]|第.+部分|[零〇一二三四五六七八九十百]+、|[A-Z][a-z]+ \w+")
_LATEST_BEGINNING = 9
"""An extract may begin with any chapter; a larger number begins a line by chance."""

_MOST_ITEMS = 99
"""Small items have numbers of two digits."""


@dataclass(frozen=True)
class TextLine:
    """One paragraph of the text of a procedure. `clause` is its id, "" without a number."""

    words: str
    place: Place
    clause: str = ""
    bullet: bool = False
    heading: bool = False


@dataclass
class _Count:
    """The next number of a series, and what its numbers look like."""

    next: int = 1
    style: str = ""
    items: "_Count | None" = None


@dataclass
class ClauseLines:
    """Writes the blocks of a document one after the other."""

    blocks: Sequence[Block]
    language: ProcedureLanguage
    changed: list[Changed] = field(default_factory=list)
    _numbering: Numbering = field(default_factory=Numbering)
    _seen: set[str] = field(default_factory=set)
    _counts: dict[str, _Count] = field(default_factory=dict)

    def written(self) -> list[TextLine]:
        """The lines of the text, in order."""
        return [self._line(at, block) for at, block in enumerate(self.blocks)]

    def _line(self, at: int, block: Block) -> TextLine:
        if block.kind == "table":
            return TextLine(block.words, block.place)
        if block.kind == "bullet":
            return TextLine(f"- {_shown(block)}", block.place, bullet=True)
        line = readable_number(block.words, one_space(block.number))
        if line.old != line.new:
            self._note(block, reasons.REWRITTEN, line.old, line.new)
        words = line.words
        if heading := self._as_heading(at, block, words):
            return heading
        number = self._numbering.peek(words)
        if number is None and block.number and (stopped := with_stop(words)):
            self._note(block, reasons.REWRITTEN, stopped.old, stopped.new)
            words = stopped.words
            number = self._numbering.peek(words)
        if number is None:
            return self._unnumbered(block, words)
        return self._numbered(at, block, words, number)

    def _as_heading(self, at: int, block: Block, words: str) -> TextLine | None:
        """The line as a heading with a number, or None."""
        single = None
        if bare := bare_heading(words):
            single, words = bare[0], f"{bare[0]} {bare[1]}"
        number = self._numbering.peek(f"## {words}" if bare else words)
        if number is None or not looks_like_title(number.rest.strip()):
            return None
        begins = not self._seen and single is not None and single <= _LATEST_BEGINNING
        expected = begins or self._count(number).next == single or block.kind == "heading"
        dotted = _DOTTED.fullmatch(number.label) is not None
        if single is not None:
            heads = expected and number.id not in self._seen
        else:
            heads = (
                block.kind in ("heading", "title")
                or _HEADED.match(words) is not None
                or (dotted and self._holds_others(at, number.label))
                or (_single_value(number) is not None and self._heads_text(at, number.label))
            )
        if not heads or number.id in self._seen or self._inner(at, block, words, number):
            return None
        depth = len(re.findall(r"\d+", number.label)) if dotted else 1
        if "节" in number.label:
            depth = 2
        marks = "#" * min(depth + 1, 6)
        if self._numbering.peek(f"{marks} {words}") is None:
            return None
        return self._kept(block, f"{marks} {words}", heading=True)

    def _holds_others(self, at: int, label: str) -> bool:
        """Whether the next number of the document stands within this one, as 3.1.1 in 3.1."""
        for block in self.blocks[at + 1 :]:
            words = f"{block.number} {block.words}".strip()
            if dotted := _DOTTED.match(words):
                return dotted[0].startswith(f"{label}.")
            if Numbering().read(words):
                return False
        return False

    def _heads_text(self, at: int, label: str) -> bool:
        """Whether text without a number follows, or the first number within this one."""
        following = self.blocks[at + 1 : at + 2]
        if not following or following[0].kind != "paragraph" or following[0].number:
            return self._holds_others(at, label)
        return not every_id([following[0].words]) or self._holds_others(at, label)

    def _numbered(self, at: int, block: Block, words: str, number: ClauseNumber) -> TextLine:
        if self._inner(at, block, words, number):
            return self._item(block, words, number)
        if number.id in self._seen:
            self._note(block, reasons.ITEM, number.label, "")
            return TextLine(f"- {_stopless(escaped(words))}", block.place, bullet=True)
        return self._kept(block, words, heading=False)

    def _kept(self, block: Block, words: str, heading: bool) -> TextLine:
        number = self._numbering.read(words)
        if number is None:
            raise AssertionError("a number that was peeked at is read")
        self._seen.add(number.id)
        value = _single_value(number)
        count = self._count(number)
        if value is not None:
            style = _style(block, number)
            self._counts[number.outer] = _Count(value + 1, style)
        elif _DOTTED.fullmatch(number.label):
            first = int(re.split(r"[.．]", number.label)[0])
            self._counts[number.outer] = _Count(first + 1, count.style)
        kept = words[: len(words) - len(number.rest)]
        rest = number.rest if block.markdown else escaped(number.rest.strip()).removeprefix("\\#")
        space = "" if not rest or kept.endswith((" ", "、", "）")) else " "
        return TextLine(f"{kept}{space}{rest}".rstrip(), block.place, number.id, heading=heading)

    def _item(self, block: Block, words: str, number: ClauseNumber) -> TextLine:
        """A number of a list within a clause, as a small item of it."""
        value = _single_value(number) or 0
        rest = number.rest.strip()
        rest = rest if block.markdown else escaped(rest)
        if value > _MOST_ITEMS:
            self._note(block, reasons.ITEM, number.label, "")
            return TextLine(f"- {_stopless(words)}", block.place, bullet=True)
        new = f"({value})" if self.language == "en" else f"（{value}）"
        old = words[: len(words) - len(number.rest)].strip()
        self._note(block, reasons.RENUMBERED, old, new)
        return TextLine(f"{new} {rest}" if self.language == "en" else new + rest, block.place)

    def _unnumbered(self, block: Block, words: str) -> TextLine:
        if block.number and not every_id([words]):
            self._note(block, reasons.UNNUMBERED, block.number, "")
        if block.kind in ("heading", "title") and looks_like_title(words):
            return TextLine(f"## {_shown(replace(block, words=words))}", block.place, heading=True)
        return TextLine(_shown(replace(block, words=words)), block.place)

    def _count(self, number: ClauseNumber) -> _Count:
        return self._counts.setdefault(number.outer, _Count())

    def _inner(self, at: int, block: Block, words: str, number: ClauseNumber) -> bool:
        """Whether a single number counts the items of a list within the clause before.

        A number that begins anew at 1 begins such a list. The list ends where a number is the next
        of the clauses and looks like theirs, or where 3.1 shows that clause 3 has begun.
        """
        value = _single_value(number)
        if value is None:
            return False
        count, style = self._count(number), _style(block, number)
        if value == 1 and count.next > 1:
            count.items = _Count(2, style)
            return True
        items = count.items
        if items is None or value != items.next:
            return False
        if value == count.next and self._is_next_clause(at, value, style, count, items):
            return False
        items.next += 1
        return True

    def _is_next_clause(
        self, at: int, value: int, style: str, count: _Count, items: _Count
    ) -> bool:
        if style != items.style or style != count.style:
            return style == count.style
        for block in self.blocks[at + 1 :]:
            words = f"{block.number} {block.words}".strip()
            if dotted := _DOTTED.match(words):
                return dotted[0].startswith(f"{value}.")
            if _SINGLE.match(words) or _HEADED.match(words):
                return False
        return False

    def _note(self, block: Block, how: Bilingual, old: str, new: str) -> None:
        words = f"{block.number} {block.words}".strip()
        self.changed.append(Changed(block.place, words, how.filled(old=old, new=new)))


def _single_value(number: ClauseNumber) -> int | None:
    return int(number.label) if number.label.isdecimal() and len(number.label) < 4 else None


def _style(block: Block, number: ClauseNumber) -> str:
    """What two numbers of one series have in common."""
    mark = block.number.lstrip("0123456789") or ""
    written = block.words[len(number.label) : len(number.label) + 1] if not block.number else mark
    return f"{block.kind}|{block.series}|{written}"


def _shown(block: Block) -> str:
    return block.words if block.markdown else escaped(block.words)


def _stopless(words: str) -> str:
    """The words, with `1.` written so that Markdown keeps the number."""
    return re.sub(r"^(\d+)\.(?=\s)", r"\1\\.", words)
