"""Reads the clause number at the start of a line, in the styles of Chinese and English texts.

- `2.1 …`, `1、…`, `1. …`, `## 2 申诉`: decimal numbers;
- `第七条 …`: articles; `第一章` heads a chapter and does not qualify its articles, unless they are
  counted anew in each chapter: then the second 第一条 of a text is `第二章第一条`;
- `四、…`: parts, which qualify the decimal numbers inside them (`四、1.1`);
- `（一）`: items, qualified by what they stand in (`第七条（一）`);
- `（1）`, `(a)`, `(i)`, `1)`, `①`: small items, as `2.1(a)`. They are clauses of their own only
  where a fact cites one of them; else they are words of the clause that they stand in;
- `Article 5`, `Section 3`, `Stage 1`, `Schedule A`: English headings, which qualify the items in
  them (`Article 5(1)`) and single numbers (`Stage 1, 2`); `Chapter 1` and `Part 2` do not.

Bold type, Word's indents, full-width digits and spaces inside 第 一 条 are read as if they were not
there.
"""

import re
import unicodedata
from collections.abc import Container, Iterable
from copy import copy
from dataclasses import dataclass, field

_NUMERALS = "[零〇一二三四五六七八九十百]+"
_HEADING = re.compile(r"^(#{1,6})\s+")
_INDENT = re.compile(r"^[ \t]*[\u00a0\u2000-\u200a\u3000][\s\u3000]*|^\s+(?=第)")
_BOLD = re.compile(r"^(\*\*|__)(?P<bold>.+?)\1")
_CHAPTER = re.compile(rf"^(第\s*(?:{_NUMERALS}|\d+)\s*([章节编]|部分))(?=\s|$)\s*")
_ARTICLE = re.compile(rf"^(第\s*(?:{_NUMERALS}|\d+)\s*条(?:之{_NUMERALS})?)[\s、：:]*")
_FIRST = ("第一条", "第1条")
_PART = re.compile(rf"^({_NUMERALS})、\s*")
_UNIT = "(?!小时|工作|[天个年月日万元米倍级分周%％次名人号])"
_DECIMAL = re.compile(
    rf"^(\d+(?:[.．]\d+)+)(?:[.．、]?\s+|[.．、]?(?=[\u4e00-\u9fff]){_UNIT})"
    r"|^(\d+)(?:[.．、]\s*(?!\d))"
)
_HEADING_DECIMAL = re.compile(r"^(\d+(?:[.．]\d+)*)[.．、]?\s+")
_ITEMS = (
    ("chinese", re.compile(rf"^[（(]({_NUMERALS})[）)]\s*")),
    ("digit", re.compile(r"^([（(]\d{1,2}[）)])\s*")),
    ("letter", re.compile(r"^([（(][a-z][）)])\s*")),
    ("roman", re.compile(r"^([（(][ivx]{1,4}[）)])\s*")),
    ("half", re.compile(r"^(\d{1,2}[）)])\s*")),
    ("circled", re.compile(r"^([①-⑳])\s*")),
)
_ROMAN = re.compile(r"[（(](?:x{0,1}(?:ix|iv|v?i{1,3}|v)|x)[）)]")
_ENGLISH = re.compile(
    r"^(?P<noun>Article|Section|Clause|Stage|Step|Rule|Schedule|Annex|Appendix|Chapter|Part)\s+"
    r"(?P<number>\d+(?:\.\d+)*|[A-Z](?![\w'’])|[IVX]+(?!\w))"
    r"(?:\s*[:.–—-]\s*|\s*$|\s+(?=[A-Z*_]))"
)
_CHAPTERS = ("Chapter", "Part")
_RESTARTING = ("Schedule", "Annex", "Appendix")
_WIDE = str.maketrans("()", "（）")


@dataclass(frozen=True)
class ClauseNumber:
    """The number at the start of a line.

    `id` is unique in the text, `label` is the number as written, `rest` the words after it,
    `level` is the level of the heading, 0 for a paragraph, and `list` is the clause that a small
    item stands in, with its style.
    """

    id: str
    label: str
    rest: str
    level: int
    list: tuple[str, str] | None = None

    @property
    def outer(self) -> str:
        """What the id has before the number as written, such as `第十条` in `第十条（一）`."""
        return self.id.removesuffix(self.label)


@dataclass
class Numbering:
    """Reads the numbers of a text line by line; outer numbers qualify the items inside them.

    Of small items only those in `small_items` are numbers.
    """

    small_items: Container[str] = frozenset()
    _chapter: str = field(default="", init=False)
    _begun: str | None = field(default=None, init=False)
    _restarts: bool = field(default=False, init=False)
    _outer: str = field(default="", init=False)
    _noun: str = field(default="", init=False)
    _level: int = field(default=0, init=False)
    _inner: tuple[tuple[str, str], ...] = field(default=(), init=False)

    def read(self, line: str) -> ClauseNumber | None:
        """The number at the start of `line`, or None."""
        heading = _HEADING.match(line)
        body = line[heading.end() :] if heading else line
        level = len(heading[1]) if heading else 0
        if indent := _INDENT.match(body):
            body = body[indent.end() :]
        bold = _BOLD.match(body)
        if bold is None:
            return self._read(body, level)
        after = body[bold.end() :]
        number = self._read(bold["bold"].strip() + " ", level)
        if number is None:
            return None
        title = number.rest.strip()
        rest = f"{bold[1]}{title}{bold[1]}{after}" if title else after.lstrip(" \u3000、：:")
        return ClauseNumber(number.id, number.label, rest, level)

    def peek(self, line: str) -> ClauseNumber | None:
        """What `read` would return; the line is not read."""
        return copy(self).read(line)

    def _read(self, body: str, level: int) -> ClauseNumber | None:
        if chapter := _CHAPTER.match(body):
            label = _unspaced(chapter[1])
            section = chapter[2] == "节"
            id = self._chapter + label if section else label
            self._chapter = self._chapter if section else label
            self._enter("", "", level)
            return ClauseNumber(id, label, body[chapter.end() :], level)
        if article := _ARTICLE.match(body):
            label = _unspaced(article[1])
            if label in _FIRST:
                self._restarts |= self._begun not in (None, self._chapter)
                self._begun = self._chapter
            id = self._chapter + label if self._restarts else label
            self._enter(id, "条", level)
            return ClauseNumber(id, label, body[article.end() :], level)
        if part := _PART.match(body):
            self._enter(f"{part[1]}、", "、", level)
            return ClauseNumber(part[1], f"{part[1]}、", body[part.end() :], level)
        if english := _ENGLISH.match(body):
            label = f"{english['noun']} {english['number']}"
            qualifies = english["noun"] not in _CHAPTERS
            self._enter(label if qualifies else "", english["noun"] if qualifies else "", level)
            return ClauseNumber(label, label, body[english.end() :], level)
        return self._read_item(body, level) or self._read_decimal(body, level)

    def _read_item(self, body: str, level: int) -> ClauseNumber | None:
        for style, pattern in _ITEMS:
            item = pattern.match(body)
            if item is None or (style == "letter" and self._is_roman(item[1])):
                continue
            label = f"（{item[1]}）" if style == "chinese" else _matched(item[1])
            before = self._inner
            id = self._qualified(style, label)
            if style != "chinese" and id not in self.small_items:
                self._inner = before
                return None
            small = None if style == "chinese" else (self._id(self._inner[:-1]), style)
            return ClauseNumber(id, label, body[item.end() :], level, small)
        return None

    def _read_decimal(self, body: str, level: int) -> ClauseNumber | None:
        decimal = (_HEADING_DECIMAL if level else _DECIMAL).match(body)
        if decimal is None:
            return None
        label = next(group for group in decimal.groups() if group)
        number = unicodedata.normalize("NFKC", label)
        if self._noun.isascii() and self._noun:
            absolute = "." in number or (level and level <= self._level)
            if absolute and self._noun not in _RESTARTING:
                self._enter("", "", level)
        return ClauseNumber(self._qualified("decimal", number), label, body[decimal.end() :], level)

    def _enter(self, outer: str, noun: str, level: int) -> None:
        self._outer, self._noun, self._level = outer, noun, level
        self._inner = ()

    def _qualified(self, style: str, label: str) -> str:
        """The id of an item: all that it stands in, and its label."""
        styles = [inner for inner, _ in self._inner]
        kept = self._inner[: styles.index(style)] if style in styles else self._inner
        self._inner = (*kept, (style, label))
        return self._id(self._inner)

    def _id(self, inner: tuple[tuple[str, str], ...]) -> str:
        comma = inner and inner[0][0] == "decimal" and self._noun and self._noun.isascii()
        return self._outer + (", " if comma else "") + "".join(label for _, label in inner)

    def _is_roman(self, label: str) -> bool:
        """Whether (i) is a numeral: it is a letter only if (h) went before it."""
        letters = [label for style, label in self._inner if style == "letter"]
        previous = chr(ord(label[1]) - 1)
        return _ROMAN.fullmatch(label) is not None and not (letters and letters[-1][1] == previous)


class _Everything:
    """Contains every id."""

    def __contains__(self, _: object) -> bool:
        return True


def every_id(lines: Iterable[str]) -> frozenset[str]:
    """The ids of all clauses, and of all small items as if each were one."""
    plain, whole = Numbering(), Numbering(_Everything())
    return frozenset(
        number.id
        for line in lines
        for numbering in (plain, whole)
        if (number := numbering.read(line))
    )


def small_items(lines: Iterable[str], cited: Iterable[str]) -> frozenset[str]:
    """The ids of the small items that are clauses: whole lists, where a fact cites one of them."""
    numbering = Numbering(_Everything())
    read = [number for line in lines if (number := numbering.read(line))]
    lists = {number.id: number.list for number in read if number.list}
    wanted: set[tuple[str, str]] = set()
    for id in cited:
        while id in lists:
            wanted.add(lists[id])
            id = lists[id][0]
    return frozenset(id for id, list_of_id in lists.items() if list_of_id in wanted)


def _unspaced(label: str) -> str:
    return "".join(label.split())


def _matched(label: str) -> str:
    """The label with both of its brackets full-width if one is."""
    return label.translate(_WIDE) if "（" in label or "）" in label else label
