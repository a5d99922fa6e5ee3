"""Defines a length of time or a frequency as a text says it, and when two of them are equal."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal, Protocol, TypeVar

from functions.model.contract.terms import CLOCK_UNITS, SMALLEST, Unit

DurationKind = Literal["duration", "frequency", "named_day"]
"""`duration` is a length, or a frequency with a number (每年四次, every four weeks); `frequency`
is one without (每月, each quarter, annually); `named_day` is 当日, 次日 or "the next working day":
0 or 1 days, but often only the day on which something is done."""

LengthKey = tuple[Fraction | None, str, bool]
"""A key of `same_length`."""

_FULL_WIDTH = str.maketrans(
    {0xFF01 + offset: 0x21 + offset for offset in range(94) if chr(0x21 + offset).isalnum()}
    | {
        "．": ".",
        "％": "%",
        "￥": "¥",
        "＄": "$",
        "￡": "£",
        "－": "-",
        "‐": "-",
        "‑": "-",
    }
)


@dataclass(frozen=True)
class Duration:
    """A length of time as the text says it; `start` and `end` are offsets in the text.

    `value` is None if the words give no exact number, as 两三天; then no limit can equal it. A
    frequency is `value` times in every `every` units. `within_hours` is "4 business hours".
    """

    value: Fraction | None
    unit: Unit
    words: str
    start: int
    end: int
    recurring: bool = False
    every: Fraction = Fraction(1)
    within_hours: bool = False
    kind: DurationKind = "duration"

    @property
    def length(self) -> LengthKey:
        """A key that is equal for equal lengths, such as one hour and 60 minutes."""
        return same_length(self.value, self.unit, self.recurring, self.every)


def same_length(
    value: int | Fraction | None,
    unit: Unit,
    recurring: bool = False,
    every: int | Fraction = 1,
) -> LengthKey:
    """A key: the length in its smallest unit, or how often something is done in that unit.

    A week is 7 days, a quarter 3 months, a year 12; half a month is 15 days. A frequency equals
    only a frequency: twice a year is once in every six months.
    """
    factor, smallest = SMALLEST[unit]
    if value is None:
        return None, smallest, recurring
    if recurring:
        return (Fraction(value) / (factor * every) if every else None), smallest, True
    number, unit = in_unit(Fraction(value), unit)
    factor, smallest = SMALLEST[unit]
    return number * factor, smallest, False


def in_unit(number: Fraction, unit: Unit) -> tuple[Fraction, Unit]:
    """The number in a unit that keeps it whole: half a month is 15 days, half a day 12 hours."""
    if unit in ("month", "year"):
        months = number * SMALLEST[unit][0]
        if months == Fraction(1, 2):
            return Fraction(15), "day"
        return (months / 12, "year") if months % 12 == 0 else (months, "month")
    if unit == "week" and number.denominator != 1:
        number, unit = number * 7, "day"
    if unit == "day" and number.denominator == 2:
        return number * 24, "hour"
    if unit in CLOCK_UNITS:
        minutes = number * SMALLEST[unit][0]
        return (minutes / 60, "hour") if minutes % 60 == 0 else (minutes, "minute")
    return number, unit


def without_repeats(
    read: Iterable[Duration], restates: Callable[[Duration, Duration], bool]
) -> Iterator[Duration]:
    """Each length; one that restates the one before it in brackets is the same occurrence."""
    before: Duration | None = None
    for duration in read:
        if before is not None and restates(before, duration):
            before = replace(before, end=duration.end)
            continue
        if before is not None:
            yield before
        before = duration
    if before is not None:
        yield before


class _Span(Protocol):
    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


_S = TypeVar("_S", bound=_Span)


def first_readings(
    text: str, readers: Sequence[Callable[[str], Iterator[_S]]], taken: Iterable[_Span] = ()
) -> Iterator[_S]:
    """What the readers find, one after the other; what one has read, no later one reads again."""
    read = bytearray(len(text))
    for span in taken:
        read[span.start : span.end] = b"\1" * (span.end - span.start)
    for reader in readers:
        free = [found for found in reader(text) if 1 not in read[found.start : found.end]]
        for found in free:
            read[found.start : found.end] = b"\1" * (found.end - found.start)
        yield from free


def narrow_digits(text: str) -> str:
    """The text with ASCII digits, letters and hyphens for full-width ones; offsets stay."""
    return text.translate(_FULL_WIDTH)
