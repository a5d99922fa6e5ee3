"""Finds characters that nobody sees but that change what a page says or what is compared.

A byte order mark at the start of a file, page breaks, and spaces of any width are harmless and are
read as what they look like.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from site_src.bilingual import Bilingual
from site_src.policy.clauses import RawLine
from site_src.policy.drafts.marks import words_of
from site_src.policy.finding import Finding
from site_src.policy.yaml.document import YamlDocument, YamlPath, field_name

_MARK = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c"
    r"\u200e\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ue000-\ue006\ufeff\uffa0\ufff9-\uffff"
    r"\U000e0000-\U000e007f]"
    r"|(?<![\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])\u200d|\u200d(?![\u2190-\u2bff\U0001f000-\U0001faff])"
)
"""Control characters, characters without width, those that change the direction of writing, blank
letters, the character that stands for a lost one, and the marks of slots and pieces: between two of
them, a policy could make a page show a filer's access code. U+200D stays between two emoji."""

_NAMES = {
    "\ufeff": "BYTE ORDER MARK",
    **{chr(mark): "PRIVATE USE" for mark in range(0xE000, 0xE007)},
    "\t": "TAB",
    "\x0b": "VERTICAL TAB",
    "\x0c": "PAGE BREAK",
}
_LOST = "\ufffd"
_BEFORE = 8
_REMEDY = Bilingual(
    "Remove it; if you cannot see where it is, type the words around it again.",
    "请删去；如果看不见它在哪里，请把前后的字重新输入一遍。",
)
_LOST_REMEDY = Bilingual(
    "Type the character again: it was lost when the text was saved in another encoding.",
    "请重新输入这个字：文件换编码保存时，这个字丢失了。",
)


def without_marks(words: str) -> str:
    """The words without invisible characters; the sign for a lost character stays."""
    return _MARK.sub(lambda mark: mark[0] if mark[0] == _LOST else "", words)


def marks_in_facts(reading: YamlDocument) -> Iterator[Finding]:
    """A finding for each fact that contains an invisible character."""
    if not _MARK.search("\n".join(words_of(reading.data))):
        return
    for place, words in _strings(reading.data, ()):
        if mark := _MARK.search(words):
            at = reading.nearest(place)
            yield Finding(
                code="file-encoding",
                file=at.file,
                line=at.line,
                column=at.column,
                field=field_name(tuple(_visible(part) for part in place)),
                message=_message(mark),
                remedy=_remedy(mark),
            )


def marks_in_text(lines: Iterable[RawLine]) -> Iterator[Finding]:
    """A finding for each line that contains an invisible character."""
    for line in lines:
        if mark := _MARK.search(line.words):
            yield Finding(
                code="file-encoding",
                file=line.file,
                line=line.number,
                column=mark.start() + 1,
                message=_message(mark),
                remedy=_remedy(mark),
            )


def _message(mark: re.Match[str]) -> Bilingual:
    """Names the character, and the words before it, or after it at the start of a line."""
    number = f"U+{ord(mark[0]):04X}"
    name = _NAMES.get(mark[0]) or unicodedata.name(mark[0], "CONTROL CHARACTER")
    before = mark.string[max(0, mark.start() - _BEFORE) : mark.start()]
    after = mark.string[mark.end() : mark.end() + _BEFORE]
    sides = (Bilingual("after", "之后"), before), (Bilingual("before", "之前"), after)
    side, near = sides[0] if before.strip() else sides[1]
    words = _MARK.sub("", near).strip()
    place = (
        Bilingual(f", {side.en} “{words}”", f"“{words}”{side.zh}") if words else Bilingual("", "")
    )
    if mark[0] == _LOST:
        message = Bilingual(
            "there is a character that was lost, {number} ({name}){place}",
            "{place}有一个丢失的字，{number}（{name}）",
        )
    else:
        message = Bilingual(
            "there is an invisible character, {number} ({name}){place}",
            "{place}有一个看不见的字符，{number}（{name}）",
        )
    return message.filled(number=number, name=name, place=place)


def _remedy(mark: re.Match[str]) -> Bilingual:
    return _LOST_REMEDY if mark[0] == _LOST else _REMEDY


def _visible(part: str | int) -> str | int:
    return _MARK.sub("", part) if isinstance(part, str) else part


def _strings(data: Any, place: YamlPath) -> Iterator[tuple[YamlPath, str]]:
    if isinstance(data, str):
        yield place, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield (*place, str(key)), str(key)
            yield from _strings(value, (*place, str(key)))
    elif isinstance(data, list):
        for index, item in enumerate(data):
            yield from _strings(item, (*place, index))
