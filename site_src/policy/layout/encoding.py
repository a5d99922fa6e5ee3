"""Decodes a text file as UTF-8, and says of another which encoding it probably has."""

import codecs
from pathlib import Path

from site_src.bilingual import Bilingual
from site_src.policy.finding import Finding

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_REMEDY = Bilingual(
    "Save the file as UTF-8: in Notepad with File, Save as, Encoding: UTF-8; in WPS or Word as "
    "plain text with the encoding Unicode (UTF-8).",
    "请存为 UTF-8：记事本用“文件—另存为—编码：UTF-8”；WPS 或 Word 存为纯文本，"
    "编码选 Unicode (UTF-8)。",
)


def decode_utf_8(file: Path, content: bytes) -> str | Finding:
    """The text without a byte order mark, or the finding that it is not UTF-8."""
    if content.startswith(_UTF_16) or content[:200].count(0) > len(content[:200]) // 4:
        message = Bilingual(
            f"{file.name} is saved as UTF-16 (Notepad calls it Unicode)",
            f"{file.name} 存成了 UTF-16（记事本里叫 Unicode）",
        )
        return _finding(file, 1, 1, message)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        not_utf_8 = Bilingual("{name} is not UTF-8{guess}", "{name} 不是 UTF-8 编码{guess}")
        message = not_utf_8.filled(name=file.name, guess=_guess(content))
        return _finding(file, line, column, message)


def _guess(content: bytes) -> Bilingual:
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return Bilingual("", "")
    chinese = sum("\u4e00" <= character <= "\u9fff" for character in text)
    foreign = sum(not character.isascii() for character in text)
    if 2 * chinese <= foreign:
        return Bilingual("", "")
    return Bilingual(
        "; it is probably GBK (Notepad calls it ANSI)", "，很可能是 GBK（记事本里叫 ANSI）"
    )


def _finding(file: Path, line: int, column: int, message: Bilingual) -> Finding:
    return Finding(
        code="file-encoding",
        file=file,
        line=line,
        column=column,
        message=message,
        remedy=_REMEDY,
    )
