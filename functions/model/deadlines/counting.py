"""Counts due dates by the law that a policy names.

- `cn-civil-code`: PRC Civil Code, articles 200 to 204;
- `eu-1182-71`: Regulation (EEC, Euratom) No 1182/71, article 3;
- `plain`: the first day is not counted, months end on the corresponding day or the month's last
  one, and a last day off does not move.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Literal

from functions.model.contract.terms import CLOCK_UNITS, SMALLEST, Unit
from functions.model.deadlines.calendar import WEEKDAYS, BusinessHours, Calendar, Weekday
from functions.model.deadlines.nominal import corresponding, day_of_the_year, later, next_hour
from functions.model.deadlines.pauses import Pause, is_paused, running, shifted, stopped_for

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


@dataclass(frozen=True)
class Length:
    """How long a period is; `within_hours` counts minutes and hours in business hours only.

    In days, the weekdays that are `not_counted` are left out.
    """

    value: int
    unit: Unit
    within_hours: bool = False
    not_counted: tuple[Weekday, ...] = ()

    @property
    def family(self) -> tuple[Unit, bool, tuple[Weekday, ...]]:
        """Lengths of one family are added to each other before they are counted."""
        return SMALLEST[self.unit][1], self.within_hours, self.not_counted


def due_after(
    start: datetime,
    lengths: Sequence[Length],
    rules: Rules,
    pauses: Sequence[Pause] = (),
    moves: bool = True,
) -> Due:
    """The end of a period of several lengths, such as a limit and what extends it.

    It runs from `start` (local, aware). Minutes and hours run on the clock, through a change of
    summer time too, or inside business hours where the length says so. The day of `start` is not
    counted in longer units.
    Only the very last day moves. While the clock was stopped (`pauses`), nothing is counted.
    Without `moves` a last day off stays, as in a minimum, which does not end.
    """
    parts = [_sum(list(group)) for _, group in groupby(lengths, key=lambda part: part.family)]
    end = _count(start, parts[0], rules, pauses, moves and len(parts) == 1)
    for index, part in enumerate(parts[1:], 2):
        follows = end.at
        if part.unit not in CLOCK_UNITS:
            follows = datetime.combine(end.day, time(), start.tzinfo)
        before, is_last = end, index == len(parts)
        end = _count(follows, part, rules, pauses, moves and is_last, whole_hours=False)
        skipped = end.skipped if end.moved else before.skipped + end.skipped
        provisional = before.provisional or end.provisional
        end = replace(end, skipped=skipped, provisional=provisional)
    return end


def due_before(event: datetime, value: int, unit: Unit, rules: Rules) -> Due:
    """The last day, or moment, that lies `value` `unit`s before an event (local, aware).

    The event's own day is not counted. A last day off stays: it never moves towards the event.
    """
    if unit in CLOCK_UNITS:
        at = later(event, -value * (timedelta(minutes=1) if unit == "minute" else _HOUR))
        return Due(at, at.date(), provisional=False)
    if unit != "working_day":
        day = corresponding(event.date(), -value, unit)
        return Due(_end_of(day, event, rules), day, provisional=False)
    calendar, skipped = rules.calendar, list[Skipped]()
    day, left = event.date(), value
    while left:
        day -= _DAY
        if reason := calendar.day_off(day):
            skipped.append(Skipped(day, reason))
        else:
            left -= 1
    known = all(map(calendar.knows, (day, event.date() - _DAY)))
    return Due(_end_of(day, event, rules), day, not known, tuple(reversed(skipped)))


def due_by(start: datetime, month_day: str, rules: Rules) -> Due:
    """The end of the next such day of the year (`09-30`) on or after `start` (local, aware)."""
    return _move(day_of_the_year(start.date(), month_day), start, rules)


def _sum(parts: list[Length]) -> Length:
    """One length of several, counted at once."""
    first = parts[0]
    if len(parts) == 1:
        return first
    if all(part.unit == first.unit for part in parts):
        return replace(first, value=sum(part.value for part in parts))
    value = sum(part.value * SMALLEST[part.unit][0] for part in parts)
    return replace(first, value=value, unit=SMALLEST[first.unit][1])


def _count(
    start: datetime,
    length: Length,
    rules: Rules,
    pauses: Sequence[Pause],
    moves: bool,
    whole_hours: bool = True,
) -> Due:
    """The end of one length.

    Without `moves`, of one that another follows or of a minimum. Only from an event do hours
    begin with the next whole one.
    """
    value, unit = length.value, length.unit
    if unit in CLOCK_UNITS:
        span = value * (timedelta(minutes=1) if unit == "minute" else _HOUR)
        if length.within_hours and rules.hours is not None:
            return _within_hours(start, span, rules.calendar, rules.hours, pauses)
        if rules.law == "eu-1182-71" and unit == "hour" and whole_hours:
            start = next_hour(start)
        end = stopped_for(start, later(start, span), pauses)
        return Due(at=end, day=end.date(), provisional=False)
    if unit == "working_day":
        return _working_days(start, value, rules, pauses)
    return _days(start, length, rules, pauses, moves)


def _working_days(start: datetime, value: int, rules: Rules, pauses: Sequence[Pause]) -> Due:
    """The day after `start` is the first that counts, if it is worked.

    None at all is the day of `start` itself, or the next that is worked.
    """
    calendar, skipped = rules.calendar, list[Skipped]()
    day, left = start.date(), value
    if not value and calendar.day_off(day):
        skipped.append(Skipped(day, str(calendar.day_off(day))))
        left = 1
    while left:
        day += _DAY
        if is_paused(day, pauses):
            continue
        if reason := calendar.day_off(day):
            skipped.append(Skipped(day, reason))
        else:
            left -= 1
    known = all(map(calendar.knows, (min(start.date() + _DAY, day), day)))
    return Due(_end_of(day, start, rules), day, not known, tuple(skipped))


def _days(
    start: datetime,
    length: Length,
    rules: Rules,
    pauses: Sequence[Pause],
    moves: bool,
) -> Due:
    """A last day off moves to the next working day, unless the counting is plain."""
    value, unit = length.value, length.unit
    nominal = shifted(start.date(), corresponding(start.date(), value, unit), pauses)
    if length.not_counted:
        nominal = _without(start.date(), length, pauses)
    if not moves:
        return Due(_end_of(nominal, start, rules), nominal, provisional=False)
    least = None
    if rules.law == "eu-1182-71" and (value >= 2 or unit != "day"):
        least = _second_working_day(start.date(), rules.calendar, pauses)
    return _move(nominal, start, rules, least)


def _without(day: date, length: Length, pauses: Sequence[Pause]) -> date:
    """The last of so many days, without the weekdays that are not counted."""
    left = length.value
    while left:
        day += _DAY
        left -= WEEKDAYS[day.weekday()] not in length.not_counted and not is_paused(day, pauses)
    return day


def _move(first: date, start: datetime, rules: Rules, least: date | None = None) -> Due:
    """The last day, moved as the law says; `least` is the earliest that article 3(5) allows."""
    calendar, skipped = rules.calendar, list[Skipped]()
    if rules.law == "plain":
        return Due(_end_of(first, start, rules), first, provisional=False)
    day = max(first, least or first)
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


def _second_working_day(start: date, calendar: Calendar, pauses: Sequence[Pause]) -> date:
    """Any period of two days or more includes at least two working days (article 3(5))."""
    day, left = start, 2
    while left:
        day += _DAY
        left -= calendar.day_off(day) is None and not is_paused(day, pauses)
    return day


def _end_of(day: date, start: datetime, rules: Rules) -> datetime:
    """Closing time ends a day under the Civil Code (article 203), midnight under any law."""
    if rules.hours is not None and rules.law == "cn-civil-code":
        opening = rules.hours.on(day, rules.calendar.day_off(day))
        # What begins after closing time, and ends on that day, has until midnight.
        is_past = day == start.date() and opening is not None and start.time() >= opening.closes
        if opening is not None and not is_past:
            return datetime.combine(day, opening.closes, start.tzinfo)
    return datetime.combine(day + _DAY, time(), start.tzinfo)


def _within_hours(
    start: datetime,
    length: timedelta,
    calendar: Calendar,
    hours: BusinessHours,
    pauses: Sequence[Pause],
) -> Due:
    """Runs `length` off through the opening hours, while the clock is not stopped."""
    skipped: list[Skipped] = []
    day, left = start.date(), length
    while True:
        day_off = calendar.day_off(day)
        opening = hours.on(day, day_off)
        if opening is None and day_off:
            skipped.append(Skipped(day, day_off))
        for opens, closes in opening.spans if opening else ():
            begins = max(datetime.combine(day, opens, start.tzinfo), start)
            ends = datetime.combine(day, closes, start.tzinfo)
            for free, until in running(begins, ends, pauses):
                if left <= until - free:
                    known = calendar.knows(start.date()) and calendar.knows(day)
                    at = (free + left).astimezone(start.tzinfo)
                    return Due(at, day, not known, tuple(skipped))
                left -= until - free
        day += _DAY
