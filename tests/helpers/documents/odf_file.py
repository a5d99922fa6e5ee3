"""Writes a procedure as an OpenDocument text with automatic numbers, contents and a footer."""

from pathlib import Path
from typing import Any

from odf.namespaces import TEXTNS, XMLNS
from odf.opendocument import OpenDocumentText
from odf.style import Footer, Header, MasterPage, PageLayout, Style
from odf.table import Table, TableCell, TableRow
from odf.text import (
    H,
    IndexBody,
    List,
    ListItem,
    ListLevelStyleBullet,
    ListLevelStyleNumber,
    ListStyle,
    P,
    PageNumber,
    S,
    TableOfContent,
)

from tests.helpers.documents.list_levels import AutomaticLevel, ListLevels
from tests.helpers.documents.parts import Part, parts_of

_SAMPLES = {
    "decimal": "1",
    "lowerLetter": "a",
    "chineseCountingThousand": "一, 二, 三, ...",
    "decimalEnclosedCircle": "①, ②, ③, ...",
}
_LEVELS = 6


def write_odf(path: Path, text: str, automatic: bool = True) -> Path:
    """An .odt of the procedure; its numbers are automatic where one list style can show them."""
    document = OpenDocumentText()
    _page(document)
    title = Style(name="Title", family="paragraph", displayname="Title")
    bullets = ListStyle(name="Bullets")
    bullets.addElement(ListLevelStyleBullet(level=1, bulletchar="•"))
    document.styles.addElement(title)
    document.automaticstyles.addElement(bullets)
    lists: dict[str, str] = {}
    parts, levels = parts_of(text), ListLevels()
    shared = _shared_mark(parts)
    table: Any = None
    for part in parts:
        if part.kind != "row":
            table = None
        if part.kind == "title":
            document.text.addElement(P(stylename=title, text=part.words))
            document.text.addElement(_contents(parts))
        elif part.kind == "row":
            if table is None:
                table = Table()
                document.text.addElement(table)
            _row(table, part)
        elif part.kind == "bullet":
            document.text.addElement(_item("Bullets", 0, P(text=part.words), None))
        else:
            level = levels.level(part.label, False) if automatic else None
            if level is not None and level.list not in ("decimal", f"decimal{shared}"):
                level = None if level.list.startswith("decimal") else level
            _numbered(document, part, level, lists)
    document.save(str(path))
    return path


def _shared_mark(parts: tuple[Part, ...]) -> str:
    """The mark after most single numbers: one list style can show but one."""
    marks = [part.label[-1] for part in parts if part.label[:-1].isdecimal()]
    bare = sum(part.label.isdecimal() for part in parts)
    most = max(set(marks), key=marks.count, default="")
    return most if not bare and most in ".、" else ""


def _numbered(
    document: Any, part: Part, level: AutomaticLevel | None, lists: dict[str, str]
) -> None:
    heading = part.kind == "heading"
    typed = f"{part.label} " if part.label and level is None else ""
    element = H(outlinelevel=max(part.level - 1, 1)) if heading else P()
    if typed and not heading:
        element.addElement(S(c=4))
    element.addText(typed + part.words)
    if level is None:
        document.text.addElement(element)
        return
    key = "decimal" if level.list.startswith("decimal") else level.list
    known = key in lists
    if not known:
        lists[key] = f"L{len(lists)}"
        document.automaticstyles.addElement(_style(lists[key], level))
    item = _item(lists[key], level.level, element, level.start)
    if known:
        item.setAttrNS(TEXTNS, "continue-list", f"id-{lists[key]}")
    else:
        item.setAttrNS(XMLNS, "id", f"id-{lists[key]}")
    document.text.addElement(item)


def _style(name: str, level: AutomaticLevel) -> Any:
    style = ListStyle(name=name)
    decimal = level.list.startswith("decimal")
    before, _, after = level.pattern.rpartition("%")
    for at in range(1, _LEVELS + 1):
        single = at == 1 or not decimal
        style.addElement(
            ListLevelStyleNumber(
                level=at,
                numformat=_SAMPLES[level.format],
                numprefix="" if decimal else before,
                numsuffix=after[1:] if single and (not decimal or level.level == 0) else "",
                displaylevels=at if decimal else 1,
            )
        )
    return style


def _item(style: str, depth: int, element: Any, start: int | None) -> Any:
    for at in range(depth + 1):
        item = ListItem(startvalue=start) if start is not None and not at else ListItem()
        item.addElement(element)
        element = List(stylename=style)
        element.addElement(item)
    return element


def _contents(parts: tuple[Part, ...]) -> Any:
    contents, body = TableOfContent(name="目录"), IndexBody()
    body.addElement(P(text="目录"))
    for page, part in enumerate(parts, start=1):
        if part.kind == "heading":
            body.addElement(P(text=f"{part.label} {part.words} {page}"))
    contents.addElement(body)
    return contents


def _page(document: Any) -> None:
    layout = PageLayout(name="Page")
    document.automaticstyles.addElement(layout)
    master = MasterPage(name="Standard", pagelayoutname=layout)
    header, footer = Header(), Footer()
    header.addElement(P(text="示例单位内部文件"))
    line = P(text="第 ")
    line.addElement(PageNumber(selectpage="current", text="1"))
    line.addText(" 页")
    footer.addElement(line)
    master.addElement(header)
    master.addElement(footer)
    document.masterstyles.addElement(master)


def _row(table: Any, part: Part) -> None:
    row = TableRow()
    for words in part.words.split("|"):
        cell = TableCell()
        cell.addElement(P(text=words.strip()))
        row.addElement(cell)
    table.addElement(row)
