"""Counts due dates by articles 200 to 204 of the PRC Civil Code."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from functions.model.contract.terms import Unit
from functions.model.deadlines.calendar import BusinessHours, Calendar

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Skipped:
    """A day off that was not counted, or on which a period could not end.

    `reason` is `weekend` or the key of the holiday in the calendar's names.
    """

    day: date
    reason: str


@dataclass(frozen=True)
class Due:
    """When a period ends.

    `at` is the first moment after the period: 24:00 of `day` is 00:00 of the next day (article
    203). `provisional` means that holidays not yet published could still move the date.
    """

    at: datetime
    day: date
    provisional: bool
    skipped: tuple[Skipped, ...] = ()


def day_off(day: date, calendar: Calendar) -> str | None:
    """Why `day` is a day off: the holiday's key or `weekend`; None for a working day.

    Make-up working days (调休) are working days. Saturdays and Sundays are rest days by
    article 7 of the State Council's rules on working hours.
    """
    if day in calendar.workdays:
        return None
    if day in calendar.holidays:
        return calendar.holidays[day]
    return "weekend" if day.weekday() >= 5 else None


def due(
    start: datetime,
    value: int,
    unit: Unit,
    calendar: Calendar,
    hours: BusinessHours | None = None,
    within_hours: bool = False,
) -> Due:
    """The end of a period of `value` `unit`s that runs from `start` (local, aware).

    Minutes and hours run by the clock (article 201), or within business hours if `within_hours`
    is set. Otherwise the day of `start` is not counted (201). A month without the corresponding
    day ends on its last day (202). If the last day is a day off, the period ends on the next
    working day; it ends at 24:00, or at closing time (203).
    """
    if unit in ("minute", "hour"):
        length = timedelta(minutes=value) if unit == "minute" else timedelta(hours=value)
        if within_hours and hours is not None:
            return _count_within_hours(start, length, calendar, hours)
        return Due(at=start + length, day=(start + length).date(), provisional=False)
    skipped: list[Skipped] = []
    day = start.date()
    if unit == "working_day":
        left = value
        while left:
            day += _DAY
            if reason := day_off(day, calendar):
                skipped.append(Skipped(day, reason))
            else:
                left -= 1
        known = all(map(calendar.knows, (start.date() + _DAY, day)))
    else:
        day = _find_last_day(day, value, unit)
        first = day
        while reason := day_off(day, calendar):
            skipped.append(Skipped(day, reason))
            day += _DAY
        known = calendar.knows(first) and calendar.knows(day)
    return Due(
        at=_find_end(day, start, hours), day=day, provisional=not known, skipped=tuple(skipped)
    )


def _find_last_day(day: date, value: int, unit: Unit) -> date:
    if unit == "day":
        return day + value * _DAY
    months = day.month - 1 + value * (12 if unit == "year" else 1)
    year, month = day.year + months // 12, months % 12 + 1
    return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))


def _find_end(day: date, start: datetime, hours: BusinessHours | None) -> datetime:
    if hours is not None:
        return datetime.combine(day, hours.closes, start.tzinfo)
    return datetime.combine(day + _DAY, time(), start.tzinfo)


def _count_within_hours(
    start: datetime, length: timedelta, calendar: Calendar, hours: BusinessHours
) -> Due:
    """Counts `length` within the business hours of working days only."""
    skipped: list[Skipped] = []
    day, left = start.date(), length
    while True:
        if reason := day_off(day, calendar):
            skipped.append(Skipped(day, reason))
        else:
            opens = max(datetime.combine(day, hours.opens, start.tzinfo), start)
            closes = datetime.combine(day, hours.closes, start.tzinfo)
            if opens + left <= closes:
                known = calendar.knows(start.date()) and calendar.knows(day)
                return Due(opens + left, day, provisional=not known, skipped=tuple(skipped))
            left -= max(closes - opens, timedelta())
        day += _DAY
