"""Reads the hand-counted periods of `counting_cases.json`, which test both implementations.

`start` and `at` are local time in Shanghai. `skipped` lists runs of days that do not count, each
with its first day, its last day and the reason. Without `at` the period ends at 24:00 of the last
day. Without `provisional` no later calendar can move it.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from functions.model.contract.terms import Unit
from functions.model.deadlines.calendar import BusinessHours
from functions.model.deadlines.counting import Due, Skipped, due
from site_src.compile.holidays import published

CALENDAR = published(2024, 2026)
"""The calendar of the years that the table was counted on, whichever were published since."""

ZONE = ZoneInfo("Asia/Shanghai")

_TABLE = Path(__file__).with_name("counting_cases.json")
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class ClockCase:
    """A period and how it must end."""

    why: str
    start: datetime
    value: int
    unit: Unit
    hours: BusinessHours | None
    within_hours: bool
    expected: Due

    def __str__(self) -> str:
        return f"{self.start:%Y-%m-%dT%H:%M}+{self.value}{self.unit}"

    def counted(self) -> Due:
        """Returns the result of `functions.model.deadlines.counting`."""
        return due(self.start, self.value, self.unit, CALENDAR, self.hours, self.within_hours)


def read_cases() -> tuple[ClockCase, ...]:
    """Returns the rows of the table."""
    return tuple(_case(row) for row in json.loads(_TABLE.read_text(encoding="utf-8")))


def _case(row: dict[str, Any]) -> ClockCase:
    opens, closes = row.get("hours", (None, None))
    last_day = date.fromisoformat(row["last_day"])
    midnight = datetime.combine(last_day + _DAY, time(), ZONE)
    return ClockCase(
        why=row["why"],
        start=_moment(row["start"]),
        value=row["value"],
        unit=row["unit"],
        hours=BusinessHours(opens=opens, closes=closes) if opens else None,
        within_hours=row.get("within_hours", False),
        expected=Due(
            at=_moment(row["at"]) if "at" in row else midnight,
            day=last_day,
            provisional=row.get("provisional", False),
            skipped=tuple(skip for run in row.get("skipped", ()) for skip in _run(*run)),
        ),
    )


def _moment(local: str) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=ZONE)


def _run(first: str, last: str, reason: str) -> list[Skipped]:
    start, days = date.fromisoformat(first), date.fromisoformat(last) - date.fromisoformat(first)
    return [Skipped(start + n * _DAY, reason) for n in range(days.days + 1)]
