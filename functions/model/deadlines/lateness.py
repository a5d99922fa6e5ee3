"""How late something is, in the unit of its limit."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from functions.model.contract.limit import Limit
from functions.model.contract.terms import Unit
from functions.model.deadlines.calendar import Calendar


@dataclass(frozen=True)
class Lateness:
    """How late something is, in the unit of its limit: minutes, days or working days.

    `calendar_days` counts every day of it, for limits in days.
    """

    value: int
    unit: Unit
    calendar_days: int = 0


def lateness(
    limit: Limit, due: datetime, last_day: date, at: datetime, calendar: Calendar
) -> Lateness:
    """How late `at` is for a limit that ended before it, in the unit of the limit."""
    if limit.is_exact:
        return Lateness(int((at - due).total_seconds()) // 60, "minute")
    days = [last_day + timedelta(days=n) for n in range(1, (at.date() - last_day).days + 1)]
    if limit.unit == "working_day":
        worked = sum(calendar.day_off(day) is None for day in days)
        return Lateness(worked, "working_day", len(days))
    return Lateness(len(days), "day", len(days))
