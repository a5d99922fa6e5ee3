"""Measures how long something took in the unit of its limit."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

from functions.model.contract.limit import Limit
from functions.model.contract.terms import CLOCK_UNITS, Unit
from functions.model.deadlines.calendar import WEEKDAYS, BusinessHours, Calendar
from functions.model.deadlines.pauses import Pause, is_paused, running

TimingUnit = Literal["minute", "day", "working_day"]
"""What times are measured in; hours as minutes, and weeks, months and years as days."""

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


def timing_unit(unit: Unit) -> TimingUnit:
    """What a limit of that unit is measured in."""
    if unit in CLOCK_UNITS:
        return "minute"
    return "working_day" if unit == "working_day" else "day"


def measured_in(limit: Limit) -> TimingUnit | None:
    """What a limit is measured in; None if it ends before an event, or on a day of the year."""
    if limit.length is None or limit.before is not None:
        return None
    return timing_unit(limit.length[1])


def time_taken(
    limit: Limit,
    begins: datetime,
    done: datetime,
    calendar: Calendar,
    hours: BusinessHours | None,
    pauses: Iterable[Pause],
) -> int | None:
    """Whole minutes or days from the beginning (local, aware) of a limit until it was done.

    As in counting its end, the day of the beginning is not counted, a clock that was stopped does
    not run, and minutes `within_hours` run in business hours only. None if the limit ends on a day
    of the year, so that it has no length.
    """
    if limit.length is None:
        return None
    stopped = tuple(pauses)
    unit = timing_unit(limit.length[1])
    if unit == "minute":
        spans = [(begins, done)]
        if limit.within_hours and hours is not None:
            spans = list(_open_spans(begins, done, calendar, hours))
        worked = (
            until - since for first, last in spans for since, until in running(first, last, stopped)
        )
        return sum(worked, timedelta()) // _MINUTE
    count, day = 0, begins.date()
    while day < done.date():
        day += _DAY
        left_out = WEEKDAYS[day.weekday()] in limit.not_counted or is_paused(day, stopped)
        off = unit == "working_day" and calendar.day_off(day) is not None
        count += not (left_out or off)
    return count


def _open_spans(
    begins: datetime, done: datetime, calendar: Calendar, hours: BusinessHours
) -> Iterable[tuple[datetime, datetime]]:
    """The times between both moments at which the office was open."""
    day = begins.date()
    while day <= done.date():
        opening = hours.on(day, calendar.day_off(day))
        for opens, closes in opening.spans if opening else ():
            since = max(datetime.combine(day, opens, begins.tzinfo), begins)
            until = min(datetime.combine(day, closes, begins.tzinfo), done)
            if since < until:
                yield since, until
        day += _DAY
