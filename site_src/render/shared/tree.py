"""Reads a marked page as a tree of pieces, values and groups, in all languages at once."""

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple, cast

from site_src.render.shared.marked import BEGIN, CLOSE, END, OPEN, PHRASE, TEXT

_MARK = re.compile(f"([{OPEN}{CLOSE}])")

VALUE, GROUP = -1, -2
"""What stands in a skeleton for a value and for a group; a piece is a number from 0."""

_ANCHORS = 1_000
"""Pairs of skeletons whose anchors are kept: most mails have one pair for all organisations."""

Said = tuple[str, ...]
"""A value in each language."""


class PageGroup(NamedTuple):
    """What a macro or a turn of a loop renders, or a whole template.

    The skeleton has the number of each piece in the release's file, and VALUE or GROUP where an
    item of `filling` stands.
    """

    skeleton: tuple[int, ...]
    filling: "tuple[Said | PageGroup, ...]"


class _Read(NamedTuple):
    """The same in one language."""

    skeleton: list[int]
    filling: "list[str | _Read]"

    @property
    def items(self) -> "list[_Item]":
        """Pieces, values and groups in their order."""
        filling = iter(self.filling)
        return [next(filling) if number < 0 else number for number in self.skeleton]


_Item = int | str | _Read


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

    def read(self, page: str) -> _Read:
        """The items of a page."""
        levels = [whole := _Read([], [])]
        value, *marked = page.split(BEGIN)
        self._add_values(levels, value)
        group = levels[-1]
        for each in marked:
            piece, _, value = each.partition(END)
            number = self._pieces.get(piece)
            if number is None:
                self._add(group, piece.partition(TEXT)[2])
            else:
                group.skeleton.append(number)
            if OPEN in value or CLOSE in value:
                self._add_values(levels, value)
                group = levels[-1]
            elif value:
                self._add(group, value)
        return whole

    def _add_values(self, levels: list[_Read], text: str) -> None:
        """Adds what stands between two pieces, and begins and ends groups by their marks."""
        for part in _MARK.split(text):
            if part == OPEN:
                levels.append(_Read([], []))
            elif part == CLOSE:
                group = levels.pop()
                self._add_group(levels[-1], group)
            elif part:
                self._add(levels[-1], part)

    def _add_group(self, group: _Read, inner: _Read) -> None:
        """Adds a group to the one around it; one of no pieces is no more than its value."""
        if inner.skeleton == [VALUE]:
            self._add(group, str(inner.filling[0]))
        elif inner.skeleton:
            group.skeleton.append(GROUP)
            group.filling.append(inner)

    def _add(self, group: _Read, text: str) -> None:
        """Adds a value, or the piece that says the same; what two values say is one value."""
        skeleton, filling = group
        if skeleton and skeleton[-1] == VALUE:
            skeleton.pop()
            text = f"{filling.pop()}{text}"
        number = self._phrases.get(text, VALUE)
        skeleton.append(number)
        if number == VALUE:
            filling.append(text)

    def joined(self, items: Iterable[_Item]) -> str:
        """What stands on the page for the items."""
        return "".join(map(self._text, items))

    def _text(self, item: _Item) -> str:
        if isinstance(item, int):
            return self._words[item]
        return item if isinstance(item, str) else self.joined(item.items)


def page_tree(pages: tuple[str, ...], readers: tuple[PageReader, ...]) -> PageGroup:
    """The tree of one page, rendered in each language.

    A page that only the first language has is a tree with values in that language alone.
    """
    groups = [reader.read(page) for reader, page in zip(readers, pages, strict=True)]
    return _merged(groups, readers)


def _merged(groups: Sequence[_Read], readers: tuple[PageReader, ...]) -> PageGroup:
    """One tree of the trees in each language; where they differ, the text itself is a value."""
    first, *others = (tuple(group.skeleton) for group in groups)
    if all(skeleton == first for skeleton in others):
        rows = zip(*[group.filling for group in groups], strict=True)
        return PageGroup(first, tuple([_filling(row, readers) for row in rows]))
    items = [group.items for group in groups]
    skeleton: list[int] = []
    filling: list[Said | PageGroup] = []
    places = [0] * len(groups)
    ends = tuple(map(len, items))
    for anchor in (*_anchors(first, tuple(others)), ends):
        apart = tuple(
            reader.joined(own[place:at])
            for own, reader, place, at in zip(items, readers, places, anchor, strict=True)
        )
        if any(apart):
            skeleton.append(VALUE)
            filling.append(apart)
        if anchor != ends:
            number = first[anchor[0]]
            skeleton.append(number)
            if number < 0:
                row = (own[at] for own, at in zip(items, anchor, strict=True))
                filling.append(_filling(tuple(row), readers))
        places = [at + 1 for at in anchor]
    return PageGroup(tuple(skeleton), tuple(filling))


def _filling(row: tuple[_Item, ...], readers: tuple[PageReader, ...]) -> Said | PageGroup:
    """The value or group that stands in each language at the same place."""
    if isinstance(row[0], str):
        return cast(Said, row)
    return _merged(cast(tuple[_Read, ...], row), readers)


@lru_cache(_ANCHORS)
def _anchors(
    first: tuple[int, ...], others: tuple[tuple[int, ...], ...]
) -> tuple[tuple[int, ...], ...]:
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
    return tuple(found.values())
