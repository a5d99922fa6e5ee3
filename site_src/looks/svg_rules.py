"""Checks that an SVG logo runs nothing and loads nothing: a page shows it to every visitor."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

_SVG = "{http://www.w3.org/2000/svg}"
_LINK = ("href", "{http://www.w3.org/1999/xlink}href")
# fmt: off
_SHAPES = frozenset({
    "svg", "g", "defs", "symbol", "use", "title", "desc", "metadata", "style", "path", "rect",
    "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "textPath", "image",
    "clipPath", "mask", "pattern", "marker", "linearGradient", "radialGradient", "stop",
    "filter", "feBlend", "feColorMatrix", "feComponentTransfer", "feComposite", "feFlood",
    "feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur", "feMerge", "feMergeNode",
    "feMorphology", "feOffset", "feDropShadow", "switch", "view",
})
# fmt: on

_EDITORS = re.compile(
    r"\{[^}]*(inkscape|sodipodi|rdf|purl|creativecommons|adobe|sketch|figma)[^}]*\}"
)
"""Namespaces in which drawing programs leave notes that no browser reads."""

_EMBEDDED = re.compile(r"data:image/(png|jpeg|webp|gif);base64,[A-Za-z0-9+/=\s]*")
_LOADING = re.compile(
    r"url\(\s*['\"]?\s*(?!#)|@import|image\(|image-set\(|src\(|\\|expression\(", re.I
)
_DEEPEST = 50


def svg_problem(content: bytes) -> str | None:
    """What is wrong with the content as a logo, or None."""
    if b"<?xml-stylesheet" in content:
        return "loads a style sheet"
    try:
        root = fromstring(content)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return "is not SVG"
    if root.tag != f"{_SVG}svg":
        return "is not SVG"
    return next(_problems(root, 0), None)


def _problems(element: Element, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        yield "is nested too deeply"
        return
    tag = str(element.tag)
    name = tag.removeprefix(_SVG)
    if name not in _SHAPES and not _EDITORS.match(tag):
        yield f"contains <{name.rpartition('}')[2]}>, which may act or load something"
        return
    if name == "style" and _LOADING.search(element.text or ""):
        yield "loads something by its style"
    for attribute, value in element.attrib.items():
        if attribute.lower().startswith("on"):
            yield f"runs a script ({attribute})"
        elif attribute in _LINK and not value.strip().startswith("#"):
            if not (name == "image" and _EMBEDDED.fullmatch(value.strip())):
                yield f"loads {value.strip()[:60]!a}"
        elif not attribute.startswith("{") and _LOADING.search(value):
            yield f"loads something ({attribute})"
    for child in element:
        yield from _problems(child, depth + 1)
