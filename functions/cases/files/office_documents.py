"""Tells documents of Word and Excel apart, and finds what hides in them, by directories alone."""

from io import BytesIO
from typing import Literal
from zipfile import BadZipFile, ZipFile

from functions.cases.files.compound_file import read_directory
from functions.model.attachment import FileType

_MOST_ENTRIES = 5000
_ENTRY = b"PK\x01\x02"
"""How each entry of an archive's directory begins."""
_MOST_UNPACKED = 500_000_000
_MOST_RATIO = 200
"""Real documents unpack to some tens of times their size, zip bombs to a thousand or more."""

_HIDING = frozenset({"Macros", "VBA", "_VBA_PROJECT", "_VBA_PROJECT_CUR", "\x01Ole10Native"})
"""Entries of a Word document (MS-DOC) that hold macros or a file of any kind."""


def detect_open_xml(content: bytes) -> FileType | Literal["unsafe"] | None:
    """The Office Open XML type (ECMA-376) of an archive, from its directory alone."""
    if content.count(_ENTRY) > _MOST_ENTRIES:
        return "unsafe"  # said before the directory is read: a full one takes seconds
    try:
        with ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
    except (BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        return None
    names = {entry.filename for entry in entries}
    if "[Content_Types].xml" not in names:
        return None
    unpacked = sum(entry.file_size for entry in entries)
    if (
        len(entries) > _MOST_ENTRIES
        or len(names) < len(entries)
        or unpacked > min(_MOST_UNPACKED, _MOST_RATIO * len(content))
        or any(name.lower().endswith("vbaproject.bin") for name in names)
    ):
        return "unsafe"
    if "word/document.xml" in names:
        return "docx"
    return "xlsx" if "xl/workbook.xml" in names else None


def detect_word(content: bytes) -> FileType | Literal["unsafe"] | None:
    """`doc` for a document of Word before 2007; other programs use the same container."""
    directory = read_directory(content)
    if directory is None or "WordDocument" not in directory.in_root:
        return None
    return "unsafe" if _HIDING & directory.names else "doc"
