"""Reads a PDF that contains text, line by line as it stands on the pages."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any

import pypdfium2
from pypdfium2 import raw

from site_src.bilingual import Bilingual
from site_src.importing import reasons
from site_src.importing.document import Block, DocumentReading, LeftOut, Place
from site_src.importing.errors import (
    DocumentDamaged,
    DocumentLocked,
    DocumentTooLarge,
    NoTextInDocument,
)
from site_src.importing.furniture import Furnished, running_lines, without_page_furniture
from site_src.importing.lines import PrintedLine, paragraphs

_MOST_PAGES = 500
_MOST_CHARACTERS = 1_000_000
_LOST = re.compile(r"[\ufffd\x00-\x08\x0b-\x1f\ue000-\uf8ff]")
_MOST_LOST = 0.2
"""The share of characters without meaning above which the fonts do not say what they show."""

_FEWEST_CHARACTERS_OF_PAGE = 15
_WIDE_GAP = 0.4
"""Times the size of the font; more between two characters is a tab, which has no character."""

_USUAL_GAP = 1.25
"""Times the usual distance of lines; more divides paragraphs."""


@dataclass(frozen=True)
class _PdfLine(Furnished):
    left: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    size: float = 0.0


def read_pdf(content: bytes) -> DocumentReading:
    """All that the pages of a PDF say.

    Raises DocumentLocked, DocumentDamaged, DocumentTooLarge, and NoTextInDocument if the pages are
    pictures.
    """
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise _unopened(error) from error
    try:
        if len(document) > _MOST_PAGES:
            raise _too_large()
        pages = [_page_lines(document[at], at + 1) for at in range(len(document))]
        pictures = [at + 1 for at, page in enumerate(pages) if not page]
    except pypdfium2.PdfiumError as error:
        raise _unopened(error) from error
    finally:
        document.close()
    _refuse_pictures(pages)
    running = running_lines(pages)
    left_out = [
        LeftOut(line.place, line.words, running[id(line)])
        for page in pages
        for line in page
        if id(line) in running
    ]
    left_out += [LeftOut(Place(page=at), "—", reasons.UNREADABLE_PAGE) for at in pictures]
    lines = [line for page in pages for line in page if id(line) not in running]
    kept, furniture = without_page_furniture(lines)
    return DocumentReading(_blocks(kept), (*left_out, *furniture))


def _page_lines(page: Any, number: int) -> list[_PdfLine]:
    """The lines of a page in the order of its text, with their places from the head of the page."""
    height = page.get_height()
    parts = [part for part in _parts(page.get_textpage(), height) if part.words.strip()]
    lines: list[_PdfLine] = []
    for part in parts:
        above = lines[-1] if lines else None
        if above is not None and _beside(above, part):
            lines[-1] = replace(
                above,
                words=f"{above.words} {part.words}",
                right=max(above.right, part.right),
                size=max(above.size, part.size),
            )
        else:
            lines.append(part)
    if _is_one_column(lines):
        lines.sort(key=lambda line: line.top)
    from_head = sorted(range(len(lines)), key=lambda at: lines[at].top)
    shown = {at: rank for rank, at in enumerate(from_head, start=1)}
    return [
        replace(line, place=Place(page=number, line=shown[at])) for at, line in enumerate(lines)
    ]


def _is_one_column(lines: list[_PdfLine]) -> bool:
    """Whether no line stands beside another, so that the height is the order of the text.

    Programs draw headers and footers before or after everything else.
    """
    by_height = sorted(lines, key=lambda line: line.top)
    return all(
        min(above.bottom, below.bottom) - max(above.top, below.top) < 0.5 * below.size
        for above, below in pairwise(by_height)
    )


def _beside(above: _PdfLine, part: _PdfLine) -> bool:
    """Whether a part stands on the same line, to the right: an item after its number."""
    overlap = min(above.bottom, part.bottom) - max(above.top, part.top)
    return overlap > 0.5 * min(above.size, part.size) and part.left >= above.right - 1


def _parts(text: Any, height: float) -> Iterator[_PdfLine]:
    """What PDFium takes for lines, with the box around each."""
    many = text.count_chars()
    if many > _MOST_CHARACTERS:
        raise _too_large()
    box = raw.FS_RECTF()
    words: list[str] = []
    edges: list[tuple[float, float, float, float]] = []
    for at in range(many):
        character = chr(raw.FPDFText_GetUnicode(text, at))
        if character in "\r\n":
            if words:
                yield _line("".join(words), edges, height)
            words, edges = [], []
            continue
        if not character.isspace() and raw.FPDFText_GetLooseCharBox(text, at, box):
            left, right, bottom, top = box.left, box.right, box.bottom, box.top
            if (
                edges
                and left - edges[-1][1] > _WIDE_GAP * raw.FPDFText_GetFontSize(text, at)
                and words[-1] != " "
            ):
                words.append(" ")
            edges.append((left, right, bottom, top))
        words.append(character)
    if words:
        yield _line("".join(words), edges, height)


def _line(words: str, edges: list[tuple[float, float, float, float]], height: float) -> _PdfLine:
    if not edges:
        return _PdfLine("", Place())
    top = height - max(edge[3] for edge in edges)
    bottom = height - min(edge[2] for edge in edges)
    return _PdfLine(
        words=words,
        place=Place(),
        top=top,
        left=min(edge[0] for edge in edges),
        right=max(edge[1] for edge in edges),
        bottom=bottom,
        size=bottom - top,
    )


def _blocks(lines: tuple[_PdfLine, ...]) -> tuple[Block, ...]:
    """The paragraphs of all pages; one may go on from the foot of a page to the next."""
    if not lines:
        return ()
    distances = [
        below.bottom - above.bottom
        for above, below in pairwise(lines)
        if above.place.page == below.place.page and below.bottom > above.bottom
    ]
    usual = _usual_distance(distances)
    left = Counter(round(line.left) for line in lines).most_common(1)[0][0]
    right = sorted(line.right for line in lines)[int(0.98 * (len(lines) - 1))]
    printed = []
    for at, line in enumerate(lines):
        above = lines[at - 1] if at else None
        same_page = above is not None and above.place.page == line.place.page
        gap = above is None or (
            same_page and line.bottom - above.bottom > _USUAL_GAP * max(usual, line.size)
        )
        printed.append(
            PrintedLine(line.words.strip(), line.place, line.left, line.right, gap, line.size)
        )
    return paragraphs(printed, float(left), right)


def _usual_distance(distances: list[float]) -> float:
    """The distance of lines within a paragraph: the smallest that is frequent."""
    if not distances:
        return 0.0
    rounded = Counter(round(distance) for distance in distances)
    frequent = [size for size, many in rounded.items() if many >= 0.1 * len(distances)]
    return float(min(frequent)) if frequent else median(distances)


def _refuse_pictures(pages: list[list[_PdfLine]]) -> None:
    characters = "".join(line.words for page in pages for line in page)
    written = sum(not character.isspace() for character in characters)
    if written < _FEWEST_CHARACTERS_OF_PAGE:
        raise NoTextInDocument(
            Bilingual(
                "the pages of this PDF are pictures: it was scanned, and no words can be read "
                "from it. Ask for the document that was printed (Word or PDF with text), or have a "
                "program with text recognition (OCR) write its text, read that over, and import "
                "it.",
                "这份 PDF 的页面是图片（扫描件），读不出文字。请找到打印以前的文档"
                "（Word 或者带文字的 PDF）；也可以用文字识别（OCR）软件转成文字，核对以后再导入。",
            )
        )
    if len(_LOST.findall(characters)) > _MOST_LOST * written:
        raise NoTextInDocument(
            Bilingual(
                "the fonts of this PDF do not say which characters they show, so its words cannot "
                "be read. Ask for the document that it was made from, and import that one.",
                "这份 PDF 的字体没有说明显示的是哪些字，读不出文字。请找到生成它的原文档，再导入。",
            )
        )


def _unopened(error: Exception) -> DocumentLocked | DocumentDamaged:
    if "password" in str(error).lower() or "security" in str(error).lower():
        return DocumentLocked(
            Bilingual(
                "a password protects the PDF. Save it without a password, and import that file.",
                "PDF 有密码保护。请去掉密码后另存，再导入新文件。",
            )
        )
    return DocumentDamaged(
        Bilingual(
            "the PDF is damaged. Open it in a PDF reader and print it to a new PDF, or import the "
            "document that it was made from.",
            "PDF 已损坏。请用 PDF 阅读器打开并打印成新的 PDF，或者导入生成它的原文档。",
        )
    )


def _too_large() -> DocumentTooLarge:
    return DocumentTooLarge(
        Bilingual(
            f"the PDF has more than {_MOST_PAGES} pages or {_MOST_CHARACTERS:,} characters, more "
            "than any procedure. Save the pages of the procedure as a PDF of their own.",
            f"PDF 超过 {_MOST_PAGES} 页或者 {_MOST_CHARACTERS:,} 个字，不可能是一份办法。"
            "请把办法的那几页另存为 PDF。",
        )
    )
