"""Writes a procedure as a Word document with automatic numbers, contents, header and footer."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docx
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from tests.helpers.documents.list_levels import AutomaticLevel, ListLevels
from tests.helpers.documents.parts import Part, parts_of

_FIRST_ID = 500
_LEVELS = 9


@dataclass
class _Lists:
    """The lists of a document: one abstract list for each counter, one list for each pattern."""

    numbering: Any
    _abstract: dict[str, int] = field(default_factory=dict)
    _lists: dict[tuple[int, int, str], int] = field(default_factory=dict)
    _next: int = _FIRST_ID

    def id_for(self, level: AutomaticLevel) -> int:
        """The list that shows this level, made where there is none."""
        counter = "decimal" if level.list.startswith("decimal") else level.list
        if counter not in self._abstract:
            self._abstract[counter] = self._new_abstract(level)
        abstract = self._abstract[counter]
        key = (abstract, level.level, level.pattern)
        if level.start is None and key in self._lists:
            return self._lists[key]
        id = self._new_list(abstract, level)
        self._lists.setdefault(key, id)
        return id

    def _new_abstract(self, level: AutomaticLevel) -> int:
        self._next += 1
        levels = ""
        for at in range(_LEVELS):
            pattern = ".".join(f"%{one}" for one in range(1, at + 2))
            if not level.list.startswith("decimal"):
                pattern = level.pattern
            levels += _level(at, level.format, pattern)
        element = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{self._next}">'
            f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        )
        self.numbering.insert(0, element)
        return self._next

    def _new_list(self, abstract: int, level: AutomaticLevel) -> int:
        self._next += 1
        start = "" if level.start is None else f'<w:startOverride w:val="{level.start}"/>'
        own = _level(level.level, level.format, level.pattern)
        self.numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{self._next}"><w:abstractNumId '
                f'w:val="{abstract}"/><w:lvlOverride w:ilvl="{level.level}">{start}{own}'
                f"</w:lvlOverride></w:num>"
            )
        )
        return self._next


def _level(at: int, format: str, pattern: str) -> str:
    return (
        f'<w:lvl {nsdecls("w")} w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>'
        f'<w:suff w:val="tab"/><w:lvlText w:val="{pattern}"/><w:lvlJc w:val="left"/></w:lvl>'
    )


def write_word(path: Path, text: str, automatic: bool = True) -> Path:
    """A .docx of the procedure; its numbers are automatic or typed."""
    document = docx.Document()
    parts = parts_of(text)
    section = document.sections[0]
    section.header.paragraphs[0].text = "示例单位内部文件"
    _page_number(section.footer.paragraphs[0])
    lists, levels = _Lists(document.part.numbering_part.element), ListLevels()
    rows: list[Part] = []
    for part in (*parts, Part("end", "", "")):
        if rows and part.kind != "row":
            _table(document, rows)
            rows = []
        if part.kind == "title":
            document.add_paragraph(part.words, style="Title")
            _contents(document, parts)
        elif part.kind == "row":
            rows.append(part)
        elif part.kind == "bullet":
            document.add_paragraph(part.words, style="List Bullet")
        elif part.kind != "end":
            _numbered(
                document, part, levels.level(part.label, part.kind == "heading"), lists, automatic
            )
    document.save(str(path))
    return path


def _numbered(
    document: Any, part: Part, level: AutomaticLevel | None, lists: _Lists, automatic: bool
) -> None:
    style = f"Heading {min(part.level - 1, 9)}" if part.kind == "heading" else "Normal"
    if level is None or not automatic:
        paragraph = document.add_paragraph(style=style)
        paragraph.paragraph_format.first_line_indent = 304800
        paragraph.add_run(part.label).bold = True
        gap = "" if part.label[-1:] in "、）" else "　" if part.label[:1] == "第" else " "
        paragraph.add_run(gap + part.words)
        return
    paragraph = document.add_paragraph(part.words, style=style)
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001
    properties.get_or_add_ilvl().val = level.level
    properties.get_or_add_numId().val = lists.id_for(level)


def _contents(document: Any, parts: tuple[Part, ...]) -> None:
    """A table of contents as Word writes it: a field with its result of last time."""
    document.add_paragraph("目录")
    headings = [part for part in parts if part.kind == "heading"]
    if not headings:
        return
    first = True
    for page, part in enumerate(headings, start=1):
        paragraph = document.add_paragraph()
        if first:
            _field(paragraph, ' TOC \\o "1-3" ', end=False)
            first = False
        paragraph.add_run(f"{part.label} {part.words}\t{page}")
    _field_mark(document.add_paragraph(), "end")


def _page_number(paragraph: Any) -> None:
    paragraph.add_run("第 ")
    _field(paragraph, " PAGE ", end=True)
    paragraph.add_run(" 页")


def _field(paragraph: Any, instruction: str, end: bool) -> None:
    _field_mark(paragraph, "begin")
    element = OxmlElement("w:instrText")
    element.text = instruction
    paragraph.add_run()._r.append(element)  # noqa: SLF001
    _field_mark(paragraph, "separate")
    if end:
        paragraph.add_run("1")
        _field_mark(paragraph, "end")


def _field_mark(paragraph: Any, type: str) -> None:
    element = OxmlElement("w:fldChar")
    element.set(qn("w:fldCharType"), type)
    paragraph.add_run()._r.append(element)  # noqa: SLF001


def _table(document: Any, rows: list[Part]) -> None:
    cells = [[cell.strip() for cell in row.words.split("|")] for row in rows]
    table = document.add_table(rows=0, cols=max(len(row) for row in cells))
    for row in cells:
        for cell, words in zip(table.add_row().cells, row, strict=False):
            cell.text = words
