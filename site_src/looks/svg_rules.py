"""Checks that an SVG logo runs nothing and loads nothing: a page shows it to every visitor."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from site_src.bilingual import Bilingual

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
_NOT_SVG = Bilingual("is not SVG", "不是 SVG 格式")


def svg_problem(content: bytes) -> Bilingual | None:
    """What is wrong with the content as a logo, or None."""
    if b"<?xml-stylesheet" in content:
        return Bilingual("loads a style sheet", "要加载样式表")
    try:
        root = fromstring(content)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return _NOT_SVG
    if root.tag != f"{_SVG}svg":
        return _NOT_SVG
    return next(_problems(root, 0), None)


def _problems(element: Element, depth: int) -> Iterator[Bilingual]:
    if depth > _DEEPEST:
        yield Bilingual("is nested too deeply", "嵌套太深")
        return
    tag = str(element.tag)
    name = tag.removeprefix(_SVG)
    if name not in _SHAPES and not _EDITORS.match(tag):
        plain = name.rpartition("}")[2]
        yield Bilingual(
            f"contains <{plain}>, which may act or load something",
            f"含有 <{plain}>，它可能执行操作或加载内容",
        )
        return
    if name == "style" and _LOADING.search(element.text or ""):
        yield Bilingual("loads something by its style", "通过样式加载内容")
    for attribute, value in element.attrib.items():
        if attribute.lower().startswith("on"):
            yield Bilingual(f"runs a script ({attribute})", f"运行脚本（{attribute}）")
        elif attribute in _LINK and not value.strip().startswith("#"):
            if not (name == "image" and _EMBEDDED.fullmatch(value.strip())):
                shown = ascii(value.strip()[:60])
                yield Bilingual(f"loads {shown}", f"要加载 {shown}")
        elif not attribute.startswith("{") and _LOADING.search(value):
            yield Bilingual(f"loads something ({attribute})", f"要加载内容（{attribute}）")
    for child in element:
        yield from _problems(child, depth + 1)
