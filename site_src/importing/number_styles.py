"""Rewrites numbers of a document that clauses of a procedure do not begin with."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

_NUMERALS = "[零〇一二三四五六七八九十百]{1,4}"
_INNER = rf"({_NUMERALS}|\d{{1,2}}|[a-z]|[ivx]{{1,4}})"
_SPACED = re.compile(rf"^([（(])(?:\s+{_INNER}\s*|{_INNER}\s+)([）)])")
_TRADITIONAL = re.compile(rf"^(第\s*(?:{_NUMERALS}|\d{{1,3}})\s*)(條|節|編)")
_SIMPLIFIED = {"條": "条", "節": "节", "編": "编"}
_PART = re.compile(rf"^({_NUMERALS})\s*[.．]\s*(?=\D)")
_ENCLOSED = re.compile(r"^[⑴-⒇]\s*")
_STOPPED = re.compile(r"^[⒈-⒛]\s*")
_CAPITALS = re.compile(
    r"^(ARTICLE|SECTION|CLAUSE|STAGE|STEP|RULE|SCHEDULE|ANNEX|APPENDIX|CHAPTER|PART)\s+"
    r"(\d+(?:\.\d+)*|[A-Z](?!\w)|[IVX]+(?!\w))"
)
_MARKED = re.compile(r"^(?:Clause\s+|Sec\.\s*|§\s*)(\d+(?:\.\d+)+)[.:]?\s+")
_BARE = re.compile(r"^(\d{1,3})(?:\s+|$)(?!\d)")
_UNIT = "(?!小时|工作|[天个年月日时万元米倍级分周%％次名人号份项种条])"
_BARE_HEADING = re.compile(
    rf"^(?P<number>\d{{1,2}})(?:\s+(?=[^\d\s])|(?=[\u4e00-\u9fff]){_UNIT})(?P<title>.+)$"
)
_WIDE_ENDS = "、）．"
"""Marks that leave room after them."""

_TERMINAL = re.compile(r"[。；;！!？?，,：:]\s*$|[^.]\.\s*$")
_LONGEST_TITLE = 60
"""Characters; a longer line that begins with a number is a clause, not its heading."""


@dataclass(frozen=True)
class WrittenNumber:
    """A line with a number that is read. `old` and `new` differ if the number was rewritten."""

    words: str
    old: str = ""
    new: str = ""


def readable_number(words: str, automatic: str = "") -> WrittenNumber:
    """The line, beginning with its automatic number, in a style that clauses are read in.

    一. becomes 一、, （ 一 ） loses its spaces, ⑴ becomes （1）, ARTICLE 5 becomes Article 5, and a
    plain automatic 1 becomes 1. unless its heading is one that is read.
    """
    space = "" if automatic[-1:] in _WIDE_ENDS else " "
    line = f"{automatic}{space}{words}" if automatic else words
    styles: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
        (_TRADITIONAL, lambda m: f"{m[1]}{_SIMPLIFIED[m[2]]}"),
        (_SPACED, lambda m: f"{m[1]}{m[2] or m[3]}{m[4]}"),
        (_PART, lambda m: f"{m[1]}、"),
        (_ENCLOSED, lambda m: f"（{unicodedata.normalize('NFKC', m[0].strip())[1:-1]}）"),
        (_STOPPED, lambda m: f"{unicodedata.normalize('NFKC', m[0].strip())} "),
        (_CAPITALS, lambda m: f"{m[1].title()} {m[2]}"),
        (_MARKED, lambda m: f"{m[1]} "),
    )
    for pattern, write in styles:
        if match := pattern.match(line):
            old, new = match[0].strip(), write(match)
            rest = line[match.end() :]
            return WrittenNumber(new + rest, old, new.strip())
    return WrittenNumber(line)


def with_stop(words: str) -> WrittenNumber | None:
    """A paragraph that begins with a plain automatic number, with a stop after it; else None."""
    bare = _BARE.match(words)
    if bare is None:
        return None
    return WrittenNumber(f"{bare[1]}. {words[bare.end() :]}", bare[1], f"{bare[1]}.")


def looks_like_title(words: str) -> bool:
    """Whether words may be a heading: short, on one line, without a stop at their end."""
    wide = sum(not character.isascii() for character in words)
    return bool(words) and len(words) + wide <= _LONGEST_TITLE and not _TERMINAL.search(words)


def bare_heading(words: str) -> tuple[int, str] | None:
    """The number and the title of a line such as “3 受理”, which is read as a heading only."""
    heading = _BARE_HEADING.match(words)
    if heading is None or not looks_like_title(heading["title"]):
        return None
    return int(heading["number"]), heading["title"]
