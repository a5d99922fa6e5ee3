"""Tells by its content what a file is; its name is not believed."""

import re
from pathlib import Path
from typing import Literal

from site_src.bilingual import Bilingual
from site_src.importing.errors import DocumentLocked, KindNotRead
from site_src.importing.formats.archive import Archive

FileKind = Literal["docx", "odt", "pdf", "html", "markdown", "text"]

_HTML = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(rb"</(?:p|div|h[1-6]|li|td|span|body)>", re.IGNORECASE)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_HEAD = 4096
_SAVE_AS = Bilingual(
    "Open it in Word, WPS or LibreOffice, choose “Save as”, Word document (.docx), and import "
    "that file.",
    "请用 Word、WPS 或 LibreOffice 打开，选“另存为”，类型选 Word 文档（.docx），再导入新文件。",
)


def file_kind(path: Path, content: bytes) -> FileKind:
    """What the file is. Raises KindNotRead and DocumentLocked."""
    head = content[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if content.startswith(b"PK\x03\x04"):
        return _packed(Archive(content))
    if content.startswith(_OLE):
        raise _old_word(content)
    if head.lstrip().startswith(b"{\\rtf"):
        raise _not_read("an RTF document", " RTF 文档")
    if head.startswith(_PICTURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        raise KindNotRead(
            Bilingual(
                "this is a picture, and no words can be read from it. Ask for the document that "
                "was printed or photographed, or have a program with text recognition (OCR) "
                "write its text, and read that over.",
                "这是图片，读不出文字。请找到打印或拍照以前的文档；也可以用文字识别（OCR）"
                "软件转成文字，核对以后再导入。",
            )
        )
    if re.match(rb"(?:MIME-Version:|From: <Saved by)", head.lstrip(), re.IGNORECASE):
        raise _not_read("a web page saved as one file (MHTML)", "存成单个文件的网页（MHTML）")
    suffix = path.suffix.lower()
    named_html = suffix in (".html", ".htm", ".xhtml", ".doc") and _TAG.search(content)
    if _HTML.search(head) or named_html:
        return "html"
    lines = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    titled = lines.startswith(b"# ") and b"\n## " in lines
    return "markdown" if suffix in (".md", ".markdown") or titled else "text"


def _packed(archive: Archive) -> FileKind:
    if "word/document.xml" in archive.names:
        return "docx"
    mime = archive.read("mimetype").strip()
    if mime.startswith(b"application/vnd.oasis.opendocument.text"):
        if b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise _locked()
        return "odt"
    if "xl/workbook.xml" in archive.names or mime.endswith(b"spreadsheet"):
        raise _not_read("a spreadsheet", "电子表格")
    if "ppt/presentation.xml" in archive.names or mime.endswith(b"presentation"):
        raise _not_read("a presentation", "演示文稿")
    raise _not_read("a ZIP archive that contains no Word or ODF text", "压缩包，其中没有文字文档")


def _old_word(content: bytes) -> KindNotRead | DocumentLocked:
    if _ENCRYPTED in content:
        return _locked()
    return _not_read(
        "a document in the format of Word 97 to 2003 (.doc) or of WPS (.wps)",
        " Word 97—2003 格式（.doc）或者 WPS 格式（.wps）的文档",
    )


def _not_read(en: str, zh: str) -> KindNotRead:
    return KindNotRead(
        Bilingual(
            "this is {what}, which is not read. {do}", "这是{what}，不能直接导入。{do}"
        ).filled(what=Bilingual(en, zh), do=_SAVE_AS)
    )


def _locked() -> DocumentLocked:
    return DocumentLocked(
        Bilingual(
            "a password protects the document. Open it with the password, save it without one "
            "(File, Info, Protect Document, Encrypt with Password: empty), and import that file.",
            "文档有密码保护。请用密码打开，去掉密码后保存（文件—信息—保护文档—用密码进行加密：留空），再导入。",
        )
    )
