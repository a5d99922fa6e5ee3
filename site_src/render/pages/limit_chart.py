"""Computes the chart of time limits: a bar for each, grouped by the event it starts from."""

from dataclasses import dataclass
from itertools import groupby
from math import log

from functions.model.contract.terms import Unit
from functions.model.pages.vocabulary import Vocabulary
from functions.model.text import Text
from site_src.compile.limit_words import limit_start
from site_src.policy.model.limits import LimitFact
from site_src.policy.model.policy import Policy

_MINUTES: dict[Unit, int] = {
    "minute": 1,
    "hour": 60,
    "day": 1440,
    "working_day": 1440 * 7 // 5,
    "week": 1440 * 7,
    "month": 1440 * 30,
    "year": 1440 * 365,
}


@dataclass(frozen=True)
class Bar:
    """A limit and its width in percent, on a logarithmic scale."""

    limit: LimitFact
    width: int


@dataclass(frozen=True)
class Group:
    """The limits that start from one event, in words, in the order of the procedure."""

    starts: str
    bars: tuple[Bar, ...]


def timeline(policy: Policy, words: Vocabulary) -> tuple[Group, ...]:
    """The groups of a policy's limits, in order of their first appearance."""
    once = [limit for limit in policy.limits if limit.length and not limit.recurring]
    longest = max((_minutes(limit) for limit in once), default=0)
    starts = {limit.id: limit_start(policy, limit, words, Text.marked) for limit in once}
    order = list(dict.fromkeys(starts.values()))
    limits = sorted(once, key=lambda limit: order.index(starts[limit.id]))
    return tuple(
        Group(start, tuple(Bar(limit, _width(_minutes(limit), longest)) for limit in group))
        for start, group in groupby(limits, key=lambda limit: starts[limit.id])
    )


def _minutes(limit: LimitFact) -> int:
    """Roughly how long it takes; a day of the year has no length."""
    if limit.length is None:
        return 0
    value, unit = limit.length
    return value * _MINUTES[unit]


def _width(minutes: int, longest: int) -> int:
    return max(6, round(100 * log(1 + minutes) / log(1 + max(longest, 1))))
