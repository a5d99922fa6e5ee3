"""Reads a document file into the text of a procedure."""

from pathlib import Path

from site_src.bilingual import Bilingual
from site_src.importing.compose import compose_procedure
from site_src.importing.document import Document, DocumentReading
from site_src.importing.errors import DocumentTooLarge, NoTextInDocument
from site_src.importing.file_kind import file_kind
from site_src.importing.formats.archive import Archive
from site_src.importing.formats.open_document import read_open_document
from site_src.importing.formats.pdf import read_pdf
from site_src.importing.formats.plain import read_markdown, read_plain
from site_src.importing.formats.web_page import read_web_page
from site_src.importing.formats.word import read_word

_MOST_BYTES = 30_000_000
_MOST_BYTES_OF_TEXT = 1_200_000
"""Of a text file: four for each character."""

_MOST_CHARACTERS = 300_000
"""Of the text; `check` reads a megabyte, and no procedure has a third of it."""


def read_document(path: Path) -> Document:
    """The document as a procedure, with what was left out and what was changed.

    Its content decides how it is read, not its name. Raises DocumentRefused, which says what to do,
    and OSError if the file cannot be opened.
    """
    with path.open("rb") as file:
        content = file.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise _too_large()
    if not content.strip():
        raise _empty()
    document = compose_procedure(_read(path, content))
    if len(document.procedure) > _MOST_CHARACTERS:
        raise _too_large()
    return document


def _read(path: Path, content: bytes) -> DocumentReading:
    kind = file_kind(path, content)
    if kind in ("markdown", "text") and len(content) > _MOST_BYTES_OF_TEXT:
        raise _too_large()
    match kind:
        case "docx":
            reading = read_word(Archive(content))
        case "odt":
            reading = read_open_document(Archive(content))
        case "pdf":
            reading = read_pdf(content)
        case "html":
            reading = read_web_page(content)
        case "markdown":
            reading = read_markdown(content)
        case "text":
            reading = read_plain(content)
    if not any(block.words.strip() for block in reading.blocks):
        raise _empty()
    if sum(len(block.words) for block in reading.blocks) > _MOST_CHARACTERS:
        raise _too_large()
    return reading


def _empty() -> NoTextInDocument:
    return NoTextInDocument(
        Bilingual(
            "there is no text in the document. If its pages are pictures, ask for the document "
            "that was printed, or have a program with text recognition (OCR) write its text.",
            "文档里没有文字。如果页面是图片，请找到打印以前的文档，或者用文字识别（OCR）软件转成文字。",
        )
    )


def _too_large() -> DocumentTooLarge:
    return DocumentTooLarge(
        Bilingual(
            f"the file has more than {_MOST_BYTES // 1_000_000} MB or {_MOST_CHARACTERS:,} "
            "characters of text, more than any procedure. Copy the procedure alone into a new "
            "document, without pictures, and import that file.",
            f"文件超过 {_MOST_BYTES // 1_000_000} MB，或者正文超过 {_MOST_CHARACTERS:,} 个字，"
            "不可能是一份办法。请只把办法的正文复制到新文档，不带图片，再导入新文件。",
        )
    )
