"""The procedure text as HTML, every clause an anchor."""

from xml.etree import ElementTree

import nh3
from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markupsafe import Markup

from site_src.clauses import Numbering, starts_clause

_TAGS = {
    "h1", "h2", "h3", "h4", "h5", "h6", "p", "a", "ul", "ol", "li", "strong", "em", "br", "hr",
    "table", "thead", "tbody", "tr", "th", "td", "blockquote", "code", "span",
}  # fmt: skip
_ATTRIBUTES = {"*": {"id", "class"}, "a": {"href"}, "th": {"scope"}, "td": {"colspan"}}
_PRIORITY_BEFORE_LISTS = 200
_BELOW_SECTION = 1
"""The page has a heading of its own above the procedure, so each of its headings sinks by one."""


def clause_anchor(clause: str) -> str:
    """The fragment of a clause."""
    return f"clause-{clause}"


class _ClauseProcessor(BlockProcessor):
    """Makes each block that starts with a clause number an element with an anchor."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md.parser)
        self.numbering = Numbering()

    def test(self, parent: ElementTree.Element, block: str) -> bool:
        return starts_clause(block.split("\n", 1)[0])

    def run(self, parent: ElementTree.Element, blocks: list[str]) -> bool:
        first, *following = blocks.pop(0).split("\n")
        number = self.numbering.read(first)
        if number is None:
            raise AssertionError("Markdown ran a block that its test refused")
        words = [number.rest]
        while following and not (starts_clause(following[0]) or following[0].startswith("- ")):
            words.append(following.pop(0))
        if following:
            blocks.insert(0, "\n".join(following))
        tag = f"h{min(number.level + _BELOW_SECTION, 6)}" if number.level else "p"
        element = ElementTree.SubElement(parent, tag)
        element.set("id", clause_anchor(number.id))
        element.set("class", "clause")
        link = ElementTree.SubElement(element, "a", {"href": f"#{clause_anchor(number.id)}"})
        link.set("class", "clause-number")
        link.text = number.label
        link.tail = " " + "\n".join(words)
        return True


class ClauseExtension(Extension):
    """Python-Markdown extension: clauses keep their numbers and become anchors."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's own name
        """Registers the block processor ahead of Markdown's lists and headings."""
        md.parser.blockprocessors.register(_ClauseProcessor(md), "clause", _PRIORITY_BEFORE_LISTS)


def render_procedure(text: str) -> Markup:
    """The procedure as sanitised HTML, without its first heading, which is the page's title."""
    lines = text.splitlines()
    if lines and lines[0].startswith("# "):
        lines = lines[1:]
    html = Markdown(extensions=[ClauseExtension(), "tables"]).convert("\n".join(lines))
    return Markup(nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, link_rel=None))
