"""The table of hand-counted periods, `counting_cases.json`, which both clocks are held to.

`start` and `at` are local time in Shanghai. `skipped` lists runs of days that were not
counted, each with its first day, its last one and the reason. Without `at` the last day ends
at 24:00, without `provisional` nothing can move it.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from functions.model.contract.terms import Unit
from functions.model.deadlines.calendar import BusinessHours, Calendar
from functions.model.deadlines.counting import Counting, Due, Rules, Skipped
from site_src.compile.calendars import CHINA, calendar, statutory
from tests.helpers.deadlines.one_length import due

LAST = 2026
"""The last year whose arrangement the table was counted on, whichever were published since."""


def _known() -> Calendar:
    china = calendar(CHINA)
    return china.model_copy(
        update={
            "last": LAST,
            "open_from": date(LAST, 12, 26),
            "workdays": tuple(day for day in china.workdays if day.year <= LAST),
            "holidays": {
                day: name
                for day, name in china.holidays.items()
                if day.year <= LAST or day in statutory(day.year)
            },
        }
    )


CALENDAR = _known()

BY_HAND = "by hand"
"""The name of that calendar, which is none of the site's."""

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
    calendar: str = BY_HAND
    law: Counting = "cn-civil-code"
    zone: str = "Asia/Shanghai"

    def __str__(self) -> str:
        return f"{self.start:%Y-%m-%dT%H:%M}+{self.value}{self.unit}"

    def counted(self) -> Due:
        """What `functions.model.deadlines.counting` makes of it."""
        rules = Rules(CALENDAR, self.hours)
        return due(self.start, self.value, self.unit, rules, self.within_hours)


def read_cases() -> tuple[ClockCase, ...]:
    """The table."""
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
            moved=row["unit"] in ("day", "month", "year") and "skipped" in row,
        ),
    )


def _moment(local: str) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=ZONE)


def _run(first: str, last: str, reason: str) -> list[Skipped]:
    start, days = date.fromisoformat(first), date.fromisoformat(last) - date.fromisoformat(first)
    return [Skipped(start + n * _DAY, reason) for n in range(days.days + 1)]
