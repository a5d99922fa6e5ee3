"""docs/security.md lists every requirement of ASVS 5.0.0 level 2, and the tests in it exist."""

import re

from site_src.places import ROOT

SECTIONS = {
    "1": (2, 9, 11, 3, 2),
    "2": (3, 3, 4, 1),
    "3": (0, 2, 4, 6, 5, 0, 2),
    "4": (3, 1, 2, 4),
    "5": (1, 3, 2, 3),
    "6": (3, 12, 4, 4, 5, 3, 0, 4),
    "7": (3, 4, 2, 5, 2, 2),
    "8": (2, 3, 1, 1),
    "9": (3, 4),
    "10": (2, 2, 4, 11, 5, 2, 3),
    "11": (2, 3, 3, 4, 1, 1),
    "12": (3, 2, 4),
    "13": (1, 5, 2, 5),
    "14": (2, 4, 3),
    "15": (3, 3, 7, 0),
    "16": (1, 5, 4, 3, 3),
    "17": (1, 4, 2),
}
"""How many requirements of levels 1 and 2 each section of each chapter has; they come first."""

ROWS = re.findall(
    r"^\| (\d+\.\d+\.\d[^|]*?) \| (.+?) \| (.+?) \|$",
    (ROOT / "docs" / "security.md").read_text(encoding="utf-8"),
    re.MULTILINE,
)


def numbers(said: str) -> list[str]:
    """The numbers in `1.2.6–1.2.8` and `1.1.2, 1.2.1`, one by one."""
    found = []
    for part in said.split(", "):
        first, _, last = part.partition("–")
        section, _, start = first.rpartition(".")
        end = last.rpartition(".")[2] or start
        found += [f"{section}.{number}" for number in range(int(start), int(end) + 1)]
    return found


def test_every_requirement_is_answered_once() -> None:
    """All 253 requirements of level 2 are in the table, once and in order."""
    wanted = [
        f"{chapter}.{section}.{number}"
        for chapter, counts in SECTIONS.items()
        for section, most in enumerate(counts, 1)
        for number in range(1, most + 1)
    ]
    assert len(wanted) == 253
    assert [number for row in ROWS for number in numbers(row[0])] == wanted


def test_every_test_that_is_named_exists() -> None:
    """A row names a test of this suite, or has a dash if no test can check it."""
    for said, how, test in ROWS:
        if test == "–":
            continue
        named = re.fullmatch(r"`((?:\w+/)*test_\w+\.py)::(test_\w+)`", test)
        assert named, f"{said}: {test}"
        source = (ROOT / "tests" / named[1]).read_text(encoding="utf-8")
        assert f"def {named[2]}(" in source, f"{said}, {how}: {test}"
