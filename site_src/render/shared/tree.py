"""Reads a marked page as a tree of pieces, values and groups, in all languages at once."""

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from site_src.render.shared.marked import BEGIN, CLOSE, END, OPEN, PHRASE, TEXT

_MARK = re.compile(f"([{OPEN}{CLOSE}])")

Said = tuple[str, ...]
"""A value in each language."""


class PageGroup(NamedTuple):
    """What a macro or a turn of a loop renders, or a whole template.

    A number is a piece in the release's file, a `Said` what an organisation says here.
    """

    items: "tuple[Item, ...]"


Item = int | Said | PageGroup

_Read = int | str | list["_Read"]
"""The same in one language: a piece, a value or a group."""

Numbered = Mapping[str, tuple[int, str]]
"""The number and the words of each piece in a language, by its name."""


class PageReader:
    """Reads the pages of a language."""

    def __init__(self, pieces: Numbered) -> None:
        self._pieces = {f"{name}{TEXT}{text}": number for name, (number, text) in pieces.items()}
        self._phrases = {
            text: number for name, (number, text) in pieces.items() if name.startswith(PHRASE)
        }
        self._words = dict(pieces.values())

    def read(self, page: str) -> list[_Read]:
        """The items of a page."""
        items: list[_Read] = []
        levels = [items]
        value, *marked = page.split(BEGIN)
        if value:
            self._add_values(levels, value)
        for each in marked:
            piece, _, rest = each.partition(END)
            number = self._pieces.get(piece)
            if number is None:
                self._add_values(levels, piece.partition(TEXT)[2])
            else:
                levels[-1].append(number)
            if rest:
                self._add_values(levels, rest)
        return items

    def _add_values(self, levels: list[list[_Read]], text: str) -> None:
        """Adds what stands between two pieces, with the marks of groups."""
        if OPEN not in text and CLOSE not in text:
            self._add(levels[-1], text)
            return
        for part in _MARK.split(text):
            if part == OPEN:
                levels.append([])
            elif part == CLOSE:
                group = levels.pop()
                if any(type(item) is not str for item in group):
                    levels[-1].append(group)
                elif group:
                    self._add(levels[-1], "".join(map(self.text, group)))
            elif part:
                self._add(levels[-1], part)

    def _add(self, items: list[_Read], text: str) -> None:
        """Adds a value, or the piece that says the same; what two values say is one value."""
        if items and type(last := items[-1]) is str:
            text = last + text
            items.pop()
        items.append(self._phrases.get(text, text))

    def text(self, item: _Read) -> str:
        """What stands on the page for an item."""
        if isinstance(item, int):
            return self._words[item]
        return item if isinstance(item, str) else self.joined(item)

    def joined(self, items: Iterable[_Read]) -> str:
        """What stands on the page for the items."""
        return "".join(map(self.text, items))


def page_tree(pages: tuple[str, ...], readers: tuple[PageReader, ...]) -> PageGroup:
    """The tree of one page, rendered in each language.

    A page that only the first language has is a tree with values in that language alone.
    """
    groups = [reader.read(page) for reader, page in zip(readers, pages, strict=True)]
    return _merged(groups, readers)


def _merged(groups: Sequence[list[_Read]], readers: tuple[PageReader, ...]) -> PageGroup:
    """One tree of the trees in each language; where they differ, the text itself is a value."""
    first, *others = (
        [item if type(item) is int else type(item) for item in group] for group in groups
    )
    if all(keys == first for keys in others):
        rows = zip(*groups, strict=True)
        return PageGroup(
            tuple(row[0] if type(row[0]) is int else _same(row, readers) for row in rows)
        )
    items: list[Item] = []
    places = [0] * len(groups)
    ends = tuple(len(group) for group in groups)
    for anchor in [*_anchors(first, others), ends]:
        apart = tuple(
            reader.joined(group[place:at])
            for group, reader, place, at in zip(groups, readers, places, anchor, strict=True)
        )
        if any(apart):
            items.append(apart)
        if anchor != ends:
            matched = tuple(group[at] for group, at in zip(groups, anchor, strict=True))
            items.append(_same(matched, readers))
        places = [at + 1 for at in anchor]
    return PageGroup(tuple(items))


def _same(matched: tuple[_Read, ...], readers: tuple[PageReader, ...]) -> Item:
    """The item that has the same key in every language."""
    if isinstance(first := matched[0], int):
        return first
    if isinstance(first, str):
        return tuple(item for item in matched if isinstance(item, str))
    return _merged([item for item in matched if isinstance(item, list)], readers)


def _anchors(first: Sequence[object], others: Sequence[Sequence[object]]) -> list[tuple[int, ...]]:
    """The places of the items that stand in the same order in every language."""
    found: dict[int, tuple[int, ...]] = {at: (at,) for at in range(len(first))}
    for other in others:
        matcher = SequenceMatcher(None, first, other, autojunk=False)
        pairs = {
            block.a + step: block.b + step
            for block in matcher.get_matching_blocks()
            for step in range(block.size)
        }
        found = {at: (*places, pairs[at]) for at, places in found.items() if at in pairs}
    return list(found.values())
