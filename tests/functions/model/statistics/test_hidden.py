"""Small numbers are hidden, and nobody can compute them from what is told."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

import pytest

from functions.model.statistics.hidden import (
    SMALL,
    Shown,
    answered,
    at_least,
    divided,
    results_of_answers,
    shown,
    summed,
)

ORDER = ("a", "b", "c", "d")

Told = tuple[int, int | str | None, tuple[tuple[str, Shown], ...]]
"""What is told of a table: the number received, how many were answered, and their results."""


def tables(width: int, most: int) -> Iterator[dict[str, int]]:
    """Every table of so many cells up to a number."""
    for counts in product(range(most + 1), repeat=width):
        yield dict(zip(ORDER, counts, strict=False))


@pytest.mark.parametrize(("number", "told"), [(0, "<5"), (4, "<5"), (5, 5), (17, 17)])
def test_number_under_five_is_hidden(number: int, told: Shown) -> None:
    """It reads `<5`, none at all too; five is told."""
    assert shown(number) == told


@pytest.mark.parametrize(("width", "most"), [(2, 15), (3, 12), (4, 10)])
def test_no_hidden_part_can_be_computed(width: int, most: int) -> None:
    """Who knows the whole, the other parts and the rule finds at least four numbers for each
    `<5`, and more than one for what is left out, in every table there is.
    """
    order = ORDER[:width]
    possible: defaultdict[object, defaultdict[str, set[int]]] = defaultdict(
        lambda: defaultdict(set)
    )
    told: dict[object, dict[str, Shown]] = {}
    for table in tables(width, most):
        parts = divided(table, order)
        key = (sum(table.values()), tuple(parts.items()))
        told[key] = parts
        for id, count in table.items():
            possible[key][id].add(count)
    complete = {key for key in told if isinstance(key, tuple) and key[0] <= most}
    assert len(complete) > width
    for key in complete:
        for id, part in told[key].items():
            whole = key[0] if isinstance(key, tuple) else 0
            if part == SMALL:
                assert len(possible[key][id]) >= 4, (key, id)
            elif part is None and whole > 0:
                assert len(possible[key][id]) >= 2, (key, id)


def test_large_parts_are_told() -> None:
    """Where no part is small, nothing is hidden."""
    assert divided({"a": 5, "b": 6, "c": 70}, ("a", "b", "c")) == {"a": 5, "b": 6, "c": 70}


def test_last_part_is_left_out_for_a_small_one() -> None:
    """The complement of a small part is left out as well, from the end of the order."""
    cells = {"a": 30, "b": 20, "c": 2}
    assert divided(cells, ("a", "b", "c")) == {"a": 30, "b": None, "c": "<5"}
    assert divided(cells, ("b", "a", "c")) == {"b": 20, "a": None, "c": "<5"}


def test_small_whole_is_not_divided() -> None:
    """Of a whole under five no part is told."""
    assert divided({"a": 3, "b": 1}, ("a", "b")) == {"a": None, "b": None}


@pytest.mark.parametrize(
    ("no_answer", "whole", "told"),
    [(0, 4, "<5"), (0, 6, None), (2, 42, ">=38"), (0, 7, ">=3"), (5, 42, 37), (20, 22, "<5")],
)
def test_answered_never_tells_how_few_are_not(no_answer: int, whole: int, told: int | str) -> None:
    """Where fewer than five have no answer, any number of them from none to four remains."""
    assert answered(no_answer, whole) == told


def test_results_do_not_tell_how_few_have_no_answer() -> None:
    """Nobody finds out, from the number received, how many were answered, and their results, how
    many are open or how many got a result that few got.
    """
    results, no_answer = ("upheld", "not_upheld"), "none"
    possible: defaultdict[Told, list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(range(13), repeat=3):
        cells = dict(zip((*results, no_answer), counts, strict=True))
        whole = sum(counts)
        told = (
            whole,
            answered(cells[no_answer], whole),
            tuple(results_of_answers(cells, results, no_answer).items()),
        )
        possible[told].append(counts)
    for told, found in possible.items():
        whole, count, parts = told
        if not 5 <= whole <= 12:
            continue
        values = [{table[place] for table in found} for place in range(3)]
        for place, (_, part) in enumerate(parts):
            assert part not in (SMALL, None) or len(values[place]) >= 2, (whole, count, parts)
        if not isinstance(count, int):
            assert len(values[2]) >= 3, (whole, count, parts)


def test_sum_tells_no_small_part() -> None:
    """Who subtracts the parts that are told from the sum finds at least four numbers for each small
    one, in every row of numbers there is.
    """
    possible: defaultdict[tuple[int | str, tuple[Shown, ...]], list[tuple[int, ...]]]
    possible = defaultdict(list)
    for row in product(range(13), repeat=3):
        possible[summed(row), tuple(map(shown, row))].append(row)
    for (whole, told), found in possible.items():
        for place, part in enumerate(told):
            values = {row[place] for row in found}
            assert part != SMALL or whole == SMALL or len(values) >= 4, (whole, told)


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ((20, 20, 3), ">=40"),
        ((20, 0, 0), ">=20"),
        ((20, 2, 2, 1), 25),
        ((20, 20), 40),
        ((4, 4), ">=5"),
        ((1, 2), "<5"),
    ],
)
def test_sum_is_told_where_it_may_be(parts: tuple[int, ...], told: int | str) -> None:
    """It is exact unless one part is left to subtract, else it is that of the parts told."""
    assert summed(parts) == told


@pytest.mark.parametrize(
    ("told", "least"), [(12, ">=12"), (">=8", ">=8"), (SMALL, None), (None, None)]
)
def test_least_of_some_is_the_least_of_all(told: int | str | None, least: str | None) -> None:
    """A number under five of some says nothing of all."""
    assert at_least(told) == least
