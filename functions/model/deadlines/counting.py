"""Counts due dates by the law that a policy names.

- `cn-civil-code`: PRC Civil Code, articles 200 to 204;
- `eu-1182-71`: Regulation (EEC, Euratom) No 1182/71, article 3;
- `plain`: the first day is not counted, months end on the corresponding day or the month's last
  one, and a last day off does not move.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from functions.model.contract.terms import Unit
from functions.model.deadlines.calendar import BusinessHours, Calendar

Counting = Literal["cn-civil-code", "eu-1182-71", "plain"]

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)


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

    `at` is the first moment after the period: 24:00 of `day` is 00:00 of the next day (Civil Code,
    article 203). `provisional` means that days off which this site does not know yet could still
    move the date. `moved` means that the days in `skipped` follow the last day, which would have
    been before them; otherwise they lie inside the period and were not counted.
    """

    at: datetime
    day: date
    provisional: bool
    skipped: tuple[Skipped, ...] = ()
    moved: bool = False


@dataclass(frozen=True)
class Rules:
    """What a date is counted by: the law, the days off and the hours of an organisation."""

    calendar: Calendar
    hours: BusinessHours | None = None
    law: Counting = "cn-civil-code"


def due(start: datetime, value: int, unit: Unit, rules: Rules, within_hours: bool = False) -> Due:
    """The end of a period of `value` `unit`s that runs from `start` (local, aware).

    Minutes and hours run on the clock, through a change of summer time too, or inside business
    hours where `within_hours` is set. The day of `start` is not counted in longer units.
    """
    if unit in ("minute", "hour"):
        length = value * (timedelta(minutes=1) if unit == "minute" else _HOUR)
        if within_hours and rules.hours is not None:
            return _within_hours(start, length, rules.calendar, rules.hours)
        if rules.law == "eu-1182-71" and unit == "hour":
            start = _next_hour(start)
        end = _later(start, length)
        return Due(at=end, day=end.date(), provisional=False)
    if unit == "working_day":
        return _working_days(start, value, rules)
    return _days(start, value, unit, rules)


def _working_days(start: datetime, value: int, rules: Rules) -> Due:
    """The day after `start` is the first that counts, if it is worked."""
    calendar, skipped = rules.calendar, list[Skipped]()
    day, left = start.date(), value
    while left:
        day += _DAY
        if reason := calendar.day_off(day):
            skipped.append(Skipped(day, reason))
        else:
            left -= 1
    known = all(map(calendar.knows, (start.date() + _DAY, day)))
    return Due(_end_of(day, start, rules), day, not known, tuple(skipped))


def _days(start: datetime, value: int, unit: Unit, rules: Rules) -> Due:
    """A last day off moves to the next working day, unless the counting is plain."""
    calendar, skipped = rules.calendar, list[Skipped]()
    first = day = _corresponding(start.date(), value, unit)
    if rules.law == "plain":
        return Due(_end_of(day, start, rules), day, provisional=False)
    if rules.law == "eu-1182-71" and value >= 2:
        day = max(day, _second_working_day(start.date(), calendar))
    while reason := calendar.day_off(day):
        skipped.append(Skipped(day, reason))
        day += _DAY
    known = calendar.knows(first) and calendar.knows(day)
    if day > first and not skipped:  # article 3(5) alone has moved it
        skipped = [
            Skipped(passed, reason)
            for passed in (first + n * _DAY for n in range((day - first).days))
            if (reason := calendar.day_off(passed))
        ]
    return Due(_end_of(day, start, rules), day, not known, tuple(skipped), moved=day > first)


def _second_working_day(start: date, calendar: Calendar) -> date:
    """Any period of two days or more includes at least two working days (article 3(5))."""
    day, left = start, 2
    while left:
        day += _DAY
        left -= calendar.day_off(day) is None
    return day


def _corresponding(day: date, value: int, unit: Unit) -> date:
    """The last day before it moves; of months the corresponding day, else the month's last."""
    if unit == "day":
        return day + value * _DAY
    months = day.month - 1 + value * (12 if unit == "year" else 1)
    year, month = day.year + months // 12, months % 12 + 1
    return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))


def _end_of(day: date, start: datetime, rules: Rules) -> datetime:
    """Closing time ends a day under the Civil Code (article 203), midnight under any law."""
    if rules.hours is not None and rules.law == "cn-civil-code":
        return datetime.combine(day, rules.hours.closes, start.tzinfo)
    return datetime.combine(day + _DAY, time(), start.tzinfo)


def _later(start: datetime, length: timedelta) -> datetime:
    """The moment so much later: the clock on the wall may have been changed meanwhile."""
    return (start.astimezone(UTC) + length).astimezone(start.tzinfo)


def _next_hour(start: datetime) -> datetime:
    """The hour in which an event falls is not counted (article 3(1))."""
    return _later(start.replace(minute=0, second=0, microsecond=0), _HOUR)


def _within_hours(
    start: datetime, length: timedelta, calendar: Calendar, hours: BusinessHours
) -> Due:
    """Runs `length` off through the opening hours of working days only."""
    skipped: list[Skipped] = []
    day, left = start.date(), length
    while True:
        if reason := calendar.day_off(day):
            skipped.append(Skipped(day, reason))
        else:
            opens = max(datetime.combine(day, hours.opens, start.tzinfo), start)
            closes = datetime.combine(day, hours.closes, start.tzinfo)
            open_for = closes.astimezone(UTC) - opens.astimezone(UTC)
            if left <= open_for:
                known = calendar.knows(start.date()) and calendar.knows(day)
                return Due(_later(opens, left), day, not known, tuple(skipped))
            left -= max(open_for, timedelta())
        day += _DAY
