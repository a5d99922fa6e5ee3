"""Reads a web page or what Word saves as one (.html): text, lists with their numbers, tables."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from site_src.bilingual import Bilingual
from site_src.importing import reasons
from site_src.importing.document import Block, BlockKind, DocumentReading, LeftOut, Place
from site_src.importing.formats.encoding import DecodedText, decode
from site_src.importing.formats.number_formats import odf_number
from site_src.importing.tables import Cell, table_blocks

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{1,40})", re.IGNORECASE
)
_FAMILIES = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030"}
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
)  # fmt: skip
_SILENT = {
    "script": reasons.SCRIPT_OR_STYLE,
    "style": reasons.SCRIPT_OR_STYLE,
    "title": reasons.SCRIPT_OR_STYLE,
    "template": reasons.SCRIPT_OR_STYLE,
    "noscript": reasons.SCRIPT_OR_STYLE,
    "nav": reasons.NAVIGATION,
    "select": reasons.NAVIGATION,
    "button": reasons.NAVIGATION,
    "rt": reasons.RUBY,
    "rp": reasons.RUBY,
    "del": reasons.DELETED,
    "s": reasons.STRUCK_OUT,
    "strike": reasons.STRUCK_OUT,
}
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
    "track", "wbr"}
)  # fmt: skip
_NO_DISPLAY = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all")
_SPACES = re.compile(r"[ \t\r\n\f]+")


def read_web_page(content: bytes) -> DocumentReading:
    """All that a web page says. Raises EncodingUnclear."""
    parser = _Page()
    parser.feed(_decoded(content).words)
    parser.close()
    parser.finish()
    return DocumentReading(tuple(parser.blocks), tuple(parser.left_out))


def _decoded(content: bytes) -> DecodedText:
    """The text in the encoding that the page declares, if it holds, else in the one it shows."""
    if declared := _CHARSET.search(content[:4096]):
        name = declared[1].decode("ascii").lower()
        try:
            return DecodedText(content.decode(_FAMILIES.get(name, name)), name)
        except (LookupError, UnicodeDecodeError):
            pass  # a wrong declaration is common; the bytes decide
    return decode(content)


@dataclass
class _List:
    """A list that is open; `next` is the number of its next item, None for bullets."""

    next: int | None
    sample: str
    series: str


class _Page(HTMLParser):
    """Collects the blocks of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.left_out: list[LeftOut] = []
        self.tables: list[list[list[Cell]]] = []
        self._in_cell: list[bool] = []
        self._outside: list[list[Block]] = []
        self._words: list[str] = []
        self._lists: list[_List] = []
        self._silent: list[tuple[str, Bilingual]] = []
        self._silent_words: list[str] = []
        self._level = 0
        self._number: tuple[str, str, bool] | None = None
        self._line: int | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See HTMLParser."""
        values = {name: value or "" for name, value in attrs}
        if self._silent:
            if tag not in _VOID:
                self._silent.append((tag, self._silent[-1][1]))
            return
        hidden = "hidden" in values or _NO_DISPLAY.search(values.get("style", "").lower())
        if tag not in _VOID and (hidden or tag in _SILENT):
            self._silent.append((tag, _SILENT.get(tag, reasons.HIDDEN_TEXT)))
            return
        if tag in _BLOCKS:
            self.flush()
        match tag:
            case "br":
                self._words.append("\n")
            case "img":
                words = values.get("alt", "").strip() or "—"
                self.left_out.append(LeftOut(self._place, words, reasons.PICTURE))
            case "ol" | "ul":
                self._begin_list(tag, values)
            case "li":
                self._begin_item(values)
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                self._level = int(tag[1])
            case "table":
                self.tables.append([])
                self._in_cell.append(False)
                self._outside.append(self.blocks)
                self.blocks = []
            case "tr" if self.tables:
                self._end_cell()
                self.tables[-1].append([])
            case "td" | "th" if self.tables:
                self._end_cell()
                self._in_cell[-1] = True

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See HTMLParser; a void element has no end."""
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """See HTMLParser."""
        if self._silent:
            self._end_silent(tag)
            return
        if tag in _BLOCKS:
            self.flush()
        match tag:
            case "ol" | "ul" if self._lists:
                self._lists.pop()
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                self._level = 0
            case "td" | "th" if self.tables:
                self._end_cell()
            case "table" if self.tables:
                self._end_table()

    def handle_data(self, data: str) -> None:
        """See HTMLParser."""
        if self._silent:
            self._silent_words.append(data)
            return
        if self._line is None and data.strip():
            self._line = self.getpos()[0]
        self._words.append(_SPACES.sub(" ", data))

    def handle_comment(self, data: str) -> None:
        """See HTMLParser."""
        if words := " ".join(data.split()):
            self.left_out.append(LeftOut(self._place, words, reasons.MARKUP))

    def unknown_decl(self, data: str) -> None:
        """See HTMLParser: conditions that Word writes, such as `[if !supportLists]`."""

    def flush(self) -> None:
        """Ends the block that is open."""
        words, place = "".join(self._words), self._place
        self._words, self._line = [], None
        label, series, bullet = self._number or ("", "", False)
        kind: BlockKind = "paragraph"
        if self._level:
            earlier = self.tables or any(block.kind == "title" for block in self.blocks)
            kind = "title" if self._level == 1 and not earlier else "heading"
        for line in words.split("\n"):
            if not line.strip():
                continue
            shown: BlockKind = "bullet" if bullet else kind
            self.blocks.append(Block(line.strip(), place, shown, label, series, self._level))
            self._number, label, series, bullet = None, "", "", False

    def finish(self) -> None:
        """Ends whatever the page does not end."""
        if self._silent:
            self._end_silent(self._silent[0][0])
        self.flush()
        while self.tables:
            self._end_table()

    def _end_table(self) -> None:
        self._end_cell()
        self._in_cell.pop()
        rows = tuple(tuple(row) for row in self.tables.pop())
        self.blocks = self._outside.pop()
        self.blocks += table_blocks(rows, self._place)

    def _end_cell(self) -> None:
        """Ends a cell, which the next one or the next row may do; words outside cells make one."""
        if self._in_cell[-1] or self.blocks:
            rows = self.tables[-1]
            if not rows:
                rows.append([])
            rows[-1].append(tuple(self.blocks))
            self.blocks = []
        self._in_cell[-1] = False

    def _end_silent(self, tag: str) -> None:
        names = [name for name, _ in self._silent]
        if tag not in names:
            return
        while self._silent:
            name, reason = self._silent.pop()
            if name == tag:
                break
        if not self._silent:
            words = " ".join("".join(self._silent_words).split())
            self._silent_words = []
            if words:
                self.left_out.append(LeftOut(self._place, words, reason))

    @property
    def _place(self) -> Place:
        return Place(line=self._line or self.getpos()[0])

    def _begin_list(self, tag: str, values: dict[str, str]) -> None:
        start = values.get("start", "1")
        first = int(start) if re.fullmatch(r"[0-9]{1,6}", start) else 1
        ordered = tag == "ol"
        self._lists.append(
            _List(first if ordered else None, values.get("type", "1"), f"ol{len(self._lists)}")
        )

    def _begin_item(self, values: dict[str, str]) -> None:
        open_list = self._lists[-1] if self._lists else _List(None, "1", "")
        if open_list.next is None:
            self._number = ("", "", True)
            return
        if re.fullmatch(r"[0-9]{1,6}", values.get("value", "")):
            open_list.next = int(values["value"])
        label = f"{odf_number(open_list.next, open_list.sample)}."
        self._number = (label, open_list.series, False)
        open_list.next += 1
