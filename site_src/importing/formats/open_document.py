"""Reads an OpenDocument text (.odt): text, automatic numbers, tables, and what is not text."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from site_src.bilingual import Bilingual
from site_src.importing import reasons
from site_src.importing.document import Block, BlockKind, Changed, DocumentReading, LeftOut, Place
from site_src.importing.formats.archive import (
    Archive,
    attribute,
    child,
    children,
    descendants,
    local,
)
from site_src.importing.formats.odf_numbering import OdfNumbering, OpenList, odf_numbering
from site_src.importing.tables import table_blocks

_NO_BLOCKS = frozenset(
    {"forms", "sequence-decls", "variable-decls", "user-field-decls", "dde-connection-decls"}
)
_ASIDE = {
    "note": reasons.FOOTNOTE,
    "annotation": reasons.COMMENT,
    "ruby-text": reasons.RUBY,
    "hidden-text": reasons.HIDDEN_TEXT,
    "hidden-paragraph": reasons.HIDDEN_TEXT,
}
_UNCOUNTED = OpenList("", "")
"""The list of a paragraph that stands in a list and has no number of its own."""

_INDEXES = frozenset({"table-of-content", "alphabetical-index", "illustration-index"})


def read_open_document(archive: Archive) -> DocumentReading:
    """All that an .odt says. Raises DocumentDamaged and DocumentTooLarge."""
    content, styles = archive.xml("content.xml"), archive.xml("styles.xml")
    reader = _OdfReader(odf_numbering(content, styles))
    text = child(content, "body", "text")
    blocks = tuple(reader.blocks(text)) if text is not None else ()
    for kind, reason in (("header", reasons.HEADER), ("footer", reasons.FOOTER)):
        for element in descendants(styles, kind):
            reader.leave_out(" ".join(element.itertext()), reason, Place())
    return DocumentReading(blocks, tuple(reader.left_out), tuple(reader.changed))


@dataclass
class _OdfReader:
    numbering: OdfNumbering
    left_out: list[LeftOut] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    _paragraph: int = 0
    _page: int | None = None
    _inserting: bool = False
    _insertions: frozenset[str] = frozenset()
    _inserted: list[str] = field(default_factory=list)

    def blocks(self, parent: Element) -> Iterator[Block]:
        for element in parent:
            yield from self._element(element)

    def _element(self, element: Element) -> Iterator[Block]:
        name = local(element.tag)
        if name in _INDEXES:
            for paragraph in descendants(element, "p"):
                self._paragraph += 1
                self.leave_out("".join(paragraph.itertext()), reasons.CONTENTS)
        elif name == "tracked-changes":
            self._read_changes(element)
        elif name in ("p", "h"):
            yield from self._lines(element, None, 0)
        elif name == "list":
            yield from self._list(element, None, 1)
        elif name == "table":
            yield from self._table(element)
        elif name not in _NO_BLOCKS:
            yield from self.blocks(element)

    def leave_out(self, words: str, reason: Bilingual, place: Place | None = None) -> None:
        """Reports words that are not read."""
        if words := " ".join(words.split()):
            self.left_out.append(LeftOut(place or self._place, words, reason))

    @property
    def _place(self) -> Place:
        return Place(page=self._page, paragraph=self._paragraph or None)

    def _read_changes(self, element: Element) -> None:
        inserted = set()
        for region in children(element, "changed-region"):
            for deletion in children(region, "deletion"):
                words = (
                    "".join(part.itertext())
                    for part in deletion
                    if local(part.tag) != "change-info"
                )
                self.leave_out(" ".join(words), reasons.DELETED)
            if child(region, "insertion") is not None:
                inserted.add(attribute(region, "id") or "")
        self._insertions = frozenset(inserted)

    def _list(self, element: Element, outer: OpenList | None, depth: int) -> Iterator[Block]:
        list = self.numbering.enter(element, outer)
        for item in element:
            if local(item.tag) not in ("list-item", "list-header"):
                continue
            start = attribute(item, "start-value")
            own = attribute(item, "style-override")
            counted_as = OpenList(own, list.counter) if own else list
            counted = local(item.tag) == "list-item"
            for part in item:
                name = local(part.tag)
                if name == "list":
                    yield from self._list(part, list, depth + 1)
                elif name in ("p", "h"):
                    yield from self._lines(
                        part, counted_as if counted else _UNCOUNTED, depth, start
                    )
                    counted = False
                else:
                    yield from self._element(part)

    def _lines(
        self, element: Element, list: OpenList | None, depth: int, start: str | None = None
    ) -> Iterator[Block]:
        """A block for each line; `list` is None outside lists."""
        self._paragraph += 1
        self._inserted = []
        heading = local(element.tag) == "h"
        level = int(attribute(element, "outline-level") or 1) if heading else 0
        words = "".join(self._words(element))
        if self._inserted:
            inserted = " ".join("".join(self._inserted).split())
            self.changed.append(Changed(self._place, inserted, reasons.INSERTED))
        title = self.numbering.is_title(attribute(element, "style-name"))
        if list is None and heading:
            number = self.numbering.count_heading(element, level)
        elif list is not None and list != _UNCOUNTED:
            number = self.numbering.count(list, depth, start)
        else:
            number = None
        kind: BlockKind = "title" if title else "heading" if heading else "paragraph"
        first = True
        for line in words.split("\n"):
            if line.strip():
                label = number.label if number and first else ""
                series = number.series if number and first else ""
                bullet = number is not None and number.bullet and first
                yield Block(line, self._place, "bullet" if bullet else kind, label, series, level)
                first = False

    def _words(self, element: Element) -> Iterator[str]:
        yield self._noted(element.text or "")
        for part in element:
            name = local(part.tag)
            if name in _ASIDE:
                self.leave_out(" ".join(part.itertext()), _ASIDE[name])
            elif name in ("frame", "custom-shape", "text-box", "rect"):
                words = " ".join(part.itertext())
                reason = reasons.TEXT_BOX if words.strip() else reasons.PICTURE
                self.leave_out(words.strip() or "—", reason)
            elif name == "s":
                many = attribute(part, "c") or "1"
                yield " " * (int(many) if many.isdecimal() and len(many) < 4 else 1)
            elif name == "tab":
                yield " "
            elif name == "line-break":
                yield "\n"
            elif name == "soft-page-break":
                self._page = (self._page or 1) + 1
            elif name in ("change-start", "change-end"):
                known = (attribute(part, "change-id") or "") in self._insertions
                self._inserting = known and name == "change-start"
            else:
                yield from self._words(part)
            yield self._noted(part.tail or "")

    def _noted(self, words: str) -> str:
        """The words, with line ends of the XML as spaces, noted if they are an insertion."""
        words = words.replace("\r", " ").replace("\n", " ")
        if self._inserting and words.strip():
            self._inserted.append(words)
        return words

    def _table(self, table: Element) -> Iterator[Block]:
        place = Place(page=self._page, paragraph=self._paragraph + 1)
        rows = tuple(
            tuple(tuple(self.blocks(cell)) for cell in row if local(cell.tag) == "table-cell")
            for row in _rows(table)
        )
        yield from table_blocks(rows, place)


def _rows(table: Element) -> Iterator[Element]:
    for element in table:
        name = local(element.tag)
        if name == "table-row":
            yield element
        elif name in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(element)
