"""Works out the automatic numbers of a Word document, which its text does not contain.

Word keeps numbers as rules (ECMA-376 part 1, 17.9): a paragraph, or its style, names a list and a
level; the level has a format, a start and a pattern such as `第%1条`; and a number counts all
paragraphs of its level since the last one of a higher level.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from site_src.importing.formats.archive import attribute, child, children, value_of
from site_src.importing.formats.number_formats import word_number

_LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_NEVER = 0


@dataclass(frozen=True)
class ListLevel:
    """The rules of one level. `restart` is the level, from 1, after which it begins anew."""

    start: int = 1
    format: str = "decimal"
    pattern: str = ""
    restart: int | None = None
    legal: bool = False
    style: str | None = None


@dataclass(frozen=True)
class AutomaticNumber:
    """A number as the document shows it; `bullet` if it is a mark and counts nothing."""

    label: str
    bullet: bool
    series: str


@dataclass
class WordNumbering:
    """Counts the paragraphs of a document's lists, in order."""

    abstract: Mapping[str, Mapping[int, ListLevel]]
    lists: Mapping[str, tuple[str, Mapping[int, ListLevel], Mapping[int, int]]]
    _counts: dict[str, dict[int, int]] = field(default_factory=dict, init=False)
    _started: set[tuple[str, int]] = field(default_factory=set, init=False)

    def level_of_style(self, list: str, style: str) -> int | None:
        """The level that is linked to a paragraph style, or None."""
        levels = self._levels(list)
        return next((at for at, level in levels.items() if level.style == style), None)

    def count(self, list: str, at: int) -> AutomaticNumber | None:
        """Counts a paragraph of that list and level; None if the list is unknown."""
        if list not in self.lists:
            return None
        abstract, _, starts = self.lists[list]
        levels = self._levels(list)
        counts = self._counts.setdefault(abstract, {})
        if at in starts and (list, at) not in self._started:
            self._started.add((list, at))
            counts[at] = starts[at]
        elif at in counts:
            counts[at] += 1
        else:
            counts[at] = levels.get(at, ListLevel()).start
        for deeper in [level for level in counts if level > at]:
            restart = levels.get(deeper, ListLevel()).restart
            if restart != _NEVER and (restart is None or at < restart):
                del counts[deeper]
        return self._shown(list, at, counts, levels)

    def _levels(self, list: str) -> Mapping[int, ListLevel]:
        if list not in self.lists:
            return {}
        abstract, own, _ = self.lists[list]
        return {**self.abstract.get(abstract, {}), **own}

    def _shown(
        self, list: str, at: int, counts: Mapping[int, int], levels: Mapping[int, ListLevel]
    ) -> AutomaticNumber:
        level = levels.get(at, ListLevel())
        series = f"{self.lists[list][0]}.{at}"
        if level.format == "bullet":
            return AutomaticNumber("", True, series)

        def number(match: re.Match[str]) -> str:
            outer = int(match[1]) - 1
            rules = levels.get(outer, ListLevel())
            count = counts.get(outer, rules.start)
            return word_number(count, "decimal" if level.legal else rules.format)

        return AutomaticNumber(_PLACEHOLDER.sub(number, level.pattern).strip(), False, series)


def word_numbering(numbering: Element | None, styles: Element | None) -> WordNumbering:
    """The lists of `numbering.xml`; those that only name a style have the levels of its list."""
    abstract: dict[str, dict[int, ListLevel]] = {}
    linked: dict[str, str] = {}
    for element in children(numbering, "abstractNum"):
        id = attribute(element, "abstractNumId") or ""
        abstract[id] = _levels_in(element)
        if style := value_of(element, "numStyleLink"):
            linked[id] = style
    lists: dict[str, tuple[str, Mapping[int, ListLevel], Mapping[int, int]]] = {}
    for element in children(numbering, "num"):
        id = attribute(element, "numId") or ""
        target = value_of(element, "abstractNumId") or ""
        own: dict[int, ListLevel] = {}
        starts: dict[int, int] = {}
        for override in children(element, "lvlOverride"):
            at = _whole(attribute(override, "ilvl"), 0)
            own.update(_levels_in(override))
            if (start := value_of(override, "startOverride")) is not None:
                starts[at] = _whole(start, 1)
        lists[id] = (target, own, starts)
    for id, style in linked.items():
        target = next(
            (
                lists[list][0]
                for element in children(styles, "style")
                if attribute(element, "styleId") == style
                and (list := value_of(element, "pPr", "numPr", "numId")) in lists
            ),
            "",
        )
        abstract[id] = abstract.get(target, {})
    return WordNumbering(abstract, lists)


def _levels_in(parent: Element) -> dict[int, ListLevel]:
    levels = {}
    for element in children(parent, "lvl"):
        at = min(_whole(attribute(element, "ilvl"), 0), _LEVELS - 1)
        restart = value_of(element, "lvlRestart")
        legal = child(element, "isLgl")
        level = ListLevel(
            start=_whole(value_of(element, "start"), 0),
            format=_format(element),
            pattern=value_of(element, "lvlText") or "",
            restart=None if restart is None else _whole(restart, 0),
            legal=legal is not None and attribute(legal, "val") not in ("0", "false"),
            style=value_of(element, "pStyle"),
        )
        levels[at] = replace(level, pattern="") if level.format == "none" else level
    return levels


def _format(level: Element) -> str:
    """The format; newer ones stand beside an older one that every program knows."""
    known = value_of(level, "numFmt")
    if known is None:
        for alternate in children(level, "AlternateContent"):
            known = value_of(alternate, "Fallback", "numFmt") or value_of(
                alternate, "Choice", "numFmt"
            )
    return known or "decimal"


def _whole(text: str | None, default: int) -> int:
    """A whole number of at most six digits; the default where a document has another."""
    return int(text) if text and re.fullmatch(r"[0-9]{1,6}", text) else default
