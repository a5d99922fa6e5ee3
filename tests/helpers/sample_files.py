"""Small files of each accepted type, and files that must be refused."""

import struct
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


def open_document(type_: str, more: dict[str, bytes] | None = None) -> bytes:
    """Returns a document of OpenDocument of this type, such as `text`."""
    entries = {
        "mimetype": f"application/vnd.oasis.opendocument.{type_}".encode(),
        "content.xml": b"<office:document-content/>",
        "META-INF/manifest.xml": b"<manifest:manifest/>",
    }
    return archive(entries | (more or {}))


def ogg(packet: bytes) -> bytes:
    """Returns the first page of an Ogg stream, with one packet."""
    return b"OggS\0\x02" + bytes(20) + b"\x01" + bytes((len(packet),)) + packet


def adts(frames: int, size: int = 100, rate: int = 4) -> bytes:
    """Returns frames of AAC-LC in ADTS, of `size` bytes each, header and all."""
    head = 0xFFF1 << 40 | 1 << 38 | rate << 34 | 2 << 30 | size << 13 | 0x7FF << 2
    return frames * (head.to_bytes(7, "big") + bytes(size - 7))


DOCX = office("word/document.xml")
XLSX = office("xl/workbook.xml")


def iso_media(
    major: str, *compatible: str, tracks: tuple[str, ...] = (), large: bool = False
) -> bytes:
    """Returns an ISO base media file of these brands; a `large` box has its size in 64 bits."""
    brands = f"{major}\0\0\0\0{''.join(compatible)}".encode()
    head = struct.pack(">I4sQ", 1, b"ftyp", len(brands) + 16) if large else b""
    head = head or struct.pack(">I4s", len(brands) + 8, b"ftyp")
    handlers = b"".join(b"hdlr" + bytes(8) + track.encode() for track in tracks)
    return head + brands + handlers + bytes(30)


def frames(tag: bytes = b"", header: bytes = b"\xff\xfb\x10\x64") -> bytes:
    """Returns a tag and two frames of an MP3, of 32 kbit/s at 44,100 Hz."""
    return tag + 2 * (header + bytes(100))


def id3(size: int) -> bytes:
    """Returns an empty tag of ID3 version 2.3, of `size` bytes after its header."""
    return b"ID3\x03\x00\x00\x00\x00" + bytes((size >> 7, size & 0x7F)) + bytes(size)


def compound(*in_root: str, inside: tuple[str, ...] = ()) -> bytes:
    """Returns a compound file (MS-CFB) with these entries, and those `inside` the last of them."""
    free, end, no_stream = 0xFFFF_FFFF, 0xFFFF_FFFE, 0xFFFF_FFFF
    names = ["Root Entry", *in_root, *inside]
    last = len(in_root)

    def entry(number: int, name: str) -> bytes:
        following = number + 1 if number not in (0, last, len(names) - 1) else no_stream
        child = {0: 1, last: last + 1 if inside else no_stream}.get(number, no_stream)
        coded = (name + "\0").encode("utf-16-le")
        return struct.pack(
            "<64sHBBIII48x",
            coded,
            len(coded),
            5 if number == 0 else 1,
            1,
            no_stream,
            following,
            child,
        )

    directory = b"".join(entry(number, name) for number, name in enumerate(names))
    sectors = -(-len(directory) // 512)
    chain = [0xFFFF_FFFD, *range(2, sectors + 1), end]
    table = struct.pack("<128I", *chain, *([free] * (128 - len(chain))))
    header = struct.pack(
        "<8s16xHHHHH6xIII4xIIIII109I",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        *(0x3E, 3, 0xFFFE, 9, 6),
        *(0, 1, 1, 4096, end, 0, end, 0),
        *(0, *([free] * 108)),
    )
    return header + table + directory.ljust(sectors * 512, b"\0")


GOOD: dict[FileType, bytes] = {
    "pdf": PDF,
    "jpeg": JPEG,
    "png": PNG,
    "webp": b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(30),
    "heic": iso_media("heic", "mif1", "heic"),
    "avif": iso_media("avif", "avif", "mif1", "miaf"),
    "docx": DOCX,
    "doc": compound("WordDocument", "1Table"),
    "xlsx": XLSX,
    "txt": "3 月 2 日，柜台让我等了三个小时。\r\n".encode("gb18030"),
    "mp3": frames(id3(200)),
    "m4a": iso_media("M4A ", "M4A ", "mp42"),
    "amr": b"#!AMR\n" + 3 * (b"\x3c" + bytes(31)),
    "aac": adts(3),
    "ogg": ogg(b"OpusHead\x01\x01" + bytes(9)),
    "wav": b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(30),
    "odt": open_document("text"),
    "ods": open_document("spreadsheet"),
    "xls": compound("Workbook"),
    "mp4": iso_media("mp42", "mp42", "isom", tracks=("vide", "soun")),
    "mov": iso_media("qt  ", "qt  "),
    "3gp": iso_media("3gp5", "isom", "3gp4"),
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
    "a presentation of OpenDocument": open_document("presentation"),
    "a template of OpenDocument": open_document("text-template"),
    "a book": archive({"mimetype": b"application/epub+zip", "META-INF/container.xml": b"<x/>"}),
    "an OpenDocument without content": archive(
        {"mimetype": b"application/vnd.oasis.opendocument.text", "a.exe": b"MZ"}
    ),
    "a workbook inside something else": compound("Contents", "MBD1", inside=("Workbook",)),
    "a film in Ogg": ogg(b"\x80theora" + bytes(35)),
    "a header of AAC alone": adts(1)[:50],
    "AAC of a rate that is none": adts(3, rate=13),
    "a presentation of old PowerPoint": compound("PowerPoint Document"),
    "an encrypted document": compound("EncryptionInfo", "EncryptedPackage"),
    "a compound file whose table is cut off": compound("WordDocument")[:600],
    "a film of Windows": b"RIFF\x24\x00\x00\x00AVI LIST" + bytes(30),
    "a cursor of Windows": b"RIFF\x24\x00\x00\x00ACON" + bytes(30),
    "a raw photo of Canon": iso_media("crx ", "crx ", "isom"),
    "a film under copy protection": iso_media("M4P ", "M4P ", "isom", "mp42"),
    "a film of an unknown brand": iso_media("qqqq", "isom"),
    "a cut box of brands": iso_media("mp42")[:14],
    "AAC behind a tag of MP3": id3(20) + 9 * (b"\xff\xf1\x50\x80" + bytes(100)),
    "a tag of MP3 without sound": id3(20) + bytes(600),
    "a tag of MP3 that is longer than its file": id3(20)[:9] + b"\x7f",
    "a shell script that begins as AMR": b"#!AMR\nrm -rf ~\n",
    "the header of AMR alone": b"#!AMR\n",
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
    "macros of old Word": compound("WordDocument", "Macros", inside=("VBA", "dir")),
    "a program inside old Word": compound(
        "WordDocument", "ObjectPool", inside=("\x01Ole10Native",)
    ),
    "macros of old Excel": compound("Workbook", "_VBA_PROJECT_CUR", inside=("VBA", "dir")),
    "a sheet of macros of Excel 4": compound("Workbook")
    + b"\x85\x00\x0e\x00"
    + bytes(5)
    + b"\x01\x06\x00Macro1",
    "macros of OpenDocument": open_document("text", {"Basic/Standard/a.xml": b"<x/>"}),
    "a recording that is a page": ogg(b"OpusHead" + bytes(11)) + b"<html><script>",
    "a film that is a page": iso_media("mp42", "isom") + b"<script>alert(1)</script>",
    "a bomb": office("word/document.xml", {"word/a": bytes(5_000_000)}, ZIP_DEFLATED),
    "more entries than a document has": office(
        "word/document.xml", {f"word/{n}": b"" for n in range(5001)}
    ),
}
