"""What is read of a text: lengths, dates, times of day, money and other numbers."""

from itertools import pairwise
from pathlib import Path

import pytest

from site_src.numbers.chinese import CHINESE
from site_src.numbers.english import ENGLISH
from site_src.numbers.grammar import Grammar
from site_src.numbers.numbers import find_numbers
from tests.helpers.readings import readings

HERE = Path(__file__).parent


def rows(name: str) -> list[tuple[str, str]]:
    """Each text of a table with what is read of it."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    pairs = [line.split(" =>") for line in lines if " =>" in line and not line.startswith("#")]
    return [(text, expected.strip()) for text, expected in pairs]


@pytest.mark.parametrize(("text", "expected"), rows("chinese.txt"))
def test_chinese(text: str, expected: str) -> None:
    """A Chinese text is read as its row says."""
    assert readings(text, CHINESE) == expected


@pytest.mark.parametrize(("text", "expected"), rows("english.txt"))
def test_english(text: str, expected: str) -> None:
    """An English text is read as its row says."""
    assert readings(text, ENGLISH) == expected


@pytest.mark.parametrize(("name", "grammar"), [("chinese.txt", CHINESE), ("english.txt", ENGLISH)])
def test_rows_in_one_text(name: str, grammar: Grammar) -> None:
    """Rows on lines below each other are read as each alone, with spans that never overlap."""
    text = "\n".join(text for text, _ in rows(name))
    found = sorted(find_numbers(text, grammar), key=lambda number: number.start)
    assert all(one.end <= two.start for one, two in pairwise(found))
