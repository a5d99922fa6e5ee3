"""Due dates worked out a second time, from the texts of the laws and the `holidays` library.

It shares no code with what it judges: it counts days one by one, in sets of working days, and adds
seconds since 1970 for hours.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

ONE = timedelta(days=1)
FIRST_NOTICE, LAST_NOTICE = 2001, 2026
"""China's cabinet has arranged these years, as far as the library knows."""


@dataclass(frozen=True)
class Answer:
    """The last day, the first moment after the period (UTC), and whether it may still move."""

    last_day: date
    at: datetime
    provisional: bool


@cache
def works(calendar: str, day: date) -> bool:
    """Whether people work on that day."""
    if calendar == "none":
        return True
    if calendar == "CN":
        return _works_in_china(day)
    return day.weekday() < 5 and day not in _table(calendar, day.year)


@cache
def _table(calendar: str, year: int, arranged: bool = True) -> holidays.HolidayBase:
    country, _, part = calendar.partition("-")
    return holidays.country_holidays(country, part or None, years=year, observed=arranged)


def is_holiday(calendar: str, day: date) -> bool:
    """Whether the day is one of the library's holidays, whatever day of the week it is."""
    return calendar != "none" and day in _table(calendar, day.year)


def _works_in_china(day: date) -> bool:
    arranged = FIRST_NOTICE <= day.year <= LAST_NOTICE
    years = [year for year in (day.year, day.year + 1) if FIRST_NOTICE <= year <= LAST_NOTICE]
    if any(day in _table("CN", year).weekend_workdays for year in years):
        return True
    # Without a notice, only the days that the law itself names are off.
    return day.weekday() < 5 and day not in _table("CN", day.year, arranged)


def certain(calendar: str, day: date) -> bool:
    """Whether no arrangement that is still to come can change what that day is."""
    if calendar == "CN":
        return date(FIRST_NOTICE, 1, 1) <= day < date(LAST_NOTICE, 12, 26)
    return calendar == "none" or 2001 <= day.year <= 2045


def oracle(start: datetime, value: int, unit: str, calendar: str, law: str, zone: str) -> Answer:
    """When a period of `value` `unit`s from `start` (aware) ends; without business hours."""
    place = ZoneInfo(zone)
    local = start.astimezone(place)
    if unit in ("minute", "hour"):
        return _on_the_clock(local, value, unit, law, place)
    today = local.date()
    if unit == "working_day":
        worked = [today + n * ONE for n in range(1, value * 4 + 40)]
        last = [day for day in worked if works(calendar, day)][value - 1]
        sure = certain(calendar, today + ONE) and certain(calendar, last)
        return _midnight(last, place, not sure)
    plain = _calendar_end(today, value, unit)
    if law == "plain":
        return _midnight(plain, place, provisional=False)
    last = plain
    if law == "eu-1182-71" and (value, unit) != (1, "day"):
        later = [today + n * ONE for n in range(1, 60)]
        last = max(last, [day for day in later if works(calendar, day)][1])
    while not works(calendar, last):
        last += ONE
    return _midnight(last, place, not (certain(calendar, plain) and certain(calendar, last)))


def _on_the_clock(local: datetime, value: int, unit: str, law: str, place: ZoneInfo) -> Answer:
    seconds = int(local.timestamp())
    if law == "eu-1182-71" and unit == "hour":
        # Zones that differ from UTC by half hours begin their hours on the half.
        offset = int((local.utcoffset() or timedelta()).total_seconds())
        seconds = ((seconds + offset) // 3600 + 1) * 3600 - offset
    seconds += value * (60 if unit == "minute" else 3600)
    at = datetime.fromtimestamp(seconds, UTC)
    return Answer(at.astimezone(place).date(), at, provisional=False)


def _calendar_end(day: date, value: int, unit: str) -> date:
    if unit in ("day", "week"):
        return date.fromordinal(day.toordinal() + (value if unit == "day" else 7 * value))
    months = value * 12 if unit == "year" else value
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in (day.day, 30, 29, 28):
        if number <= day.day:
            try:
                return date(year, month + 1, number)
            except ValueError:
                continue
    raise AssertionError("every month has 28 days")


def _midnight(last: date, place: ZoneInfo, provisional: bool) -> Answer:
    tomorrow = last + ONE
    midnight = datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=place)
    return Answer(last, midnight.astimezone(UTC), provisional)
