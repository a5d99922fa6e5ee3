"""Opens documents that are ZIP archives of XML, within bounds that no procedure reaches."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from site_src.bilingual import Bilingual
from site_src.importing.errors import DocumentDamaged, DocumentTooLarge

_MOST_MEMBERS = 5_000
_MOST_BYTES_OF_PART = 30_000_000
"""Unpacked; pictures are never unpacked."""

_MOST_DEPTH = 200
"""Elements within each other: more would exceed the stack, and no word processor writes it."""


class Archive:
    """The parts of a document. Raises DocumentDamaged if it is no archive."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            self.names = frozenset(self._zip.namelist())
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise _damaged() from error
        if len(self._zip.infolist()) > _MOST_MEMBERS:
            raise _too_large()

    def read(self, name: str) -> bytes:
        """A part, unpacked; empty if there is none. Raises DocumentDamaged, DocumentTooLarge."""
        if name not in self.names:
            return b""
        try:
            with self._zip.open(name) as part:
                content = part.read(_MOST_BYTES_OF_PART + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError) as error:
            raise _damaged() from error
        except (NotImplementedError, ValueError) as error:
            raise _damaged() from error
        if len(content) > _MOST_BYTES_OF_PART:
            raise _too_large()
        return content

    def xml(self, name: str) -> Element | None:
        """A part as XML, or None if there is none.

        Document types and entities are refused: no word processor writes them.
        """
        content = self.read(name)
        if not content:
            return None
        try:
            root: Element = fromstring(content, forbid_dtd=True)
        except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
            raise _damaged() from error
        _refuse_depth(root)
        return root


def _refuse_depth(root: Element) -> None:
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > _MOST_DEPTH:
            raise _damaged()
        level = [child for element in level for child in element]


def local(name: str) -> str:
    """The name of an element or attribute without its namespace, which has variants."""
    return name.rpartition("}")[2]


def attribute(element: Element | None, name: str) -> str | None:
    """The attribute of that name in any namespace, or None."""
    if element is None:
        return None
    return next((value for key, value in element.items() if local(key) == name), None)


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of that name, and so on down the path, or None."""
    for name in path:
        if element is None:
            return None
        element = next((one for one in element if local(one.tag) == name), None)
    return element


def children(element: Element | None, name: str) -> Iterator[Element]:
    """All children of that name."""
    if element is not None:
        yield from (one for one in element if local(one.tag) == name)


def descendants(element: Element | None, name: str) -> Iterator[Element]:
    """All elements of that name below."""
    if element is not None:
        yield from (one for one in element.iter() if local(one.tag) == name)


def value_of(element: Element | None, *path: str) -> str | None:
    """The attribute `val` of what stands at the path, or None."""
    return attribute(child(element, *path), "val")


def _damaged() -> DocumentDamaged:
    return DocumentDamaged(
        Bilingual(
            "the document is damaged, or was not written by a word processor. Open it in Word, "
            "WPS or LibreOffice, save it under another name, and import that file.",
            "文档已损坏，或者不是文字处理软件写出的。请用 Word、WPS 或 LibreOffice 打开，"
            "另存为新文件，再导入新文件。",
        )
    )


def _too_large() -> DocumentTooLarge:
    return DocumentTooLarge(
        Bilingual(
            "what is packed in the document is larger than any procedure. Copy the procedure's "
            "text into a new document, save it, and import that file.",
            "文档解压后的内容过大，不可能是一份办法。请把办法的正文复制到新文档，保存后导入新文件。",
        )
    )
