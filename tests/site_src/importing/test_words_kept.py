"""No word of any document is lost, whatever its paragraphs are."""

import tempfile
import unicodedata
from collections import Counter
from html import escape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from site_src.importing.markdown_text import escaped, one_space
from site_src.importing.read import read_document
from tests.commands.import_quality import samples
from tests.helpers.documents.parts import clause_ids, content_words
from tests.helpers.documents.raw_word import paragraph, write_raw_word

NUMBERS = (
    "", "第一条 ", "第四條 ", "第二条　", "第三章 ", "一、", "二.", "（一）", "( 二 )", "1、",
    "1. ", "2．", "2 ", "3.1 ", "3.1.2 ", "(a) ", "①", "⑴", "A. ", "IV. ", "Article 5 ",
    "ARTICLE 6 ", "Section 3: ", "- ", "• ", "# ", "> ", "| ", "第 3 页", "- 3 -", "目录", "12",
)  # fmt: skip
PIECES = sorted({line for text in samples().values() for line in text.split() if len(line) < 40})
WORDS = st.lists(st.sampled_from([*PIECES, "*", "_", "<b>", "`", "[1](2)", "___", "\\", "&"]))
PARAGRAPHS = st.lists(
    st.tuples(st.sampled_from(NUMBERS), WORDS).map(lambda part: part[0] + " ".join(part[1])),
    min_size=1,
    max_size=12,
).map(lambda parts: ["示例单位投诉办法", *parts])


def written(format: str, folder: Path, parts: list[str]) -> Path:
    """A document with these paragraphs."""
    path = folder / f"a.{format}"
    if format == "docx":
        return write_raw_word(path, "".join(paragraph(escape(part)) for part in parts))
    if format == "html":
        cells = "".join(f"<td>{escape(part)}" for part in parts[1::2])
        page = "".join(f"<p>{escape(part)}" for part in parts[::2])
        page = f"{page}<table><tr><td>{cells}</table>"
        path.write_text(f"<html><body>{page}</body></html>", encoding="utf-8")
    else:
        path.write_text("\n\n".join(parts), encoding="utf-8")
    return path


def alike(text: str) -> str:
    """What the words say: ⑴ may become （1）, and ARTICLE Article, which the import reports."""
    return content_words(unicodedata.normalize("NFKC", text)).lower().replace("條", "条")


@pytest.mark.parametrize("format", ["docx", "html", "txt"])
def test_each_word_is_in_the_text_or_left_out(format: str) -> None:
    """Every letter and digit is in the procedure or in what was left out; numbers stand once."""

    @settings(max_examples=80)
    @given(PARAGRAPHS)
    def holds(parts: list[str]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            document = read_document(written(format, Path(folder), parts))
        kept = document.procedure + "".join(left.words for left in document.left_out)
        assert Counter(alike("".join(parts))) - Counter(alike(kept)) == Counter()
        ids = clause_ids(document.procedure)
        assert len(ids) == len(set(ids))

    holds()


@settings(max_examples=300)
@given(WORDS.map(lambda pieces: one_space(" ".join(pieces))))
def test_markdown_shows_words_as_they_are(words: str) -> None:
    """What Markdown makes of escaped words is a paragraph of these words."""
    html = Markdown(extensions=["tables"]).convert(escaped(words))
    root = ElementTree.fromstring(f"<div>{html}</div>")
    assert [element.tag for element in root.iter()] in (["div"], ["div", "p"])
    assert "".join(root.itertext()) == words
