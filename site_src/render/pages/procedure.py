"""Renders the procedure text as HTML with an anchor at every clause."""

import re
from collections.abc import Container
from xml.etree import ElementTree

import nh3
from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from functions.model.pages.slot_template import SlotTemplate, cut
from site_src.compile.slots import slot
from site_src.policy.layout.clause_numbers import Numbering

_TAGS = {
    "h1", "h2", "h3", "h4", "h5", "h6", "p", "a", "ul", "ol", "li", "strong", "em", "br", "hr",
    "div", "table", "thead", "tbody", "tr", "th", "td", "blockquote", "code", "span",
}  # fmt: skip
_ATTRIBUTES = {"*": {"id", "class"}, "a": {"href"}, "th": {"scope"}, "td": {"colspan"}}
_SCHEMES = {"http", "https", "mailto", "tel"}
_OURS = re.compile(r"clause-[^\s]+|clause|clause-number")
"""The allowed values of `id` and `class`: markup in a text must not use the page's own names."""

_HELD_SLOT = re.compile("<div>(\ue000[^\ue001]*\ue001)</div>\n?")
"""A slot in the element that kept Markdown from making a paragraph of it."""

_PRIORITY_BEFORE_LISTS = 200
_BELOW_SECTION = 1
"""The page has a heading above the procedure, so the procedure's headings are one level lower."""


def clause_anchor(clause: str) -> str:
    """The URL fragment of a clause."""
    return f"clause-{clause}"


class _ClauseProcessor(BlockProcessor):
    """Turns each block that starts with a clause number into an element with an anchor."""

    def __init__(self, md: Markdown, items: Container[str]) -> None:
        super().__init__(md.parser)
        self.numbering = Numbering(items)
        self.open: str | None = None

    def close(self, parent: ElementTree.Element) -> None:
        """Adds a slot after the clause that ends here, for the facts drawn from it."""
        if self.open is not None:
            ElementTree.SubElement(parent, "div").text = slot("drawn", self.open)

    def test(self, parent: ElementTree.Element, block: str) -> bool:
        return self.numbering.peek(block.split("\n", 1)[0]) is not None

    def run(self, parent: ElementTree.Element, blocks: list[str]) -> bool:
        first, *following = blocks.pop(0).split("\n")
        number = self.numbering.read(first)
        if number is None:
            raise AssertionError("Markdown ran a block that `test` rejected")
        self.close(parent)
        self.open = number.id
        words = [number.rest]
        while following and not (
            self.numbering.peek(following[0]) or following[0].startswith("- ")
        ):
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


class _LastClause(Treeprocessor):
    """Closes the last clause of the text."""

    def __init__(self, md: Markdown, clauses: _ClauseProcessor) -> None:
        super().__init__(md)
        self.clauses = clauses

    def run(self, root: ElementTree.Element) -> None:
        self.clauses.close(root)


class ClauseExtension(Extension):
    """Python-Markdown extension: clauses keep their numbers and become anchors."""

    def __init__(self, items: Container[str]) -> None:
        super().__init__()
        self.items = items

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's own name
        """Registers the block processor ahead of Markdown's lists and headings."""
        clauses = _ClauseProcessor(md, self.items)
        md.parser.blockprocessors.register(clauses, "clause", _PRIORITY_BEFORE_LISTS)
        md.treeprocessors.register(_LastClause(md, clauses), "last-clause", _PRIORITY_BEFORE_LISTS)


def render_procedure(text: str, items: Container[str] = frozenset()) -> SlotTemplate:
    """The procedure as sanitised HTML with a slot `drawn.<clause>` after each clause.

    `items` are the small items that are clauses of their own.
    The first heading is omitted, because it is the page's title.
    """
    lines = text.splitlines()
    if lines and lines[0].startswith("# "):
        lines = lines[1:]
    html = Markdown(extensions=[ClauseExtension(items), "tables"]).convert("\n".join(lines))
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_ours_only,
        url_schemes=_SCHEMES,
        link_rel=None,
    )
    return cut(_HELD_SLOT.sub(r"\1", clean))


def _ours_only(_: str, attribute: str, value: str) -> str | None:
    """The value of an attribute, or None for a name that only the page itself may use."""
    return value if attribute not in ("id", "class") or _OURS.fullmatch(value) else None
