"""Composed periods drawn at random: extended, stopped, within opening hours, before events."""

import random
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from functions.model.contract.terms import Unit
from functions.model.deadlines.calendar import Break, BusinessHours, Opening, Weekday
from functions.model.deadlines.counting import Counting, Length, Rules
from functions.model.deadlines.pauses import Pause
from tests.helpers.deadlines.calendars import calendar

_PLACES = (
    ("Asia/Shanghai", "CN"),
    ("Europe/London", "GB-ENG"),
    ("Europe/Berlin", "DE-BE"),
    ("America/New_York", "US"),
)
_LAWS: tuple[Counting, ...] = ("cn-civil-code", "eu-1182-71", "plain")
_MOST: dict[Unit, int] = {"day": 90, "working_day": 30, "week": 12, "month": 6, "year": 2}
_NAMES: tuple[Weekday, ...] = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)


@dataclass(frozen=True)
class PeriodCase:
    """Lengths that follow each other from `start` (aware), while no pause stops the clock."""

    start: datetime
    lengths: tuple[tuple[int, Unit], ...]
    calendar: str
    law: Counting
    zone: str
    pauses: tuple[tuple[datetime, datetime], ...] = ()

    @property
    def rules(self) -> Rules:
        """What it is counted by; without business hours."""
        return Rules(calendar(self.calendar), law=self.law)

    @property
    def parts(self) -> tuple[Length, ...]:
        """Its lengths as the functions take them."""
        return tuple(Length(*length) for length in self.lengths)

    @property
    def stops(self) -> tuple[Pause, ...]:
        """Its pauses as the functions take them."""
        return tuple(Pause(*pause) for pause in self.pauses)


@dataclass(frozen=True)
class Week:
    """Opening hours in minutes of the day: on working days, and on weekdays with their own."""

    usual: tuple[tuple[int, int], ...]
    own: dict[int, tuple[tuple[int, int], ...]] = field(default_factory=dict)

    @property
    def hours(self) -> BusinessHours:
        """The same as the functions take them."""
        days = {
            _NAMES[day]: Opening(**_opening(spans)) if spans else "closed"
            for day, spans in self.own.items()
        }
        return BusinessHours(**_opening(self.usual), days=days)


def drawn_periods(count: int, seed: int = 14, pauses: bool = True) -> list[PeriodCase]:
    """A limit and up to two that extend it, in any units, stopped now and then."""
    draw = random.Random(seed)
    cases = []
    for _ in range(count):
        zone, code = draw.choice(_PLACES)
        start = _start(draw, zone)
        units = draw.choices(list(_MOST), k=draw.choice((1, 1, 2, 2, 3)))
        lengths = tuple((draw.randint(1, _MOST[unit]), unit) for unit in units)
        stops = _pauses(draw, start) if pauses and draw.random() < 0.6 else ()
        cases.append(PeriodCase(start, lengths, code, draw.choice(_LAWS), zone, stops))
    return cases


def drawn_before(count: int, seed: int = 15) -> list[PeriodCase]:
    """One length before an event, at `start`."""
    draw = random.Random(seed)
    cases = []
    for _ in range(count):
        zone, code = draw.choice(_PLACES)
        unit = draw.choice(list(_MOST))
        length = (draw.randint(1, _MOST[unit]), unit)
        cases.append(PeriodCase(_start(draw, zone), (length,), code, draw.choice(_LAWS), zone))
    return cases


def drawn_hours(count: int, seed: int = 16, pauses: bool = True) -> list[tuple[PeriodCase, Week]]:
    """Minutes and hours within opening hours with breaks, half days, closed days and Saturdays."""
    draw = random.Random(seed)
    cases = []
    for _ in range(count):
        zone, code = draw.choice(_PLACES)
        start = _start(draw, zone)
        length: tuple[int, Unit] = draw.choice(
            ((draw.randint(1, 900), "minute"), (draw.randint(1, 40), "hour"))
        )
        stops = _pauses(draw, start, days=6) if pauses and draw.random() < 0.5 else ()
        case = PeriodCase(start, (length,), code, draw.choice(_LAWS), zone, stops)
        cases.append((case, _week(draw)))
    return cases


def _start(draw: random.Random, zone: str) -> datetime:
    wall = datetime(2019, 1, 1) + timedelta(minutes=draw.randrange(8 * 525_600))
    at = wall.replace(tzinfo=ZoneInfo(zone)).timestamp()
    return datetime.fromtimestamp(at, ZoneInfo(zone))


def _pauses(
    draw: random.Random, start: datetime, days: int = 90
) -> tuple[tuple[datetime, datetime], ...]:
    """Up to three, some before the start, some overlapping."""
    found = []
    for _ in range(draw.randint(1, 3)):
        begins = start + timedelta(minutes=draw.randrange(-days * 300, days * 1440))
        ends = begins + timedelta(minutes=draw.randrange(days * 500))
        found.append((begins, ends))
    return tuple(found)


def _week(draw: random.Random) -> Week:
    usual = draw.choice(
        (((540, 1020),), ((540, 720), (780, 1080)), ((480, 600), (615, 700), (800, 960)))
    )
    own: dict[int, tuple[tuple[int, int], ...]] = {}
    for day in draw.sample(range(7), draw.randint(0, 3)):
        own[day] = draw.choice((((780, 1020),), ((540, 700), (720, 960))))
    if draw.random() < 0.4:
        own[draw.randrange(5)] = ()
    return Week(usual, own)


def _opening(spans: tuple[tuple[int, int], ...]) -> dict[str, object]:
    closed = pairwise(spans)
    breaks = tuple(Break(begins=_time(a[1]), ends=_time(b[0])) for a, b in closed)
    return {"opens": _time(spans[0][0]), "closes": _time(spans[-1][1]), "breaks": breaks}


def _time(minute: int) -> time:
    return time(minute // 60, minute % 60)
