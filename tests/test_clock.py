"""Due dates against cases counted by hand, and properties that hold for every date."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.clock import day_off, due
from functions.contract import BusinessHours, Unit
from site_src.holidays import calendar

CALENDAR = calendar()
ZONE = ZoneInfo("Asia/Shanghai")


def at(day: str, clock: str = "10:00") -> datetime:
    """A moment in Shanghai."""
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), ZONE)


@pytest.mark.parametrize(
    ("start", "value", "unit", "last_day"),
    [
        # Plain counting: the first day is not counted (article 201).
        ("2026-03-02", 3, "day", "2026-03-05"),
        ("2026-03-02", 5, "working_day", "2026-03-09"),
        # A last day on a weekend moves to Monday (203).
        ("2026-03-04", 3, "day", "2026-03-09"),
        # Spring Festival 2024: off 10 to 17 February, work on Sundays 4 and 18 February.
        ("2024-02-08", 2, "working_day", "2024-02-18"),
        ("2024-02-08", 5, "day", "2024-02-18"),
        ("2024-02-02", 1, "working_day", "2024-02-04"),
        # Spring Festival 2025: off 28 January to 4 February, work on 26 January and 8 February.
        ("2025-01-24", 3, "working_day", "2025-02-05"),
        ("2025-01-24", 7, "working_day", "2025-02-10"),
        ("2025-01-24", 6, "working_day", "2025-02-08"),
        # Spring Festival 2026: off 15 to 23 February, work on 14 and 28 February.
        ("2026-02-13", 2, "working_day", "2026-02-24"),
        ("2026-02-27", 1, "working_day", "2026-02-28"),
        # National Day 2024: off 1 to 7 October, work on 29 September and 12 October.
        ("2024-09-27", 3, "working_day", "2024-10-08"),
        # National Day 2025: off 1 to 8 October, work on 28 September and 11 October.
        ("2025-09-26", 4, "working_day", "2025-10-09"),
        ("2025-09-26", 6, "working_day", "2025-10-11"),
        ("2025-09-26", 7, "day", "2025-10-09"),
        # National Day 2026: off 1 to 7 October, work on 20 September and 10 October.
        ("2026-09-18", 1, "working_day", "2026-09-20"),
        ("2026-09-30", 3, "working_day", "2026-10-10"),
        ("2026-09-30", 1, "month", "2026-10-30"),
        # Months and years end on the corresponding day, else the month's last (202).
        ("2024-01-31", 1, "month", "2024-02-29"),
        ("2025-12-31", 2, "month", "2026-02-28"),
        ("2024-02-29", 1, "year", "2025-02-28"),
        ("2026-03-10", 2, "month", "2026-05-11"),
        ("2026-03-31", 1, "month", "2026-04-30"),
    ],
)
def test_counted_by_hand(start: str, value: int, unit: Unit, last_day: str) -> None:
    """Each period ends on the day that was counted by hand on the published calendar."""
    assert due(at(start), value, unit, CALENDAR).day.isoformat() == last_day


def test_last_day_ends_at_midnight() -> None:
    """The last day ends at 24:00 (article 203), whatever the time of day at the start."""
    assert due(at("2026-03-02", "23:59"), 3, "day", CALENDAR).at == at("2026-03-06", "00:00")


def test_last_day_ends_at_closing_time() -> None:
    """Where there are business hours the last day ends when they do (article 203)."""
    hours = BusinessHours(opens=time(9), closes=time(17))
    ends = due(at("2026-03-02"), 3, "day", CALENDAR, hours)
    assert ends.at == at("2026-03-05", "17:00")


def test_hours_run_on_the_clock() -> None:
    """Hours run through nights and holidays (article 201)."""
    assert due(at("2026-02-14", "18:30"), 24, "hour", CALENDAR).at == at("2026-02-15", "18:30")


def test_hours_within_business_hours() -> None:
    """Where the procedure says so, time runs only while the organisation is open."""
    hours = BusinessHours(opens=time(9), closes=time(17))
    ends = due(at("2026-02-14", "16:00"), 2, "hour", CALENDAR, hours, within_hours=True)
    assert ends.at == at("2026-02-24", "10:00")
    assert len(ends.skipped) == 9


def test_skipped_days_are_told_with_their_reason() -> None:
    """The explanation names each day that was skipped and why."""
    ends = due(at("2026-02-13"), 2, "working_day", CALENDAR)
    assert {skip.reason for skip in ends.skipped} == {"Spring Festival"}
    assert [skip.day.day for skip in ends.skipped] == list(range(15, 24))


def test_past_the_published_years_is_provisional() -> None:
    """A date that an unpublished holiday could move is provisional."""
    assert due(at("2026-12-30"), 5, "day", CALENDAR).provisional
    assert not due(at("2026-12-20"), 5, "day", CALENDAR).provisional


days = st.dates(date(2024, 1, 1), date(2026, 10, 1))


@given(days, st.integers(1, 60))
def test_working_days_are_counted_one_by_one(day: date, value: int) -> None:
    """Between start and end lie exactly as many working days as the limit says."""
    start = at(day.isoformat())
    ends = due(start, value, "working_day", CALENDAR)
    between = (day + timedelta(days=n) for n in range(1, (ends.day - day).days + 1))
    assert sum(day_off(one, CALENDAR) is None for one in between) == value


@given(days, st.integers(1, 400), st.sampled_from(["day", "working_day", "month", "year"]))
def test_no_period_ends_on_a_day_off(day: date, value: int, unit: Unit) -> None:
    """A period of days or more ends on a working day, after its start, at 24:00."""
    ends = due(at(day.isoformat()), value % 24 + 1, unit, CALENDAR)
    assert day_off(ends.day, CALENDAR) is None
    assert ends.day > day
    assert ends.at == datetime.combine(ends.day + timedelta(days=1), time(), ZONE)


@given(days, st.integers(1, 30))
def test_longer_is_never_earlier(day: date, value: int) -> None:
    """One unit more never ends before."""
    start = at(day.isoformat())
    for unit in ("hour", "day", "working_day", "month"):
        shorter = due(start, value, unit, CALENDAR)
        longer = due(start, value + 1, unit, CALENDAR)
        assert longer.at >= shorter.at
