"""Computes the chart of time limits: a bar for each, grouped by the event it starts from."""

from dataclasses import dataclass
from itertools import groupby
from math import log

from functions.model.contract.terms import Unit
from functions.model.pages.vocabulary import Vocabulary
from site_src.policy.model import LimitFact, Policy

_MINUTES: dict[Unit, int] = {
    "minute": 1,
    "hour": 60,
    "day": 1440,
    "working_day": 1440 * 7 // 5,
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
    once = [limit for limit in policy.limits if not limit.recurring]
    longest = max((_minutes(limit) for limit in once), default=0)
    order = list(dict.fromkeys(words.start(limit) for limit in once))
    limits = sorted(once, key=lambda limit: order.index(words.start(limit)))
    return tuple(
        Group(starts, tuple(Bar(limit, _width(_minutes(limit), longest)) for limit in group))
        for starts, group in groupby(limits, key=words.start)
    )


def _minutes(limit: LimitFact) -> int:
    return limit.value * _MINUTES[limit.unit]


def _width(minutes: int, longest: int) -> int:
    return max(6, round(100 * log(1 + minutes) / log(1 + longest)))
