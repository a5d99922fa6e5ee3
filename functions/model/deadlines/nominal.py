"""Finds the days and moments that lie so much later, days off or not."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta

from functions.model.contract.terms import SMALLEST, Unit


def corresponding(day: date, value: int, unit: Unit) -> date:
    """The day so much later; of months the corresponding day, else the month's last."""
    times, smallest = SMALLEST[unit]
    if smallest == "day":
        return day + timedelta(days=value * times)
    months = day.month - 1 + value * times
    return _in_month(day.year + months // 12, months % 12 + 1, day.day)


def day_of_the_year(start: date, month_day: str) -> date:
    """The next such day (`09-30`) on or after `start`; 29 February is else the month's last."""
    month, day = (int(part) for part in month_day.split("-"))
    this_year = _in_month(start.year, month, day)
    return this_year if this_year >= start else _in_month(start.year + 1, month, day)


def _in_month(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))


def later(start: datetime, length: timedelta) -> datetime:
    """The moment so much later: the clock on the wall may have been changed meanwhile."""
    return (start.astimezone(UTC) + length).astimezone(start.tzinfo)


def next_hour(start: datetime) -> datetime:
    """The hour in which an event falls is not counted (article 3(1))."""
    return later(start.replace(minute=0, second=0, microsecond=0), timedelta(hours=1))
