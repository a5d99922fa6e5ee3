"""Defines what a reader finds in a document, and what an import makes of it."""

from dataclasses import dataclass
from typing import Literal

from site_src.bilingual import Bilingual

ProcedureLanguage = Literal["zh-CN", "en"]
"""The languages in which a procedure can be read."""

BlockKind = Literal["title", "heading", "paragraph", "bullet", "table"]
"""What a block is in its document; `table` is a whole table in Markdown, a row a line."""


@dataclass(frozen=True)
class Place:
    """Where in a document something stands; each counts from 1.

    Word and ODF documents have paragraphs. Their pages are known only if the program that saved
    the document noted them.
    """

    page: int | None = None
    line: int | None = None
    paragraph: int | None = None

    @property
    def words(self) -> Bilingual:
        """The place as it is shown, such as “page 3, line 2”."""
        parts = (
            (self.page, "page {}", "第 {} 页"),
            (self.line, "line {}", "第 {} 行"),
            (self.paragraph, "paragraph {}", "第 {} 段"),
        )
        known = [(en.format(at), zh.format(at)) for at, en, zh in parts if at is not None]
        return Bilingual(", ".join(en for en, _ in known), "".join(zh for _, zh in known))


@dataclass(frozen=True)
class LeftOut:
    """Words of the document that are not in the procedure, and why."""

    place: Place
    words: str
    reason: Bilingual

    @property
    def page(self) -> int | None:
        """The page on which the words stand, if the document says so."""
        return self.place.page

    @property
    def line(self) -> int | None:
        """The line of the page or file, or the paragraph of the document."""
        return self.place.line or self.place.paragraph


@dataclass(frozen=True)
class Changed:
    """Words that the procedure has in another form than the document, and how."""

    place: Place
    words: str
    how: Bilingual


@dataclass(frozen=True)
class Block:
    """A heading, paragraph, item or table of a document.

    `number` is the automatic number as the document shows it, which is not part of `words`.
    `series` tells apart the lists of a document whose numbers look alike.
    `level` is that of a heading, from 1. The words of a `markdown` block are Markdown already.
    """

    words: str
    place: Place
    kind: BlockKind = "paragraph"
    number: str = ""
    series: str = ""
    level: int = 0
    markdown: bool = False


@dataclass(frozen=True)
class DocumentReading:
    """All that a reader finds in a document, in order."""

    blocks: tuple[Block, ...]
    left_out: tuple[LeftOut, ...] = ()
    changed: tuple[Changed, ...] = ()


@dataclass(frozen=True)
class Document:
    """A document as imported: the text of `procedure.md`, and all that it does not say alike."""

    language: ProcedureLanguage
    procedure: str
    left_out: tuple[LeftOut, ...]
    changed: tuple[Changed, ...] = ()
