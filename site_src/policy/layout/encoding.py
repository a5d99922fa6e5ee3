"""Reads a text file as UTF-8, and says of another which encoding it probably has."""

import codecs
from pathlib import Path

from site_src.policy.finding import Finding

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_REMEDY = (
    "Save the file as UTF-8: in Notepad with File, Save as, Encoding: UTF-8; in WPS or Word as "
    "plain text with the encoding Unicode (UTF-8)."
)


def read_utf_8(file: Path) -> str | Finding:
    """The text without a byte order mark, or the finding that it is not UTF-8."""
    content = file.read_bytes()
    if content.startswith(_UTF_16) or content[:200].count(0) > len(content[:200]) // 4:
        return _finding(file, 1, 1, f"{file.name} is saved as UTF-16 (Notepad calls it Unicode)")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        return _finding(file, line, column, f"{file.name} is not UTF-8{_guess(content)}")


def _guess(content: bytes) -> str:
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    chinese = sum("\u4e00" <= character <= "\u9fff" for character in text)
    foreign = sum(not character.isascii() for character in text)
    return "; it is probably GBK (Notepad calls it ANSI)" if 2 * chinese > foreign else ""


def _finding(file: Path, line: int, column: int, message: str) -> Finding:
    return Finding(
        code="file-encoding",
        file=file,
        line=line,
        column=column,
        message=message,
        remedy=_REMEDY,
    )
