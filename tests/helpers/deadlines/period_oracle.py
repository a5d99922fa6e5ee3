"""Ends of composed periods worked out a second time: what extends, stops or ends before an event.

It shares no code with what it judges: days are listed one by one and looked up in sets, months are
tried from the last possible day, opening hours are gone through minute by minute.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from tests.helpers.deadlines.oracle import ONE, is_holiday, works
from tests.helpers.deadlines.random_periods import PeriodCase, Week

_MONTHS = {"month": 1, "year": 12}
_DAYS = {"day": 1, "week": 7}


def last_day(case: PeriodCase) -> date:
    """The last day of a period in days, weeks, months, years or working days."""
    today = case.start.date()
    stopped = _stopped_days(case.pauses)
    day, moved_from = today, today
    for unit, value in _added_up(case.lengths):
        moved_from = day
        if unit == "working_day":
            ahead = [day + n * ONE for n in range(1, value * 4 + 500)]
            counted = [each for each in ahead if works(case.calendar, each)]
            day = [each for each in counted if each not in stopped][value - 1]
        else:
            day = _put_off(day, _later(day, value, unit), stopped)
    unit, value = _added_up(case.lengths)[-1]
    if unit == "working_day" or case.law == "plain":
        return day
    if case.law == "eu-1182-71" and (unit, value) != ("day", 1):
        ahead = [moved_from + n * ONE for n in range(1, 600)]
        worked = [each for each in ahead if works(case.calendar, each) and each not in stopped]
        day = max(day, worked[1])
    while not works(case.calendar, day):
        day += ONE
    return day


def last_day_before(case: PeriodCase) -> date:
    """The last day that is so long before an event."""
    ((value, unit),) = case.lengths
    event = case.start.date()
    if unit == "working_day":
        behind = [event - n * ONE for n in range(1, value * 4 + 60)]
        return [each for each in behind if works(case.calendar, each)][value - 1]
    return _later(event, -value, unit)


def last_day_by(start: date, month: int, day: int, calendar: str, law: str) -> date:
    """The next such day of the year, from `start` on."""
    found = start
    while (found.month, found.day) != (month, day):
        found += ONE
    while law != "plain" and not works(calendar, found):
        found += ONE
    return found


def moment(case: PeriodCase, week: Week) -> datetime:
    """When so many minutes of opening hours have passed, minute by minute."""
    ((value, unit),) = case.lengths
    left = value * (60 if unit == "hour" else 1)
    place = ZoneInfo(case.zone)
    at = int(case.start.timestamp()) // 60
    stops = [(int(a.timestamp()) // 60, int(b.timestamp()) // 60) for a, b in case.pauses]
    while left:
        local = datetime.fromtimestamp(at * 60, UTC).astimezone(place)
        minute = local.hour * 60 + local.minute
        is_open = any(a <= minute < b for a, b in _spans(case.calendar, local.date(), week))
        if is_open and not any(a <= at < b for a, b in stops):
            left -= 1
        at += 1
    return datetime.fromtimestamp(at * 60, UTC)


def _spans(calendar: str, day: date, week: Week) -> tuple[tuple[int, int], ...]:
    """The minutes of a day at which an office opens and closes."""
    if day.weekday() in week.own and (works(calendar, day) or _mere_weekend(calendar, day)):
        return week.own[day.weekday()]
    return week.usual if works(calendar, day) else ()


def _mere_weekend(calendar: str, day: date) -> bool:
    if day.weekday() < 5 or is_holiday(calendar, day):
        return False
    # China's notices name whole runs of days off, weekends in them included.
    run = [day]
    for step in (ONE, -ONE):
        while calendar == "CN" and not works(calendar, run[-1] + step):
            run.append(run[-1] + step)
        run.append(day)
    return not any(is_holiday(calendar, each) for each in run)


def _stopped_days(pauses: Iterable[tuple[datetime, datetime]]) -> set[date]:
    """The days after the one on which a clock stops, with the one on which it goes on."""
    return {a.date() + n * ONE for a, b in pauses for n in range(1, (b.date() - a.date()).days + 1)}


def _added_up(lengths: tuple[tuple[int, str], ...]) -> list[tuple[str, int]]:
    """Lengths side by side of which one is a multiple of the other are one length."""
    found: list[tuple[str, int]] = []
    for value, unit in lengths:
        kin = "day" if unit == "week" else "month" if unit == "year" else unit
        times = 7 if unit == "week" else 12 if unit == "year" else 1
        if len(lengths) == 1:
            return [(unit, value)]
        if found and found[-1][0] == kin:
            found[-1] = (kin, found[-1][1] + value * times)
        else:
            found.append((kin, value * times))
    return found


def _put_off(start: date, end: date, stopped: set[date]) -> date:
    """As many days later as were stopped until then, those that this adds included."""
    late = end
    while True:
        days = sum(start < day <= late for day in stopped)
        if end + days * ONE == late:
            return late
        late = end + days * ONE


def _later(day: date, value: int, unit: str) -> date:
    if unit in _DAYS:
        return date.fromordinal(day.toordinal() + value * _DAYS[unit])
    year, month = divmod(day.year * 12 + day.month - 1 + value * _MONTHS[unit], 12)
    for number in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(number, day.day))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
