"""Small files of each accepted type, and files that must be refused."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from functions.model.attachment import FileType

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01" + bytes(40) + b"\xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(30) + b"IEND\xaeB`\x82"
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""The harmless file that every scanner reports (eicar.org). Split, so no scanner reports this
module."""


def archive(entries: dict[str, bytes], method: int = ZIP_STORED) -> bytes:
    """Returns a ZIP archive of these files."""
    content = BytesIO()
    with ZipFile(content, "w", method) as zip_file:
        for name, data in entries.items():
            zip_file.writestr(name, data)
    return content.getvalue()


def office(part: str, more: dict[str, bytes] | None = None, method: int = ZIP_STORED) -> bytes:
    """Returns an Office Open XML document with this main part."""
    return archive({"[Content_Types].xml": b"<Types/>", part: b"<x/>"} | (more or {}), method)


DOCX = office("word/document.xml")
XLSX = office("xl/workbook.xml")

GOOD: dict[FileType, bytes] = {
    "pdf": PDF,
    "jpeg": JPEG,
    "png": PNG,
    "webp": b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(30),
    "heic": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(30),
    "docx": DOCX,
    "xlsx": XLSX,
    "txt": "3 月 2 日，柜台让我等了三个小时。\r\n".encode("gb18030"),
    "mp3": b"ID3\x03\x00\x00\x00\x00\x00\x0a" + bytes(60),
    "m4a": b"\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00M4A mp42" + bytes(30),
    "mp4": b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(30),
}

WRONG: dict[str, bytes] = {
    "html": b"<!DOCTYPE html><html><script>alert(1)</script></html>",
    "html after a mark": b"\xef\xbb\xbf  <html><body onload=alert(1)>",
    "html in gb18030": "<html><p>你好".encode("gb18030"),
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "svg with a declaration": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    "a program of Windows": b"MZ\x90\x00\x03" + bytes(100),
    "a program of Linux": b"\x7fELF\x02\x01\x01" + bytes(60),
    "a shell script": b"#!/bin/sh\nrm -rf ~\n",
    "an archive": archive({"a.txt": b"a"}),
    "a web page's archive": archive({"index.html": b"<html>"}),
    "Office without a main part": archive({"[Content_Types].xml": b"<Types/>"}),
    "a presentation": office("ppt/presentation.xml"),
    "a broken archive": DOCX[:-30],
    "a document of old Word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "rich text": b"{\\rtf1\\ansi{\\object\\objdata 0}}",
    "nothing but zeros": bytes(200),
    "noise": bytes(range(256)) * 4,
}

UNSAFE: dict[str, bytes] = {
    "a picture that is a page": JPEG[:20] + b"<script>alert(1)</script>" + JPEG[20:],
    "a picture that is a PDF": PNG[:30] + PDF,
    "a picture with an archive behind it": JPEG + archive({"a.class": b"\xca\xfe\xba\xbe"}),
    "a PDF with an archive behind it": PDF + archive({"a.txt": b"a"}),
    "a PDF that is a page": PDF[:20] + b"<html><script>" + PDF[20:],
    "macros": office("word/document.xml", {"word/vbaProject.bin": b"\x00"}),
    "a bomb": office("word/document.xml", {"word/a": bytes(5_000_000)}, ZIP_DEFLATED),
    "more entries than a document has": office(
        "word/document.xml", {f"word/{n}": b"" for n in range(5001)}
    ),
}
