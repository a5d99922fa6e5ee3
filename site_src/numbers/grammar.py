"""Defines a number as a text says it, and how a language writes numbers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from site_src.lazy_patterns import LazyPattern
from site_src.numbers.durations import Duration

NumberKind = Literal[
    "date",
    "contact",
    "designation",
    "duration",
    "frequency",
    "named_day",
    "time",
    "money",
    "percent",
    "reference",
    "ordinal",
    "count",
]
"""`designation` is a name that contains a number: GB/T 27065, 4S. `reference` is 第 7 条, Stage 1
or the 1） of a list, `ordinal` is 第一级, and `count` is any other Arabic number. `time` is a time
of day, and DurationKind explains `duration`, `frequency` and `named_day`."""

SAME_IN_BOTH: tuple[NumberKind, ...] = ("duration", "time", "money", "percent")
"""Kinds of numbers whose key is the same in Chinese and English."""

DateKey = tuple[int | None, int | None, int | None]
"""Year, month and day of a date; a yearly date has no year, 每月 15 日 neither year nor month."""


@dataclass(frozen=True)
class Number:
    """A number as the text says it; `key` is equal for equal numbers in any notation.

    | kind | key |
    |---|---|
    | duration, frequency, named_day | that of `same_length` |
    | date | DateKey |
    | time | minutes since midnight; 24:00 is 0 |
    | money | the amount and its currency: (750, "EUR") |
    | percent | the amount: 10 |
    | ordinal | the number and what it counts |
    | others | the words without spaces; counts in digits |
    """

    kind: NumberKind
    key: object
    words: str
    start: int
    end: int
    duration: Duration | None = None


Reader = Callable[[str], Iterator[Number]]


@dataclass(frozen=True, eq=False)
class Grammar:
    """How a language writes numbers; `extension` captures a group `number`."""

    dates: Reader
    times: Reader
    amounts: Reader
    durations: Callable[[str], Iterator[Duration]]
    counts: Reader
    ordinals: Reader
    extension: LazyPattern
    reference: LazyPattern
