"""Finds the line that an author mistyped where YAML names a later one, or none."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

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
    message: str
    remedy: str


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
            message = f"the file has a control character, U+{ord(match[0]):04X}"
            remedy = "Remove it; if you cannot see where it is, type the line again."
            return Mistake(number, match.start() + 1, message, remedy)
    return None


def _in_line(number: int, line: str) -> Iterator[Mistake]:
    if match := _TAB.match(line):
        message = "the line is indented with a tab"
        yield _mistake(number, match, message, "Indent it with spaces.")
    if match := _WIDE_COLON.match(line) or _WIDE_COLON_IN_BRACES.search(line):
        yield _wide_colon(number, match)
    if match := _WIDE_COMMA.search(line):
        message = f"the comma before {match['key']} is full-width (，)"
        yield _mistake(number, match, message, f"Write an English comma: , {match['key']}: …")
    if match := _WIDE_QUOTE.search(line):
        message = f"the quotation mark {match['wrong']} is Chinese"
        yield _mistake(number, match, message, 'Write English quotation marks: "…"')
    if match := _WIDE_BRACKET.search(line):
        message = f"the bracket {match['wrong']} is full-width"
        yield _mistake(number, match, message, "Write an English bracket: { or [")
    if match := _WIDE_DASH.match(line):
        yield _wide_dash(number, match)
    if match := _NO_SPACE.match(line):
        message = f"there is no space after the colon of {match['key']}"
        yield _mistake(number, match, message, f"Write it so: {match['key']}: …")


def _wide_colon(number: int, match: re.Match[str]) -> Mistake:
    message = f"the colon after {match['key']} is full-width (：)"
    remedy = f"Write an English colon and a space: {match['key']}: …"
    return _mistake(number, match, message, remedy)


def _wide_dash(number: int, match: re.Match[str]) -> Mistake:
    message = f"the dash {match['wrong']} at the start of the line is no hyphen"
    return _mistake(number, match, message, "Write a hyphen and a space: - ")


def _mistake(number: int, match: re.Match[str], message: str, remedy: str) -> Mistake:
    return Mistake(number, match.start("wrong") + 1, message, remedy)
