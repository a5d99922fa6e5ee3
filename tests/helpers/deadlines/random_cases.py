"""Periods to count: drawn at random, and those on the edges of years, clocks and laws."""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from functions.model.contract.terms import Unit
from functions.model.deadlines.calendar import BusinessHours
from functions.model.deadlines.counting import Counting, Rules
from tests.helpers.deadlines.calendars import calendar


@dataclass(frozen=True)
class DueCase:
    """A period from `start` (aware, in `zone`) under a law and on a calendar."""

    start: datetime
    value: int
    unit: Unit
    calendar: str
    law: Counting
    zone: str
    hours: BusinessHours | None = None
    within_hours: bool = False

    def __str__(self) -> str:
        return f"{self.zone} {self.start:%Y-%m-%dT%H:%M}+{self.value}{self.unit} {self.law}"


_MOST: dict[Unit, int] = {
    "minute": 5000,
    "hour": 200,
    "day": 400,
    "working_day": 60,
    "week": 60,
    "month": 30,
    "year": 4,
}
_CALENDARS = {
    "Asia/Shanghai": ("CN", "none"),
    "Europe/London": ("GB-ENG", "GB-SCT", "FR", "none"),
    "America/New_York": ("US", "US-NY", "none"),
}
_LAWS: tuple[Counting, ...] = ("cn-civil-code", "eu-1182-71", "plain")
_FIRST, _DAYS = datetime(2001, 1, 1), 29 * 365


def drawn_cases(count: int, seed: int = 20260302) -> list[DueCase]:
    """The same cases in each run."""
    draw = random.Random(seed)
    cases: list[DueCase] = []
    while len(cases) < count:
        zone = draw.choice(list(_CALENDARS))
        code = draw.choice(_CALENDARS[zone])
        units = [unit for unit in _MOST if code != "none" or unit != "working_day"]
        unit = draw.choice(units)
        wall = _FIRST + timedelta(seconds=draw.randrange(_DAYS * 86_400))
        cases.append(
            DueCase(
                start=_existing(wall, zone),
                value=draw.randrange(1, _MOST[unit] + 1),
                unit=unit,
                calendar=code,
                law=draw.choice(_LAWS),
                zone=zone,
            )
        )
    return cases


def _existing(wall: datetime, zone: str) -> datetime:
    """The moment at which a clock shows this time, or would."""
    return datetime.fromtimestamp(wall.replace(tzinfo=ZoneInfo(zone)).timestamp(), ZoneInfo(zone))


@cache
def _rules(code: str, law: Counting) -> Rules:
    return Rules(calendar(code), law=law)


def rules_of(case: DueCase) -> Rules:
    """What the case is counted by; without business hours."""
    return _rules(case.calendar, case.law)


def _edge(
    start: str,
    value: int,
    unit: Unit,
    last_day: str,
    moment: str | None = None,
    provisional: bool = False,
    place: tuple[str, str] = ("CN", "Asia/Shanghai"),
    law: Counting = "cn-civil-code",
) -> tuple[DueCase, date, str | None, bool]:
    calendar, zone = place
    at = datetime.fromisoformat(start).replace(tzinfo=ZoneInfo(zone))
    case = DueCase(at, value, unit, calendar, law, zone)
    return case, date.fromisoformat(last_day), moment, provisional


_LONDON = ("GB-ENG", "Europe/London")
_NEW_YORK = ("US-NY", "America/New_York")

EDGES = (
    # Holidays fixed by law count in a year without a notice; only what is arranged is open.
    _edge("2026-12-30T10:00", 2, "working_day", "2027-01-04", provisional=True),
    _edge("2026-12-29T10:00", 3, "day", "2027-01-04", provisional=True),
    _edge("2027-01-22T10:00", 15, "day", "2027-02-09", provisional=True),
    _edge("2027-02-03T10:00", 2, "working_day", "2027-02-09", provisional=True),
    # The notice for 2019 made 31 December 2018 a day off.
    _edge("2018-12-01T10:00", 30, "day", "2019-01-02"),
    _edge("2026-12-25T10:00", 1, "day", "2026-12-28", provisional=True),
    _edge("2026-12-24T10:00", 1, "day", "2026-12-25"),
    # A calendar that is current: the notice for 2026 moved what was due on 1 January.
    _edge("2025-12-30T10:00", 2, "day", "2026-01-04"),
    # No year of the notices is forgotten.
    _edge("2023-09-20T10:00", 10, "working_day", "2023-10-10"),
    # Other countries have other days off.
    _edge("2026-09-30T10:00", 5, "working_day", "2026-10-07", place=_LONDON),
    _edge("2026-12-22T10:00", 5, "working_day", "2026-12-31", place=_LONDON),
    # Hours and minutes run in UTC, through both changes of the clock.
    _edge("2026-10-31T20:00", 24, "hour", "2026-11-01", "2026-11-01T19:00", place=_NEW_YORK),
    _edge("2026-03-08T01:50", 30, "minute", "2026-03-08", "2026-03-08T03:20", place=_NEW_YORK),
    _edge("2026-03-28T20:00", 24, "hour", "2026-03-29", "2026-03-29T21:00", place=_LONDON),
    # Regulation 1182/71: whole hours, and two working days at least.
    _edge("2026-03-02T10:20", 2, "hour", "2026-03-02", "2026-03-02T13:00", law="eu-1182-71"),
    _edge("2026-12-24T10:00", 2, "day", "2026-12-30", law="eu-1182-71", place=_LONDON),
    # A week ends on the same weekday; one of days off only still has two working days.
    _edge("2026-03-04T10:00", 1, "week", "2026-03-11"),
    _edge("2026-10-01T10:00", 1, "week", "2026-10-09", law="eu-1182-71"),
    # Months end on the corresponding day, else on the last; a plain count does not move.
    _edge("2024-01-31T10:00", 1, "month", "2024-02-29"),
    _edge("2026-01-31T10:00", 1, "month", "2026-02-28", law="plain"),
    _edge("2024-02-29T10:00", 1, "year", "2025-02-28"),
)
