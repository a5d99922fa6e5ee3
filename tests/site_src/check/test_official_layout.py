"""The samples, laid out as offices lay out their documents, have no findings either."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from site_src.check.rules import check_edition
from site_src.places import POLICIES
from site_src.policy.clauses import raw_lines, read_clauses
from site_src.policy.edition import Edition
from site_src.policy.layout.clause_numbers import Numbering, small_items
from tests.helpers.sample_policies import loaded

SAMPLES = [folder for folder in sorted(POLICIES.glob("*/")) if (folder / "procedure.md").is_file()]
NUMBER = re.compile(
    r"^(#+ )?(第[^\s条章]+[条章]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]"
    r"|\d+(?:\.\d+)+|\d+[、.])"
)


def indented(text: str) -> str:
    """Two ideographic spaces before each paragraph with a number."""
    return "\n".join(
        f"　　{line}" if Numbering().read(line) and not line.startswith("#") else line
        for line in text.split("\n")
    )


def bold(text: str) -> str:
    """Each number in bold type."""
    return "\n".join(NUMBER.sub(r"\1**\2**", line) for line in text.split("\n"))


def paged(text: str) -> str:
    """A page number, or a page break, after every fifth paragraph."""
    paragraphs = text.split("\n\n")
    marks = ["- 1 -", "第 2 页 共 9 页", "\f", "3", "Page 4 of 9"]
    for count, at in enumerate(range(len(paragraphs) - 1, 5, -5)):
        paragraphs.insert(at, marks[count % len(marks)])
    return "\n\n".join(paragraphs)


def with_contents(text: str) -> str:
    """A table of contents of the headings, or of the first clauses, after the title."""
    title, _, rest = text.partition("\n")
    entries = [line.lstrip("# ")[:20] for line in rest.split("\n") if Numbering().read(line)]
    listed = "\n".join(f"{entry}……………{page}" for page, entry in enumerate(entries[:12], 1))
    return f"{title}\n\n目　录\n\n{listed}\n{rest}"


def laid_out(edition: Edition, text: str) -> Edition:
    """The edition with its text laid out in another way."""
    lines = raw_lines(edition.folder / "procedure.md", text)
    items = small_items((line.words for line in lines), edition.items)
    return replace(edition, lines=lines, clauses=read_clauses(lines, items), items=items)


@pytest.mark.parametrize("layout", [indented, bold, paged, with_contents])
@pytest.mark.parametrize("folder", SAMPLES, ids=lambda folder: folder.name)
def test_official_layout(folder: Path, layout: object) -> None:
    """The indent, bold numbers, page numbers and a table of contents give no finding."""
    assert callable(layout)
    edition = loaded(folder)
    changed = laid_out(edition, layout(edition.procedure))
    assert [clause.id for clause in changed.clauses] == [clause.id for clause in edition.clauses]
    assert check_edition(changed) == ()
