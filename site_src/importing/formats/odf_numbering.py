"""Works out the automatic numbers of an OpenDocument text (ODF 1.3 part 3, 16.30 to 16.34)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from site_src.importing.formats.archive import attribute, child, local
from site_src.importing.formats.number_formats import odf_number
from site_src.importing.formats.word_numbering import AutomaticNumber

_OUTLINE = "outline-style"
_PLACEHOLDER = re.compile(r"%([0-9]{1,2})%")
_MOST_STYLES = 20


@dataclass(frozen=True)
class OdfLevel:
    """The rules of one level of a list style; `sample` is its number format, such as “一”."""

    bullet: bool = False
    sample: str = "1"
    prefix: str = ""
    suffix: str = ""
    pattern: str = ""
    shown: int = 1
    start: int = 1


@dataclass(frozen=True)
class _Style:
    name: str
    parent: str | None
    list: str | None
    title: bool


@dataclass(frozen=True)
class OpenList:
    """A list that is being read: its style, and the counter that it shares with others."""

    style: str
    counter: str


@dataclass
class OdfNumbering:
    """Counts the items and headings of a document, in order."""

    lists: Mapping[str, Mapping[int, OdfLevel]]
    styles: Mapping[str, _Style]
    _counts: dict[str, dict[int, int]] = field(default_factory=dict, init=False)
    _counters: dict[str, str] = field(default_factory=dict, init=False)
    _of_style: dict[str, str] = field(default_factory=dict, init=False)
    _latest: OpenList | None = field(default=None, init=False)
    _many: int = field(default=0, init=False)

    def is_title(self, style: str | None) -> bool:
        """Whether a paragraph style is that of the title."""
        return any(one.title for one in self._chain(style))

    def enter(self, element: Element, outer: OpenList | None) -> OpenList:
        """The list that begins. Its numbers begin anew unless it goes on with an earlier list.

        It names that one, or goes on with the latest, if both have the same style. Lists within
        lists count with the outer one.
        """
        named = attribute(element, "style-name") or (outer.style if outer else None)
        style = named or self._style_of_items(element) or ""
        id = attribute(element, "id")
        counter = outer.counter if outer is not None else self._counter(element, style)
        if id:
            self._counters[id] = counter
        self._of_style[style] = counter
        if outer is None:
            self._latest = OpenList(style, counter)
        return OpenList(style, counter)

    def _counter(self, element: Element, style: str) -> str:
        """What a list that stands in no other counts with.

        LibreOffice may name a list that the file does not have. Then the one of the same style is
        meant; else the latest, if the list begins within a deeper level and so needs one to be in.
        """
        self._many += 1
        new = f"list {self._many}"
        latest = self._latest
        if continued := attribute(element, "continue-list"):
            deeper = child(element, "list-item", "list") is not None
            own = child(element, "list-item", "p") is not None
            if continued in self._counters:
                return self._counters[continued]
            if style in self._of_style or latest is None:
                return self._of_style.get(style, new)
            return latest.counter if deeper and not own else new
        goes_on = attribute(element, "continue-numbering") == "true"
        return latest.counter if goes_on and latest and latest.style == style else new

    def count(self, list: OpenList, depth: int, start: str | None = None) -> AutomaticNumber:
        """Counts an item of that list and depth, from 1."""
        levels = self.lists.get(list.style, {})
        counts = self._counts.setdefault(list.counter, {})
        level = levels.get(depth, OdfLevel(bullet=True))
        if start is not None and re.fullmatch(r"[0-9]{1,6}", start):
            counts[depth] = int(start)
        else:
            counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [at for at in counts if at > depth]:
            del counts[deeper]
        return AutomaticNumber(
            "" if level.bullet else _label(levels, counts, depth).strip(),
            level.bullet,
            f"{list.style}.{depth}",
        )

    def count_heading(self, element: Element, level: int) -> AutomaticNumber | None:
        """Counts a heading outside a list; None if headings have no numbers."""
        if attribute(element, "is-list-header") == "true":
            return None
        own = self._list_of(attribute(element, "style-name"))
        list = own if own else _OUTLINE
        if level not in self.lists.get(list, {}):
            return None
        number = self.count(OpenList(list, list), level, attribute(element, "start-value"))
        return number if number.label or number.bullet else None

    def _chain(self, style: str | None) -> list[_Style]:
        chain: list[_Style] = []
        while style is not None and style in self.styles and len(chain) < _MOST_STYLES:
            chain.append(self.styles[style])
            style = chain[-1].parent
        return chain

    def _list_of(self, style: str | None) -> str | None:
        return next((one.list for one in self._chain(style) if one.list is not None), None)

    def _style_of_items(self, element: Element) -> str | None:
        for paragraph in element.iter():
            if local(paragraph.tag) in ("p", "h"):
                return self._list_of(attribute(paragraph, "style-name"))
        return None


def odf_numbering(content: Element | None, styles: Element | None) -> OdfNumbering:
    """The list styles and paragraph styles of a document."""
    lists: dict[str, dict[int, OdfLevel]] = {}
    named: dict[str, _Style] = {}
    for root in (styles, content):
        for element in root.iter() if root is not None else ():
            name = local(element.tag)
            if name in ("list-style", _OUTLINE):
                key = _OUTLINE if name == _OUTLINE else attribute(element, "name") or ""
                lists[key] = _levels(element)
            elif name == "style" and attribute(element, "family") == "paragraph":
                style = _style(element)
                named[style.name] = style
    return OdfNumbering(lists, named)


def _style(element: Element) -> _Style:
    name = attribute(element, "name") or ""
    shown = attribute(element, "display-name") or name
    return _Style(
        name,
        attribute(element, "parent-style-name"),
        attribute(element, "list-style-name"),
        shown.lower() in ("title", "标题"),
    )


def _levels(style: Element) -> dict[int, OdfLevel]:
    levels = {}
    for element in style:
        depth = _count(attribute(element, "level"), 0)
        if not depth:
            continue
        sample = attribute(element, "num-format")
        levels[depth] = OdfLevel(
            bullet="bullet" in local(element.tag) or "image" in local(element.tag),
            sample="" if sample is None else sample,
            prefix=attribute(element, "num-prefix") or "",
            suffix=attribute(element, "num-suffix") or "",
            pattern=attribute(element, "num-list-format") or "",
            shown=_count(attribute(element, "display-levels"), 1),
            start=_count(attribute(element, "start-value"), 1),
        )
    return levels


def _label(levels: Mapping[int, OdfLevel], counts: Mapping[int, int], depth: int) -> str:
    level = levels[depth]

    def number(at: int) -> str:
        rules = levels.get(at, OdfLevel())
        return odf_number(counts.get(at, rules.start), rules.sample)

    if level.pattern:
        return _PLACEHOLDER.sub(lambda match: number(int(match[1])), level.pattern)
    if not level.sample:
        return level.prefix + level.suffix
    first = max(1, depth - level.shown + 1)
    parts = [
        number(at) for at in range(first, depth + 1) if at == depth or levels.get(at, level).sample
    ]
    return level.prefix + ".".join(parts) + level.suffix


def _count(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"[0-9]{1,6}", text) else default
