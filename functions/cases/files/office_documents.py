"""Tells documents of Office apart, and finds what hides in them, by directories alone."""

import re
from io import BytesIO
from typing import Literal
from zipfile import BadZipFile, ZipFile, ZipInfo

from functions.cases.files.compound_file import read_directory
from functions.model.attachment import FileType

_MOST_ENTRIES = 5000
_ENTRY = b"PK\x01\x02"
"""How each entry of an archive's directory begins."""
_MOST_UNPACKED = 500_000_000
_MOST_RATIO = 200
"""Real documents unpack to some tens of times their size, zip bombs to a thousand or more."""

_HIDING = frozenset({"Macros", "VBA", "_VBA_PROJECT", "_VBA_PROJECT_CUR", "\x01Ole10Native"})
"""Entries of a compound file (MS-DOC, MS-XLS) that hold macros or a file of any kind."""

_MACRO_SHEET = re.compile(rb"\x85\x00.\x00.{4}[\x00-\x02]\x01", re.DOTALL)
"""A record that names a sheet of macros of Excel 4 (MS-XLS, 2.4.28), which needs no entry."""

_MACRO_FOLDERS = ("Basic/", "Scripts/")
"""Where OpenDocument keeps macros (ODF 1.3, part 2, and LibreOffice)."""


def detect_open_xml(content: bytes) -> FileType | Literal["unsafe"] | None:
    """The Office Open XML type (ECMA-376) of an archive, from its directory alone."""
    entries = _entries(content)
    if entries is None or isinstance(entries, str):
        return entries
    names = {entry.filename for entry in entries}
    if "[Content_Types].xml" not in names:
        return None
    if _is_excessive(entries, content) or any(
        name.lower().endswith("vbaproject.bin") for name in names
    ):
        return "unsafe"
    if "word/document.xml" in names:
        return "docx"
    return "xlsx" if "xl/workbook.xml" in names else None


def detect_open_document(content: bytes, named: FileType) -> FileType | Literal["unsafe"] | None:
    """The type that the archive names for itself, if it is a whole document of OpenDocument."""
    entries = _entries(content)
    if entries is None or isinstance(entries, str):
        return entries
    names = {entry.filename for entry in entries}
    if not {"mimetype", "content.xml", "META-INF/manifest.xml"} <= names:
        return None
    if _is_excessive(entries, content) or any(name.startswith(_MACRO_FOLDERS) for name in names):
        return "unsafe"
    return named


def detect_compound(content: bytes) -> FileType | Literal["unsafe"] | None:
    """`doc` or `xls` for Word or Excel before 2007; other programs use the same container."""
    directory = read_directory(content)
    if directory is None:
        return None
    if "WordDocument" in directory.in_root:
        return "unsafe" if _HIDING & directory.names else "doc"
    if "Workbook" not in directory.in_root:
        return None
    return "unsafe" if _HIDING & directory.names or _MACRO_SHEET.search(content) else "xls"


def _entries(content: bytes) -> list[ZipInfo] | Literal["unsafe"] | None:
    """The directory of an archive; None if there is none that can be read."""
    if content.count(_ENTRY) > _MOST_ENTRIES:
        return "unsafe"  # said before the directory is read: a full one takes seconds
    try:
        with ZipFile(BytesIO(content)) as archive:
            return archive.infolist()
    except (BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        return None


def _is_excessive(entries: list[ZipInfo], content: bytes) -> bool:
    """Whether a name stands there twice, or it unpacks to more than any real document."""
    unpacked = sum(entry.file_size for entry in entries)
    return (
        len(entries) > _MOST_ENTRIES
        or len({entry.filename for entry in entries}) < len(entries)
        or unpacked > min(_MOST_UNPACKED, _MOST_RATIO * len(content))
    )
