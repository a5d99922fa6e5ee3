"""Hides small numbers, so that nobody recognises a person, and what would give them away.

A number under `FEW` reads `<5`. Where numbers add up to a whole that is told, a hidden one could be
computed from the others; so further ones are left out until each hidden number may be any of
several, also for those who know this rule. A test tries all small tables.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

FEW = 5
"""Numbers below this one are hidden."""

LEAST_FOR_SHARE = 10
"""Of fewer there is no share, no median and no percentile."""

_LEAST_TO_BOUND = FEW + 2
"""Of fewer, "under five" would leave one or two numbers only."""

Small = Literal["<5"]
SMALL: Small = "<5"

Shown = int | Small | None
"""A number as it is told; None is left out, so that no other one can be computed."""


Bounded = int | str | None
"""As `Shown`, or the least that a number may be: `>=8`."""


def shown(number: int) -> int | Small:
    """A number that adds up to nothing with others."""
    return SMALL if number < FEW else number


def may_be_summed(parts: Iterable[int]) -> bool:
    """Whether the sum may be told where each of the `parts` is told by itself, as `shown`.

    Otherwise who takes the parts from the sum has the small one that is left.
    """
    counts = {str(place): number for place, number in enumerate(parts)}
    small = [place for place, number in counts.items() if number < FEW]
    return not small or sum(counts.values()) < FEW or _protected(counts, small, ())


def summed(parts: Sequence[int]) -> int | str:
    """The sum of parts that are told by themselves; `>=20` where it would tell a small one."""
    if may_be_summed(parts):
        return shown(sum(parts))
    return f">={max(FEW, sum(number for number in parts if number >= FEW))}"


def at_least(told: Bounded) -> Bounded:
    """What is told of some as what there is at least of all; None where that says nothing."""
    if told == SMALL:
        return None
    return f">={told}" if isinstance(told, int) else told


def divided(cells: Mapping[str, int], order: Sequence[str]) -> dict[str, Shown]:
    """The parts of a whole that is told, in the `order` in which they are told.

    `order` has every part that there may be, also those of which there are none, and must not
    depend on the numbers. Those at its end are left out first. All are left out if the whole is
    small, or the small parts cannot be protected otherwise.
    """
    counts = {id: cells.get(id, 0) for id in order}
    whole = sum(counts.values())
    if whole < FEW:
        return dict.fromkeys(order)
    small = [id for id in order if counts[id] < FEW]
    left_out: list[str] = []
    others = iter([id for id in reversed(order) if id not in small])
    while small and not _protected(counts, small, left_out):
        following = next(others, None)
        if following is None:
            return dict.fromkeys(order)
        left_out.append(following)
    return {
        id: SMALL if id in small else None if id in left_out else count
        for id, count in counts.items()
    }


def _protected(counts: Mapping[str, int], small: Sequence[str], left_out: Sequence[str]) -> bool:
    """Whether what all these add up to allows each small part any number below `FEW`.

    What is left out is known to be at least `FEW`.
    """
    free = sum(counts[id] for id in (*small, *left_out)) - FEW * len(left_out)
    most = (FEW - 1) * (len(small) - 1)
    return free >= FEW - 1 and (bool(left_out) or free <= most)


def answered(no_answer: int, whole: int) -> Bounded:
    """How many of those received were answered; `>=8` where the others are few.

    Then fewer than `FEW` have no answer, and it cannot be computed how many. Of very few it is not
    told at all: the words alone would tell the number.
    """
    if whole < FEW:
        return SMALL
    if whole < _LEAST_TO_BOUND:
        return None
    if no_answer < FEW:
        return f">={whole - FEW + 1}"
    return shown(whole - no_answer)


def results_of_answers(
    cells: Mapping[str, int], order: Sequence[str], no_answer: str
) -> dict[str, Shown]:
    """The results of those that were answered, beside the number that `answered` tells.

    `cells` also have how many have `no_answer`.
    """
    if sum(cells.values()) < _LEAST_TO_BOUND:
        return dict.fromkeys(order)
    if cells.get(no_answer, 0) < FEW:
        parts = divided(cells, (no_answer, *order))
        return {id: parts[id] for id in order}
    return divided({id: cells.get(id, 0) for id in order}, order)
