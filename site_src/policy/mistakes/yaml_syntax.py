"""Finds the line that an author mistyped where YAML names a later one, or none."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from site_src.bilingual import Bilingual

_KEY = r"[A-Za-z_][A-Za-z0-9_-]*"
_WIDE_COLON = re.compile(rf"^\s*(?:-\s+)?(?P<key>{_KEY})\s*(?P<wrong>：)")
_WIDE_KEY = re.compile(rf"(?P<key>{_KEY})\s*(?P<wrong>：)")
_WIDE_COLON_IN_BRACES = re.compile(rf"[{{,，｛]\s*(?P<key>{_KEY})\s*(?P<wrong>：)")
_NO_SPACE = re.compile(rf"^\s*(?:-\s+)?(?P<key>{_KEY})(?P<wrong>:)(?=[^\s/\\])")
_WIDE_COMMA = re.compile(rf"[{{,].*(?P<wrong>，)\s*(?P<key>{_KEY})\s*[:：]")
_WIDE_BRACKET = re.compile(r":\s*(?P<wrong>[｛［【])")
_WIDE_QUOTE = re.compile(r"[:：]\s*(?P<wrong>[“”‘’])")
_WIDE_DASH = re.compile(r"^\s*(?P<wrong>[－—–•·])\s*(?:\{|[A-Za-z_]+\s*[:：])")
_TAB = re.compile(r"^ *(?P<wrong>\t)")
_BLOCK = re.compile(r":\s*[|>][+-]?\d?\s*$")
_UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST_LINE = 1000
_NEAR = 3
"""Lines before the one that YAML names in which the mistake may be."""


@dataclass(frozen=True)
class Mistake:
    """Where a text is mistyped, what is wrong there, and what to write."""

    line: int
    column: int
    message: Bilingual
    remedy: Bilingual


def wide_colons(lines: Sequence[str]) -> Iterator[Mistake]:
    """Lines like `prefix：JDB`, which YAML may read as more words of the line above."""
    block: int | None = None
    for number, line in enumerate(lines, start=1):
        indent = len(line) - len(line.lstrip())
        if block is not None and line.strip() and indent <= block:
            block = None
        if block is None and (match := _WIDE_COLON.match(line)):
            yield _wide_colon(number, match)
        if block is None and _BLOCK.search(line):
            block = indent


def wrong_key(key: str, line: int, column: int) -> Mistake | None:
    """The mistake of a key that YAML reads, but that holds a full-width colon or a dash."""
    if match := _WIDE_KEY.match(key):
        mistake = _wide_colon(line, match)
        return replace(mistake, column=column + mistake.column - 1)
    if match := _WIDE_DASH.match(f"{key}:"):
        return replace(_wide_dash(line, match), column=column)
    return None


def likely_mistake(lines: Sequence[str], named: int) -> Mistake | None:
    """The mistake at or just above the line that YAML names, which counts from 1."""
    for number in range(min(named, len(lines)), max(0, named - _NEAR), -1):
        for mistake in _in_line(number, lines[number - 1][:_LONGEST_LINE]):
            return mistake
    return None


def unreadable_character(lines: Sequence[str]) -> Mistake | None:
    """The first character that no YAML file may contain."""
    for number, line in enumerate(lines, start=1):
        if match := _UNREADABLE.search(line):
            code = f"U+{ord(match[0]):04X}"
            message = Bilingual(
                f"the file has a control character, {code}", f"文件里有控制字符 {code}"
            )
            remedy = Bilingual(
                "Remove it; if you cannot see where it is, type the line again.",
                "请删去；如果看不见它在哪里，请把这一行重新输入一遍。",
            )
            return Mistake(number, match.start() + 1, message, remedy)
    return None


def _in_line(number: int, line: str) -> Iterator[Mistake]:
    if match := _TAB.match(line):
        message = Bilingual("the line is indented with a tab", "这一行用制表符（Tab）缩进")
        remedy = Bilingual("Indent it with spaces.", "请用空格缩进。")
        yield _mistake(number, match, message, remedy)
    if match := _WIDE_COLON.match(line) or _WIDE_COLON_IN_BRACES.search(line):
        yield _wide_colon(number, match)
    if match := _WIDE_COMMA.search(line):
        key = match["key"]
        message = Bilingual(
            f"the comma before {key} is full-width (，)", f"{key} 前面用了中文逗号（，）"
        )
        remedy = Bilingual(
            f"Write an English comma: `, {key}: …`.", f"请用英文逗号：`, {key}: …`。"
        )
        yield _mistake(number, match, message, remedy)
    if match := _WIDE_QUOTE.search(line):
        mark = match["wrong"]
        message = Bilingual(f"the quotation mark {mark} is Chinese", f"用了中文引号 {mark}")
        remedy = Bilingual('Write English quotation marks: `"…"`.', '请用英文引号：`"…"`。')
        yield _mistake(number, match, message, remedy)
    if match := _WIDE_BRACKET.search(line):
        bracket = match["wrong"]
        message = Bilingual(f"the bracket {bracket} is full-width", f"用了中文括号 {bracket}")
        remedy = Bilingual("Write an English bracket: `{` or `[`.", "请用英文括号：`{` 或 `[`。")
        yield _mistake(number, match, message, remedy)
    if match := _WIDE_DASH.match(line):
        yield _wide_dash(number, match)
    if match := _NO_SPACE.match(line):
        key = match["key"]
        message = Bilingual(
            f"there is no space after the colon of {key}", f"{key} 的冒号后面没有空格"
        )
        remedy = Bilingual(f"Write it so: `{key}: …`.", f"请写成：`{key}: …`。")
        yield _mistake(number, match, message, remedy)


def _wide_colon(number: int, match: re.Match[str]) -> Mistake:
    key = match["key"]
    message = Bilingual(
        f"the colon after {key} is full-width (：)", f"{key} 后面用了中文冒号（：）"
    )
    remedy = Bilingual(
        f"Write an English colon and a space: `{key}: …`.",
        f"请用英文冒号加一个空格：`{key}: …`。",
    )
    return _mistake(number, match, message, remedy)


def _wide_dash(number: int, match: re.Match[str]) -> Mistake:
    dash = match["wrong"]
    message = Bilingual(
        f"the dash {dash} at the start of the line is no hyphen", f"行首的“{dash}”不是英文连字符"
    )
    remedy = Bilingual("Write a hyphen and a space: `- `.", "请用英文连字符加一个空格：`- `。")
    return _mistake(number, match, message, remedy)


def _mistake(number: int, match: re.Match[str], message: Bilingual, remedy: Bilingual) -> Mistake:
    return Mistake(number, match.start("wrong") + 1, message, remedy)


_PARSER = {
    "mapping values are not allowed in this context": (
        "这里不能再写“键: 值”；多半是上一行缩进不对，或者文字里有英文冒号却没有加引号"
    ),
    "could not find expected ':'": "这一行缺少英文冒号",
    "did not find expected key": "这里应当是一个键；多半是缩进不一致或引号不成对",
    "did not find expected '-' indicator": "这里应当以“- ”开头；多半是缩进不一致",
    "did not find expected ',' or '}'": "花括号里缺少逗号，或者没有右花括号",
    "did not find expected ',' or ']'": "方括号里缺少逗号，或者没有右方括号",
    "did not find expected node content": "这里缺少内容",
    "did not find expected <document start>": "文件的内容在前面已经结束",
    "found unexpected end of stream": "引号没有成对",
    "found unexpected document indicator": "引号没有成对",
    "found character that cannot start any token": "这一行以不能使用的字符开头，如 @、` 或 %",
    "found unknown escape character": "双引号里的反斜杠后面是不能使用的字符",
    "found undefined alias": "引用了没有定义的名称（*）",
    "found undefined tag handle": "用了没有定义的标签（!）",
    "block sequence entries are not allowed in this context": "这里不能以“- ”开头",
}
"""The Chinese of what the parser says most often."""


def parser_problem(english: str) -> Bilingual:
    """What the parser says in its own words, and in Chinese as far as it is known."""
    return Bilingual(english, _PARSER.get(english, f"解析程序报告“{english}”"))
