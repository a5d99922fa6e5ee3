"""How much of what people wrote is proposed from the text alone."""

import pytest

from tests.commands.import_quality import IMPORT_QUALITY
from tests.helpers.import_quality.counting import FactCount, count_all
from tests.helpers.import_quality.facts_section import facts_section

FLOORS = {
    "limits": (0.95, 0.9),
    "contacts": (0.95, 0.9),
    "roles": (0.9, 0.9),
    "channels": (0.85, 0.85),
    "kinds": (0.85, 0.9),
    "reviews": (0.9, 0.9),
    "steps": (0.85, 0.9),
    "routes": (0.8, 0.9),
    "formalities": (0.8, 0.9),
    "durations": (0.7, 0.9),
    "filers": (0.6, 0.9),
    "levels": (0.75, 0.9),
    "provisions": (0.55, 0.8),
    "categories": (0.6, 0.85),
}
"""The shares of each type of fact that must be found, and be right where they are found."""


@pytest.fixture(scope="module")
def counts() -> dict[str, FactCount]:
    """The figures of all samples."""
    return count_all()


@pytest.mark.parametrize("name", FLOORS)
def test_facts_are_found_and_right(counts: dict[str, FactCount], name: str) -> None:
    """Of each type of fact at least these shares are found, and right where found."""
    found, right = FLOORS[name]
    assert counts[name].share_found >= found, counts[name].missed
    assert counts[name].share_right >= right, counts[name].wrong


def test_figures_in_the_docs_are_current(counts: dict[str, FactCount]) -> None:
    """docs/import-quality.md has what `python -m tests.commands.import_quality` would write."""
    assert facts_section(counts) in IMPORT_QUALITY.read_text(encoding="utf-8")
