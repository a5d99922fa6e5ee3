"""Leaves out what a page adds to a text: page numbers, page breaks, a table of contents.

The lines stay, empty, so that findings name the lines of the file.
"""

import re
from collections.abc import Sequence

from site_src.policy.layout.clause_numbers import Numbering

_PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–－_·~]+\s*[0-9０-９]{1,4}\s*[-—–－_·~]+|第\s*[0-9０-９一二三四五六七八九十百]{1,4}\s*页"
    r"(?:\s*[,，/]?\s*共\s*[0-9０-９一二三四五六七八九十百]{1,4}\s*页)?"
    r"|(?:Page|PAGE|page)\s+\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|\d{1,4}\s*/\s*\d{1,4})\s*"
)
_BARE_NUMBER = re.compile(r"\s*[0-9０-９]{1,4}\s*")
_LEADER = re.compile(r"(?:\.{3,}|…+|·{3,}|．{3,}|\t|(?:\. ){3,}|_{3,}|-{4,})\s*[0-9０-９]{1,4}\s*$")
_CONTENTS = re.compile(
    r"(?:#{1,6}\s*)?(?:\*+\s*)?(?:目\s*录|目\s*次|(?:Table\s+of\s+)?Contents)\s*:?\**",
    re.IGNORECASE,
)
_LONGEST_LEADER = 40
"""Characters; more dots need not be read to know them."""

_LONGEST_CONTENTS = 200
"""Lines; a heading called Contents that no such list follows leaves nothing out."""


def is_page_number(line: str) -> bool:
    """Whether the line is a page number that says so, such as `- 3 -`."""
    return _PAGE_NUMBER.fullmatch(line) is not None


def is_contents_heading(line: str) -> bool:
    """Whether the line heads a table of contents, such as 目录."""
    return _CONTENTS.fullmatch(line.strip()) is not None


def without_furniture(lines: Sequence[str]) -> list[str]:
    """The lines, with an empty one for each that belongs to the page."""
    kept = [line.strip("\f") for line in lines]
    for number, line in enumerate(kept):
        alone = not any(
            near.strip()
            for near in kept[max(0, number - 1) : number] + kept[number + 1 : number + 2]
        )
        if is_page_number(line) or (alone and number and _BARE_NUMBER.fullmatch(line)):
            kept[number] = ""
    for number, line in enumerate(kept):
        if is_contents_heading(line):
            end = _end_of_contents(kept, number)
            kept[number:end] = [""] * (end - number)
    return kept


def _end_of_contents(lines: Sequence[str], start: int) -> int:
    """Where the text begins: at the second line with the first number of the contents."""
    numbering, first = Numbering(), None
    leaders = start
    for at in range(start + 1, min(len(lines), start + _LONGEST_CONTENTS)):
        if is_contents_heading(lines[at]):
            return leaders
        entry = lines[at].lstrip().removeprefix("- ").lstrip("[ ")
        if _LEADER.search(lines[at][-_LONGEST_LEADER:]):
            leaders = at + 1
        number = Numbering().read(lines[at]) or numbering.read(entry)
        if number is None or leaders == at + 1:
            continue
        if leaders > start:
            return leaders
        if first is None:
            first = number.id
        elif number.id == first:
            return at
    return leaders
