"""docs/faults.md names for each fault a test that exists, or the part that is rebuilt."""

import re

from site_src.places import ROOT

PAGE = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([A-Z]\d*) \| (.*?) \| (.*?) \| (.*?) \|$", PAGE, re.MULTILINE)
PARTS = set(re.findall(r"^- \*\*(.+?)\*\*: ", PAGE, re.MULTILINE))
OPEN = "TODO"

IDS = [
    *(f"D{number}" for number in range(1, 10)),
    *(f"R{number}" for number in range(1, 9)),
    *(f"F{number}" for number in range(1, 15)),
    "W",
    "S",
    *(f"C{number}" for number in range(1, 8)),
    *(f"P{number}" for number in range(1, 13)),
    *(f"X{number}" for number in range(1, 18)),
    *(f"B{number}" for number in (1, 2, 4, 7, 8, 9, 10)),
]
"""The faults in the order of the page; B has gaps."""


def test_every_fault_has_a_row() -> None:
    """Each fault is listed once, in order."""
    assert [id for id, *_ in ROWS] == IDS


def test_every_row_is_filled() -> None:
    """A row has a title, and a test, a part that is rebuilt, or both."""
    assert len(PARTS) == 4
    for id, title, tests, part in ROWS:
        assert len(title) > 1, id
        assert part in PARTS | {"–"}, f"{id}: {part}"
        assert (tests, part) != ("–", "–"), id


def test_no_row_is_open() -> None:
    """No fault waits for its test."""
    assert [id for id, _, tests, _ in ROWS if OPEN in tests] == []


def test_every_named_test_exists() -> None:
    """Each test is a function of the file that the row names, once in a row."""
    for id, _, tests, _ in ROWS:
        names = [name for name in tests.split(", ") if name not in ("–", OPEN)]
        assert len(set(names)) == len(names), id
        for name in names:
            parts = re.fullmatch(r"`((?:\w+/)*test_\w+\.py)::(test_\w+)`", name)
            assert parts, f"{id}: {name}"
            source = (ROOT / "tests" / parts[1]).read_text(encoding="utf-8")
            assert f"def {parts[2]}(" in source, f"{id}: {name}"
