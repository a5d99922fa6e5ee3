"""Files that cannot be read are refused with a typed error that says what to do."""

import io
import zipfile
from pathlib import Path

import pypdf
import pytest
from weasyprint import HTML

from site_src.importing.errors import (
    DocumentDamaged,
    DocumentLocked,
    DocumentRefused,
    DocumentTooLarge,
    EncodingUnclear,
    KindNotRead,
    NoTextInDocument,
)
from site_src.importing.read import read_document
from tests.helpers.sample_files import PNG

FILES = Path(__file__).parent / "files"
WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


def packed(**parts: bytes) -> bytes:
    """A ZIP archive; __ in a name stands for a slash, _ for a point."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return buffer.getvalue()


def printed(html: str) -> bytes:
    """A PDF of that page."""
    pdf: bytes = HTML(string=html).write_pdf()
    return pdf


def locked_pdf() -> bytes:
    """A PDF that opens with a password only."""
    writer = pypdf.PdfWriter(io.BytesIO(printed("<p>第一条 投诉。")))
    writer.encrypt("secret", algorithm="AES-256")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def scan() -> bytes:
    """A PDF whose page is a picture."""
    return printed('<svg viewBox="0 0 9 9"><rect width="9" height="9" fill="grey"/></svg>')


ENTITIES = (
    b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    + WORD.encode()
    + b"<w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>"
)
NESTED = (
    WORD.encode() + b"<w:body>" + b"<w:p>" * 3000 + b"</w:p>" * 3000 + b"</w:body></w:document>"
)
EMPTY = f"{WORD}<w:body><w:p/></w:body></w:document>".encode()

REFUSED: dict[str, tuple[bytes, type[DocumentRefused], str]] = {
    "empty.txt": (b"", NoTextInDocument, "no text in the document"),
    "spaces.txt": (b" \r\n\t ", NoTextInDocument, "no text in the document"),
    "empty.docx": (packed(word__document_xml=EMPTY), NoTextInDocument, "no text"),
    "scan.pdf": (scan(), NoTextInDocument, "text recognition (OCR)"),
    "locked.pdf": (locked_pdf(), DocumentLocked, "without a password"),
    "cut.pdf": (printed("<p>第一条")[:300], DocumentDamaged, "the PDF is damaged"),
    "locked.docx": (OLE + "EncryptedPackage".encode("utf-16-le"), DocumentLocked, "password"),
    "old.docx": ((FILES / "car-dealer.doc").read_bytes(), KindNotRead, "Word document (.docx)"),
    "text.rtf": (b"{\\rtf1 text}", KindNotRead, "an RTF document"),
    "page.mht": (b"MIME-Version: 1.0\n", KindNotRead, "MHTML"),
    "photo.docx": (PNG, KindNotRead, "this is a picture"),
    "sheet.docx": (packed(xl__workbook_xml=b"<w/>"), KindNotRead, "a spreadsheet"),
    "some.odt": (packed(a_txt=b"a"), KindNotRead, "contains no Word or ODF text"),
    "cut.docx": (packed(word__document_xml=EMPTY)[:-30], DocumentDamaged, "is damaged"),
    "entities.docx": (packed(word__document_xml=ENTITIES), DocumentDamaged, "is damaged"),
    "nested.docx": (packed(word__document_xml=NESTED), DocumentDamaged, "is damaged"),
    "bomb.docx": (
        packed(word__document_xml=b" " * 31_000_000), DocumentTooLarge, "larger than any procedure"
    ),
    "huge.txt": (b"a " * 15_000_001, DocumentTooLarge, "30 MB"),
    "long.html": (
        b"<p>" + "第一条 投诉。\n".encode() * 60_000,
        DocumentTooLarge,
        "300,000 characters",
    ),
    "long.txt": ("第一条 投诉。\n".encode() * 60_000, DocumentTooLarge, "300,000 characters"),
    "noise.txt": (bytes(range(128, 256)) * 9, EncodingUnclear, "Encoding: UTF-8"),
    "program.bin": (bytes(range(256)) * 4 + b"\0", KindNotRead, "no document that can be read"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_what_to_do(name: str, tmp_path: Path) -> None:
    """The error has its own type, and its message says in both languages what to do."""
    content, type, says = REFUSED[name]
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DocumentRefused) as refused:
        read_document(path)
    assert refused.type is type
    assert says in refused.value.message.en
    assert "请" in refused.value.message.zh


@pytest.mark.parametrize("name", ["a.pdf", "a.doc", "a", "a.txt"])
def test_the_content_decides(name: str, tmp_path: Path) -> None:
    """A Word document is read under any name."""
    path = tmp_path / name
    path.write_bytes((FILES / "employer-hr.docx").read_bytes())
    assert read_document(path).procedure.startswith("# 示例用人单位员工投诉处理程序\n")
