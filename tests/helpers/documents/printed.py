"""Writes a procedure as a PDF with header, footer and contents, and as text files."""

from html import escape
from pathlib import Path

from weasyprint import HTML

from tests.helpers.documents.parts import Part, parts_of

_STYLE = """
@page { size: A4; margin: 25mm 22mm;
  @top-center { content: "示例单位内部文件 Internal"; font-size: 9pt }
  @bottom-center { content: "- " counter(page) " -"; font-size: 9pt } }
body { font: 12pt/1.6 "Noto Serif CJK SC", serif; text-align: justify; hyphens: auto }
p { margin: 0; text-indent: 2em }
h1 { font-size: 18pt; text-align: center }
h2, h3, h4, h5 { font-size: 13pt; margin: 8pt 0 }
nav { break-after: page } nav p { text-indent: 0 }
nav a::after { content: leader(".") target-counter(attr(href), page) }
a { color: inherit; text-decoration: none }
table { border-collapse: collapse } td { border: 1pt solid; padding: 3pt }
"""


def write_pdf(path: Path, text: str) -> Path:
    """A PDF of the procedure, paginated, with contents on pages of their own."""
    parts = parts_of(text)
    language = "zh-CN" if any("\u4e00" <= one <= "\u9fff" for one in text) else "en"
    headings = [(at, part) for at, part in enumerate(parts) if part.kind == "heading"]
    entries = "".join(f'<p><a href="#p{at}">{_numbered(part)}</a></p>' for at, part in headings)
    contents = "目录" if language == "zh-CN" else "Contents"
    nav = f"<nav><h2>{contents}</h2>{entries}</nav>" if headings else ""
    body = "".join(_element(at, part) + (nav if not at else "") for at, part in enumerate(parts))
    html = f'<html lang="{language}"><style>{_STYLE}</style><body>{body}</body></html>'
    path.write_bytes(HTML(string=html).write_pdf())
    return path


def _element(at: int, part: Part) -> str:
    if part.kind == "title":
        return f"<h1>{escape(part.words)}</h1>"
    if part.kind == "heading":
        return f'<h{part.level} id="p{at}">{_numbered(part)}</h{part.level}>'
    if part.kind == "row":
        cells = "".join(f"<td>{escape(cell.strip())}</td>" for cell in part.words.split("|"))
        return f"<table><tr>{cells}</tr></table>"
    mark = "• " if part.kind == "bullet" else ""
    return f"<p>{mark}{_numbered(part)}</p>"


def _numbered(part: Part) -> str:
    return escape(f"{part.label}{_gap(part.label)}{part.words}")


def _gap(label: str) -> str:
    return "" if not label or label[-1] in "、）①②③④⑤⑥⑦⑧⑨⑩" else " "


def plain_text(text: str) -> str:
    """The procedure as an office keeps it in Notepad: indents, no marks, page numbers."""
    lines = []
    for at, part in enumerate(parts_of(text)):
        if part.kind == "row":
            lines.append("\t".join(cell.strip() for cell in part.words.split("|")))
            continue
        indent = "　　" if part.kind in ("paragraph", "bullet") else ""
        mark = "• " if part.kind == "bullet" else ""
        lines.append(f"{indent}{mark}{part.label}{_gap(part.label)}{part.words}")
        if at % 20 == 19:
            lines += ["", f"- {at // 20 + 1} -", ""]
    return "\r\n".join(lines) + "\r\n"


def write_text(path: Path, text: str, encoding: str = "gb18030") -> Path:
    """A text file of the procedure."""
    path.write_bytes(plain_text(text).encode(encoding))
    return path
