"""Takes off what pages add to a text: headers, footers, page numbers, a table of contents."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from site_src.bilingual import Bilingual
from site_src.importing import reasons
from site_src.importing.document import LeftOut, Place
from site_src.importing.number_styles import bare_heading
from site_src.policy.layout.page_furniture import is_page_number, without_furniture

_DIGITS = re.compile(r"[0-9０-９]+|[零〇一二三四五六七八九十百]+(?=\s*页)")
_BARE_NUMBER = re.compile(r"\s*(?:[0-9０-９]{1,4}|[ivxlIVXL]{1,6})\s*")
_OUTER_LINES = 3
"""Lines at the head and at the foot of a page that may be header and footer."""


@dataclass(frozen=True)
class Furnished:
    """A line of a document with its place. `top` is how far it stands below the page's top."""

    words: str
    place: Place
    top: float = 0.0


Line = TypeVar("Line", bound=Furnished)


def without_page_furniture(
    lines: Sequence[Line],
) -> tuple[tuple[Line, ...], tuple[LeftOut, ...]]:
    """The lines that are text, and what was left out: page numbers and the table of contents."""
    kept = without_furniture([_as_heading(line.words) for line in lines])
    text, left_out = [], []
    for line, words in zip(lines, kept, strict=True):
        if words.strip() or not line.words.strip():
            text.append(line)
        else:
            reason = reason_of_furniture(line.words)
            left_out.append(LeftOut(line.place, line.words.strip(), reason))
    return tuple(text), tuple(left_out)


def _as_heading(words: str) -> str:
    """The line so that its number is read, which ends a table of contents."""
    bare = bare_heading(words.strip())
    return f"## {bare[0]} {bare[1]}" if bare else words


def reason_of_furniture(words: str) -> Bilingual:
    """Why a line that is no text was left out."""
    number = is_page_number(words) or _BARE_NUMBER.fullmatch(words)
    return reasons.PAGE_NUMBER if number else reasons.CONTENTS


def running_lines(pages: Sequence[Sequence[Furnished]]) -> dict[int, Bilingual]:
    """By `id` of the line, why a line at the head or foot of its page is no text.

    A header or footer stands on several pages at the same height, alike but for its numbers. Of a
    single page, only the page number can be told from the text.
    """
    found: dict[int, Bilingual] = {}
    seen: Counter[tuple[bool, str]] = Counter()
    outer = []
    for page in pages:
        by_height = sorted(page, key=lambda line: line.top)
        ends = (by_height[:_OUTER_LINES], by_height[len(by_height) // 2 :][-_OUTER_LINES:])
        for foot, lines in enumerate(ends):
            for key in {(bool(foot), _key(line)) for line in lines}:
                seen[key] += 1
            outer.append((bool(foot), lines))
    enough = max(2, round(0.4 * len(pages)))
    for foot, lines in outer:
        edge = lines[-1:] if foot else lines[:1]
        for line in lines:
            if seen[foot, _key(line)] >= enough:
                number = is_page_number(line.words) or _BARE_NUMBER.fullmatch(line.words)
                running = reasons.FOOTER if foot else reasons.HEADER
                found[id(line)] = reasons.PAGE_NUMBER if number else running
        for line in edge:
            if id(line) not in found and (
                is_page_number(line.words) or _BARE_NUMBER.fullmatch(line.words)
            ):
                found[id(line)] = reasons.PAGE_NUMBER
    return found


def _key(line: Furnished) -> str:
    """What is alike on every page: the words but for numbers, and the height."""
    return f"{_DIGITS.sub('#', ''.join(line.words.split()))}@{round(line.top / 4)}"
