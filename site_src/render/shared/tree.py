"""Reads a marked page as a tree of pieces, values and groups, in all languages at once."""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

from site_src.render.shared.marked import BEGIN, CLOSE, END, OPEN, PHRASE, TEXT

_MARK = re.compile(
    f"{BEGIN}([^{TEXT}]*){TEXT}([^{END}]*){END}|{OPEN}|{CLOSE}",
)


class Piece(NamedTuple):
    """A piece of a template, by its number in the release's file."""

    number: int


class Value(NamedTuple):
    """What an organisation says here, in each language."""

    said: tuple[str, ...]


class PageGroup(NamedTuple):
    """What a macro or a turn of a loop renders, or a whole template."""

    items: "tuple[Item, ...]"


Item = Piece | Value | PageGroup

Numbered = Mapping[str, tuple[int, str]]
"""The number and the words of each piece in a language, by its name."""


class PageReader:
    """Reads the pages of a language."""

    def __init__(self, pieces: Numbered) -> None:
        self._pieces = {name: (Piece(number), text) for name, (number, text) in pieces.items()}
        self._phrases = {
            text: piece for name, (piece, text) in self._pieces.items() if name.startswith(PHRASE)
        }
        self._words = dict(pieces.values())

    def read(self, page: str) -> PageGroup:
        """The tree of a page; its values have one element."""
        levels: list[list[Item]] = [[]]
        place = 0
        for mark in _MARK.finditer(page):
            start = mark.start()
            if place != start:
                self._add(levels[-1], page[place:start])
            place = mark.end()
            name, text = mark.groups()
            if name is not None:
                piece, words = self._pieces.get(name, (None, ""))
                if piece is not None and words == text:
                    levels[-1].append(piece)
                else:
                    self._add(levels[-1], text)
            elif page[start] == OPEN:
                levels.append([])
            else:
                group = levels.pop()
                if any(not isinstance(item, Value) for item in group):
                    levels[-1].append(PageGroup(tuple(group)))
                elif group:
                    self._add(levels[-1], self.text(group[0]))
        if place != len(page):
            self._add(levels[-1], page[place:])
        return PageGroup(tuple(levels[0]))

    def _add(self, items: list[Item], text: str) -> None:
        """Adds a value, or the piece that says the same; what two values say is one value."""
        if items and isinstance(last := items[-1], Value):
            text = last.said[0] + text
            items.pop()
        items.append(self._phrases.get(text) or Value((text,)))

    def text(self, item: Item) -> str:
        """What stands on the page for an item."""
        if isinstance(item, Piece):
            return self._words[item.number]
        if isinstance(item, Value):
            return item.said[0]
        return "".join(map(self.text, item.items))


def page_tree(pages: tuple[str, ...], readers: tuple[PageReader, ...]) -> PageGroup:
    """The tree of one page, rendered in each language.

    A page that only the first language has is a tree with values in that language alone.
    """
    groups = [reader.read(page) for reader, page in zip(readers, pages, strict=True)]
    return _merged(groups, readers)


def _merged(groups: list[PageGroup], readers: tuple[PageReader, ...]) -> PageGroup:
    """One tree of the trees in each language; where they differ, the text itself is a value."""
    first, *others = ([_key(item) for item in group.items] for group in groups)
    if all(keys == first for keys in others):
        rows = zip(*(group.items for group in groups), strict=True)
        return PageGroup(tuple(_same(row, readers) for row in rows))
    items: list[Item] = []
    places = [0] * len(groups)
    ends = tuple(len(group.items) for group in groups)
    for anchor in [*_anchors(first, others), ends]:
        apart = tuple(
            "".join(map(reader.text, group.items[place:at]))
            for group, reader, place, at in zip(groups, readers, places, anchor, strict=True)
        )
        if any(apart):
            items.append(Value(apart))
        if anchor != ends:
            matched = tuple(group.items[at] for group, at in zip(groups, anchor, strict=True))
            items.append(_same(matched, readers))
        places = [at + 1 for at in anchor]
    return PageGroup(tuple(items))


def _same(matched: tuple[Item, ...], readers: tuple[PageReader, ...]) -> Item:
    if isinstance(first := matched[0], Piece):
        return first
    if isinstance(first, Value):
        return Value(tuple(item.said[0] for item in matched if isinstance(item, Value)))
    return _merged([item for item in matched if isinstance(item, PageGroup)], readers)


def _anchors(first: list[object], others: list[list[object]]) -> list[tuple[int, ...]]:
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


def _key(item: Item) -> object:
    return item.number if isinstance(item, Piece) else type(item)
