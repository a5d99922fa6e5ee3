"""Tells which encoding a text file has: UTF-8, UTF-16, GB 18030, Big5 or Windows-1252."""

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass

from site_src.bilingual import Bilingual
from site_src.importing.errors import EncodingUnclear, KindNotRead

_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_ENOUGH = 0.9
_APART = 0.1
"""The share of usual characters that the best encoding needs, and its lead over the next."""

_ISOLATED = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")
_PUNCTUATION = "，。、；：？！“”‘’（）《》〈〉【】〔〕—…·～％℃×　"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class DecodedText:
    """A text, and the encoding that it was read in by the name that offices know."""

    words: str
    encoding: str


def decode(content: bytes) -> DecodedText:
    """The text of a file. Raises EncodingUnclear, and KindNotRead if it is no text.

    A byte order mark decides; else UTF-8, which other encodings are hardly ever valid in; else the
    encoding in which nearly all characters are usual ones of Chinese.
    """
    for mark, codec, name in _MARKS:
        if content.startswith(mark):
            try:
                return DecodedText(content[len(mark) :].decode(codec), name)
            except UnicodeDecodeError as error:
                raise _unclear() from error
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = "\0"
    if not _CONTROL.search(text):
        return DecodedText(text, "UTF-8")
    scored = sorted(_candidates(content), key=lambda candidate: candidate[0], reverse=True)
    if not scored and b"\0" in content:
        raise KindNotRead(
            Bilingual(
                "this is no document that can be read. Save the procedure as a Word document "
                "(.docx), and import that file.",
                "这个文件不是可以读入的文档。请把办法存为 Word 文档（.docx）再导入。",
            )
        )
    lead = scored[0][0] - scored[1][0] if len(scored) > 1 else 1.0
    if not scored or scored[0][0] < _ENOUGH or lead < _APART:
        raise _unclear()
    return scored[0][1]


def _candidates(content: bytes) -> list[tuple[float, DecodedText]]:
    tried: tuple[tuple[str, str, Callable[[str], float]], ...] = (
        ("utf-16-le", "UTF-16", _usual_simplified),
        ("utf-16-be", "UTF-16", _usual_simplified),
        ("gb18030", "GB 18030 (GBK)", _usual_simplified),
        ("big5", "Big5", _usual_traditional),
    )
    found = []
    for codec, name, usual in tried:
        if codec.startswith("utf-16") and len(content) % 2:
            continue
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            found.append((usual(text), DecodedText(text, name)))
    western = len(_ISOLATED.findall(content))
    if western and western == sum(byte > 0x7F for byte in content):
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError:
            return found
        if not _CONTROL.search(text):
            return [(1.0, DecodedText(text, "Windows-1252"))]
    return found


def _usual_simplified(text: str) -> float:
    """The share of characters that GB 2312 orders by sound, of ASCII and of punctuation."""
    return _share(text, "gb2312", range(0xB0, 0xD8))


def _usual_traditional(text: str) -> float:
    """The share of characters of Big5's first plane, of ASCII and of punctuation."""
    return _share(text, "big5", range(0xA4, 0xC7))


def _share(text: str, codec: str, first_bytes: range) -> float:
    foreign = [character for character in text if not character.isascii()]
    if not foreign:
        return 1.0
    usual = sum(_is_usual(character, codec, first_bytes) for character in foreign)
    return usual / len(foreign)


def _is_usual(character: str, codec: str, first_bytes: range) -> bool:
    if character in _PUNCTUATION or "\uff01" <= character <= "\uff5e" or "①" <= character <= "⑳":
        return True
    return character.encode(codec, "ignore")[:1] in {bytes([first]) for first in first_bytes}


def _unclear() -> EncodingUnclear:
    return EncodingUnclear(
        Bilingual(
            "the encoding of the text is unclear. Open it in Notepad, choose File, Save as, "
            "Encoding: UTF-8, and import that file.",
            "无法确定文本的编码。请用记事本打开，选“文件—另存为”，编码选 UTF-8，再导入新文件。",
        )
    )
