"""Says what a paragraph of a Word document is, by its own settings and those of its styles."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from site_src.importing.formats.archive import attribute, child, children, value_of

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录)\s*(?:[1-9]|heading|标题)", re.IGNORECASE)
_BODY_TEXT = 9
"""The outline level that says: no heading."""

_MOST_ANCESTORS = 20
"""A style that is based on more is based on itself."""


@dataclass(frozen=True)
class ParagraphStyle:
    """What is set for a paragraph.

    `names` are the ids of its style and of those that it is based on. `level` is that of a
    heading from 1, else 0. `list` is the list whose number it has; `list_level` counts from 0.
    """

    names: tuple[str, ...] = ()
    title: bool = False
    level: int = 0
    contents: bool = False
    list: str | None = None
    list_level: int | None = None


def paragraph_styles(styles: Element | None) -> dict[str, ParagraphStyle]:
    """The paragraph styles by id, each with what it inherits; "" is the default one."""
    elements = {
        attribute(element, "styleId") or "": element for element in children(styles, "style")
    }
    read = {id: _style(id, elements) for id in elements}
    for id, element in elements.items():
        if attribute(element, "type") == "paragraph" and attribute(element, "default") in (
            "1",
            "true",
        ):
            read[""] = read[id]
    return read


def style_of(paragraph: Element, styles: dict[str, ParagraphStyle]) -> ParagraphStyle:
    """What holds for a paragraph: its own settings before those of its style."""
    settings = child(paragraph, "pPr")
    base = styles.get(value_of(settings, "pStyle") or "", styles.get("", ParagraphStyle()))
    return _over(base, settings)


def _style(id: str, elements: dict[str, Element]) -> ParagraphStyle:
    chain: list[str] = []
    while id in elements and id not in chain and len(chain) < _MOST_ANCESTORS:
        chain.append(id)
        id = value_of(elements[id], "basedOn") or ""
    style = ParagraphStyle(names=tuple(chain))
    for name in reversed(chain):
        shown = (value_of(elements[name], "name") or "").strip()
        heading = _HEADING.fullmatch(shown)
        style = ParagraphStyle(
            names=style.names,
            title=style.title or shown.lower() in ("title", "标题"),
            level=int(heading[1]) if heading else style.level,
            contents=style.contents or _CONTENTS.fullmatch(shown) is not None,
            list=style.list,
            list_level=style.list_level,
        )
        style = _over(style, child(elements[name], "pPr"))
    return style


def _over(style: ParagraphStyle, settings: Element | None) -> ParagraphStyle:
    """The style with a paragraph's or a style's own settings over it."""
    outline = value_of(settings, "outlineLvl")
    level = style.level
    if outline is not None and outline.isdecimal():
        level = int(outline) + 1 if int(outline) < _BODY_TEXT else 0
    numbering = child(settings, "numPr")
    list = value_of(numbering, "numId")
    at = value_of(numbering, "ilvl")
    own = at is not None and at.isdecimal()
    return ParagraphStyle(
        names=style.names,
        title=style.title,
        level=level,
        contents=style.contents,
        list=list if list is not None else style.list,
        list_level=min(int(at), 8) if at is not None and own else style.list_level,
    )
