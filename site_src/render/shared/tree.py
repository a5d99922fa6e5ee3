"""Reads a marked page as a tree of pieces, values and groups, in all languages at once."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from site_src.render.shared.marked import BEGIN, CLOSE, END, OPEN, PHRASE, TEXT

_MARK = re.compile(
    f"{BEGIN}(?P<name>[^{TEXT}]*){TEXT}(?P<text>[^{END}]*){END}|(?P<open>{OPEN})|(?P<close>{CLOSE})"
)


@dataclass(frozen=True)
class Piece:
    """A piece of a template, by its number in the release's file."""

    number: int


@dataclass(frozen=True)
class Value:
    """What an organisation says here, in each language."""

    said: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """What a macro or a turn of a loop renders, or a whole template."""

    items: "tuple[Item, ...]"


Item = Piece | Value | Group


def page_tree(
    rendered: tuple[str, ...], pieces: tuple[Mapping[str, tuple[int, str]], ...]
) -> Group:
    """The tree of one page, rendered in each language.

    `pieces` has the number and the words of each piece by its name, by language. A page that only
    the first language has is a tree with values in that language alone.
    """
    trees = [_parsed(text, known) for text, known in zip(rendered, pieces, strict=True)]
    words = [dict(known.values()) for known in pieces]
    return _merged(trees, words)


def _parsed(text: str, pieces: Mapping[str, tuple[int, str]]) -> Group:
    """The tree of a page in one language; its values have one element."""
    phrases = {
        words: Piece(number) for name, (number, words) in pieces.items() if name.startswith(PHRASE)
    }
    levels: list[list[Item]] = [[]]
    place = 0
    for mark in _MARK.finditer(text):
        _add_value(levels[-1], text[place : mark.start()])
        place = mark.end()
        if mark["open"]:
            levels.append([])
        elif mark["close"]:
            group = levels.pop()
            if any(not isinstance(item, Value) for item in group):
                levels[-1].append(Group(tuple(group)))
            else:
                for item in group:
                    _add_value(levels[-1], _only(item))
        else:
            number, words = pieces.get(mark["name"], (-1, ""))
            if words == mark["text"]:
                levels[-1].append(Piece(number))
            else:
                _add_value(levels[-1], mark["text"])
    _add_value(levels[-1], text[place:])
    return _with_phrases(levels[0], phrases)


def _with_phrases(items: list[Item], phrases: Mapping[str, Piece]) -> Group:
    """The group, with pieces for values that say what a piece says."""
    return Group(
        tuple(
            _with_phrases(list(item.items), phrases)
            if isinstance(item, Group)
            else phrases.get(item.said[0], item)
            if isinstance(item, Value)
            else item
            for item in items
        )
    )


def _add_value(items: list[Item], text: str) -> None:
    if not text:
        return
    if items and isinstance(last := items[-1], Value):
        items[-1] = Value((last.said[0] + text,))
    else:
        items.append(Value((text,)))


def _only(item: Item) -> str:
    assert isinstance(item, Value)
    return item.said[0]


def _merged(groups: list[Group], words: list[dict[int, str]]) -> Group:
    """One tree of the trees in each language; where they differ, the text itself is a value."""
    anchors = _anchors([group.items for group in groups])
    items: list[Item] = []
    places = [0] * len(groups)
    for anchor in [*anchors, tuple(len(group.items) for group in groups)]:
        apart = tuple(
            "".join(_text(item, known) for item in group.items[place:at])
            for group, known, place, at in zip(groups, words, places, anchor, strict=True)
        )
        if any(apart):
            items.append(Value(apart))
        places = [at + 1 for at in anchor]
        if anchor[0] == len(groups[0].items):
            break
        matched = [group.items[at] for group, at in zip(groups, anchor, strict=True)]
        items.append(_same(matched, words))
    return Group(tuple(items))


def _same(matched: list[Item], words: list[dict[int, str]]) -> Item:
    if isinstance(first := matched[0], Piece):
        return first
    if isinstance(first, Value):
        return Value(tuple(_only(item) for item in matched))
    return _merged([item for item in matched if isinstance(item, Group)], words)


def _anchors(sequences: list[tuple[Item, ...]]) -> list[tuple[int, ...]]:
    """The places of the items that stand in the same order in every language."""
    first, *others = ([_key(item) for item in items] for items in sequences)
    found: dict[int, tuple[int, ...]] = {at: (at,) for at in range(len(first))}
    for other in others:
        if other == first:
            found = {at: (*places, at) for at, places in found.items()}
            continue
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


def _text(item: Item, words: dict[int, str]) -> str:
    if isinstance(item, Piece):
        return words[item.number]
    if isinstance(item, Value):
        return item.said[0]
    return "".join(_text(child, words) for child in item.items)


def groups(tree: Group) -> Iterator[Group]:
    """The group and all groups in it, innermost first."""
    for item in tree.items:
        if isinstance(item, Group):
            yield from groups(item)
    yield tree
