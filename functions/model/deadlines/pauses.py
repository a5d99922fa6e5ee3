"""Leaves out the time in which a clock was stopped.

In days, the day on which the clock stops still counts, and those after it do not, up to and with
the day on which it goes on. Minutes and hours stop and go on at the moment.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeVar

Moment = TypeVar("Moment", date, datetime)


@dataclass(frozen=True)
class Pause:
    """A time in which the clock was stopped (local, aware)."""

    begins: datetime
    ends: datetime


def is_paused(day: date, pauses: Iterable[Pause]) -> bool:
    """Whether a day does not count."""
    return any(pause.begins.date() < day <= pause.ends.date() for pause in pauses)


def shifted(start: date, end: date, pauses: Iterable[Pause]) -> date:
    """The last day of a period, later by the days in it that did not count."""
    for first, last in _merged((pause.begins.date(), pause.ends.date()) for pause in pauses):
        begins = max(first, start)
        if begins < end and begins < last:
            end += last - begins
    return end


def stopped_for(start: datetime, end: datetime, pauses: Iterable[Pause]) -> datetime:
    """The end of a period on the clock, later by the time in which it was stopped."""
    at = end.astimezone(UTC)
    for first, last in _merged(_in_utc(pauses)):
        begins = max(first, start.astimezone(UTC))
        if begins < at and begins < last:
            at += last - begins
    return at.astimezone(end.tzinfo)


def running(
    begins: datetime, ends: datetime, pauses: Iterable[Pause]
) -> Iterator[tuple[datetime, datetime]]:
    """Yields the parts of a span in which the clock was not stopped, in UTC."""
    at, until = begins.astimezone(UTC), ends.astimezone(UTC)
    for first, last in _merged(_in_utc(pauses)):
        if at < min(first, until):
            yield at, min(first, until)
        at = max(at, last)
    if at < until:
        yield at, until


def _in_utc(pauses: Iterable[Pause]) -> Iterator[tuple[datetime, datetime]]:
    return ((pause.begins.astimezone(UTC), pause.ends.astimezone(UTC)) for pause in pauses)


def _merged(spans: Iterable[tuple[Moment, Moment]]) -> Iterator[tuple[Moment, Moment]]:
    """Yields the spans in order; those that overlap as one."""
    whole: tuple[Moment, Moment] | None = None
    for first, last in sorted(spans):
        if whole is None or first > whole[1]:
            if whole is not None:
                yield whole
            whole = first, last
        else:
            whole = whole[0], max(whole[1], last)
    if whole is not None:
        yield whole
