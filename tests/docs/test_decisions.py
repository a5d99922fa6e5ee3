"""Decision records have the same form, a unique number and a line in the index."""

import re
from pathlib import Path

import pytest

from site_src.places import ROOT

FOLDER = ROOT / "docs" / "decisions"
RECORDS = sorted(path for path in FOLDER.glob("*.md") if path.name != "README.md")
INDEX = (FOLDER / "README.md").read_text(encoding="utf-8")

HEAD = re.compile(
    r"# (\d+)\. (.+)\n\n"
    r"Date: \d{4}-\d\d-\d\d · "
    r"Status: (accepted(?:, amended by \d{4}(?: and \d{4})*)?|superseded by \d{4})\n\n"
)


def test_numbers_are_unique() -> None:
    """No two records have the same number, the same title or the same name."""
    for part in (r"^(\d{4})-", r"^\d{4}-(.+)$"):
        found = [match[1] for path in RECORDS if (match := re.search(part, path.name))]
        assert len(set(found)) == len(found) == len(RECORDS)
    titles = [
        path.read_text(encoding="utf-8").splitlines()[0].partition(". ")[2] for path in RECORDS
    ]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_record_has_its_head_and_its_line(path: Path) -> None:
    """A record starts with number, title, date and status; the index repeats all but the date."""
    head = HEAD.match(path.read_text(encoding="utf-8"))
    assert head, f"{path.name} does not begin with title, date and status"
    number, title, status = head.groups()
    assert path.name.startswith(f"{int(number):04}-")
    assert re.search(
        rf"^\| {number} \| \[{re.escape(title)}\]\({path.name}\) \| {re.escape(status)} \| .+ \|$",
        INDEX,
        re.MULTILINE,
    ), f"{path.name} has no such line in docs/decisions/README.md"
    for later in re.findall(r"\d{4}", status):
        assert list(FOLDER.glob(f"{later}-*.md")), f"{path.name}: there is no {later}"


def test_index_has_nothing_else() -> None:
    """Each line of the index belongs to a record."""
    assert len(re.findall(r"^\| \d+ \|", INDEX, re.MULTILINE)) == len(RECORDS)
