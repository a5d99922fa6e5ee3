"""References, access codes and receipt links."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.model.reference import (
    ALPHABET,
    access_code,
    code_matches,
    new_reference,
    read_reference,
)

KEY = bytes(range(32))
NOW = datetime(2026, 3, 2, tzinfo=UTC)


def test_reference_is_read_as_people_type_it() -> None:
    """Case, spaces and dashes do not matter."""
    reference = new_reference("SEC")
    assert read_reference(f" {reference.lower().replace('-', ' ')} ") == reference


@pytest.mark.parametrize(
    "line",
    [
        "受理编号：{}",
        "受理编号 {}。",
        "Reference: {}",
        "Reference {};",
        "\ufeff{}\u200b",
        "受理编号：{} 查询码：2345A-BCDE-FGHJ",
        "您的受理编号是{}，请妥善保存",
    ],
)
def test_reference_is_read_from_the_line_that_has_it(line: str) -> None:
    """A line of the receipt may be pasted whole."""
    for _ in range(50):
        reference = new_reference("ACB")
        assert read_reference(line.format(reference)) == reference


@given(st.integers(0, 12), st.sampled_from(ALPHABET))
def test_check_character_finds_every_wrong_character(place: int, wrong: str) -> None:
    """One character mistyped makes the reference invalid (ISO 7064, MOD 31,30)."""
    compact = new_reference("SEC").replace("-", "")
    if compact[place] != wrong:
        assert read_reference(compact[:place] + wrong + compact[place + 1 :]) is None


def test_check_character_finds_nearly_every_swap() -> None:
    """Of 3,000 swaps of two unlike neighbours at most one in a hundred is taken."""
    swaps = taken = 0
    for place in range(12):
        for _ in range(250):
            compact = new_reference("SEC").replace("-", "")
            first, second = compact[place], compact[place + 1]
            if first != second:
                swaps += 1
                swapped = compact[:place] + second + first + compact[place + 2 :]
                taken += read_reference(swapped) is not None
    assert swaps > 2000
    assert taken / swaps < 0.01


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading(text: str) -> None:
    """Whatever is typed is a reference or is not; nothing is raised."""
    assert read_reference(text) is None or "-" in (read_reference(text) or "")


def test_access_code_has_sixty_bits() -> None:
    """Thirteen of thirty characters: more than 60 bits, the same each time, by key and case."""
    code = access_code(KEY, "SEC-AAAAA-AAAAA")
    assert len(ALPHABET) ** len(code.replace("-", "")) > 2**60
    assert code == access_code(KEY, "SEC-AAAAA-AAAAA")
    assert code != access_code(KEY, "SEC-AAAAA-AAAAB")
    assert code != access_code(KEY[::-1], "SEC-AAAAA-AAAAA")


def test_code_matches_as_typed() -> None:
    """Small letters and missing dashes are forgiven, a wrong character is not."""
    code = access_code(KEY, "SEC-AAAAA-AAAAA")
    assert code_matches(KEY, "SEC-AAAAA-AAAAA", code.lower().replace("-", " "))
    for line in ("查询码：{}", "Access code: {}.", "{}；", "\u200b{}"):
        assert code_matches(KEY, "SEC-AAAAA-AAAAA", line.format(code))
    assert not code_matches(KEY, "SEC-AAAAA-AAAAA", code[:-1])
    assert not code_matches(KEY, "SEC-AAAAA-AAAAA", "号码")
