"""Reads a Word document (.docx): text, automatic numbers, tables, and what is not text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from site_src.bilingual import Bilingual
from site_src.importing import reasons
from site_src.importing.document import Block, BlockKind, Changed, DocumentReading, LeftOut, Place
from site_src.importing.formats.archive import Archive, attribute, child, descendants, local
from site_src.importing.formats.word_numbering import AutomaticNumber, WordNumbering, word_numbering
from site_src.importing.formats.word_runs import Runs, is_on, plain_words
from site_src.importing.formats.word_styles import ParagraphStyle, paragraph_styles, style_of
from site_src.importing.tables import table_blocks

_ASIDE = re.compile(r"word/(header|footer|footnotes|endnotes|comments)\d*\.xml")
_ASIDE_REASONS = {
    "header": reasons.HEADER,
    "footer": reasons.FOOTER,
    "footnotes": reasons.FOOTNOTE,
    "endnotes": reasons.FOOTNOTE,
    "comments": reasons.COMMENT,
}
_NOT_BLOCKS = frozenset({"sectPr", "bookmarkStart", "bookmarkEnd", "proofErr", "permStart"})


def read_word(archive: Archive) -> DocumentReading:
    """All that a .docx says. Raises DocumentDamaged and DocumentTooLarge."""
    body = child(archive.xml("word/document.xml"), "body")
    styles = archive.xml("word/styles.xml")
    reader = _WordReader(
        paragraph_styles(styles), word_numbering(archive.xml("word/numbering.xml"), styles)
    )
    blocks = tuple(reader.blocks(body)) if body is not None else ()
    for name in sorted(archive.names):
        if aside := _ASIDE.fullmatch(name):
            reader.read_aside(archive.xml(name), _ASIDE_REASONS[aside[1]])
    return DocumentReading(blocks, tuple(reader.left_out), tuple(reader.changed))


@dataclass
class _WordReader:
    styles: dict[str, ParagraphStyle]
    numbering: WordNumbering
    left_out: list[LeftOut] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    _paragraph: int = 0
    _page: int | None = None
    _in_contents: bool = False
    _carried: str = ""

    def blocks(self, parent: Element) -> Iterator[Block]:
        for element in parent:
            match local(element.tag):
                case "p":
                    yield from self._paragraph_blocks(element)
                case "tbl":
                    yield from self._table(element)
                case "sdt":
                    yield from self._content_control(element)
                case "del" | "moveFrom":
                    self._leave_out(plain_words(element), reasons.DELETED)
                case name if name not in _NOT_BLOCKS:
                    yield from self.blocks(element)

    def read_aside(self, root: Element | None, reason: Bilingual) -> None:
        """Reports what stands in a header, a footer, notes or comments."""
        if root is None:
            return
        for paragraph in descendants(root, "p"):
            words = " ".join(plain_words(paragraph).split())
            known = any(left.words == words and left.reason == reason for left in self.left_out)
            if words and not known:
                self.left_out.append(LeftOut(Place(), words, reason))

    def _content_control(self, element: Element) -> Iterator[Block]:
        content = child(element, "sdtContent")
        gallery = child(element, "sdtPr", "docPartObj", "docPartGallery")
        if content is None:
            return
        if attribute(gallery, "val") == "Table of Contents":
            for paragraph in descendants(content, "p"):
                self._next_paragraph(paragraph)
                self._leave_out(plain_words(paragraph), reasons.CONTENTS)
            return
        yield from self.blocks(content)

    def _next_paragraph(self, element: Element) -> None:
        self._paragraph += 1
        breaks = sum(1 for _ in descendants(element, "lastRenderedPageBreak"))
        if breaks:
            self._page = (self._page or 1) + breaks

    @property
    def _place(self) -> Place:
        return Place(page=self._page, paragraph=self._paragraph)

    def _leave_out(self, words: str, reason: Bilingual) -> None:
        if words := " ".join(words.split()):
            self.left_out.append(LeftOut(self._place, words, reason))

    def _paragraph_blocks(self, element: Element) -> Iterator[Block]:
        self._next_paragraph(element)
        style = style_of(element, self.styles)
        runs = Runs(self._in_contents)
        runs.read(element)
        self._in_contents = runs.in_contents
        for words, reason in runs.left_out:
            self._leave_out(words, reason)
        if inserted := " ".join("".join(runs.inserted).split()):
            self.changed.append(Changed(self._place, inserted, reasons.INSERTED))
        words = self._carried + runs.words
        if is_on(child(element, "pPr", "rPr", "del")):
            self._carried = words
            return
        self._carried = ""
        if style.contents:
            self._leave_out(words, reasons.CONTENTS)
            return
        yield from self._lines(words, style)

    def _lines(self, words: str, style: ParagraphStyle) -> Iterator[Block]:
        """A block for each line of a paragraph; only the first can have its number."""
        number = self._number(style)
        kind: BlockKind = "title" if style.title else "heading" if style.level else "paragraph"
        for at, line in enumerate(words.split("\n")):
            if not line.strip():
                continue
            label, series = ("", "") if number is None or at else (number.label, number.series)
            bullet = number is not None and number.bullet and not at
            yield Block(
                line,
                self._place,
                "bullet" if bullet else kind,
                label,
                series,
                style.level,
            )

    def _number(self, style: ParagraphStyle) -> AutomaticNumber | None:
        if style.list is None or style.list == "0":
            return None
        at = style.list_level
        if at is None:
            linked = (self.numbering.level_of_style(style.list, name) for name in style.names)
            at = next((level for level in linked if level is not None), 0)
        return self.numbering.count(style.list, at)

    def _table(self, table: Element) -> Iterator[Block]:
        place = Place(page=self._page, paragraph=self._paragraph + 1)
        rows = []
        for row in self._rows(table):
            cells = []
            for cell in self._cells(row):
                cells.append(tuple(self.blocks(cell)))
            rows.append(tuple(cells))
        yield from table_blocks(tuple(rows), place)

    def _rows(self, table: Element) -> Iterator[Element]:
        for element in table:
            name = local(element.tag)
            if name == "tr":
                if is_on(child(element, "trPr", "del")):
                    self._leave_out(plain_words(element), reasons.DELETED)
                else:
                    yield element
            elif name in ("sdt", "sdtContent", "customXml"):
                yield from self._rows(element)

    def _cells(self, row: Element) -> Iterator[Element]:
        for element in row:
            name = local(element.tag)
            if name == "tc":
                yield element
            elif name in ("sdt", "sdtContent", "customXml"):
                yield from self._cells(element)
