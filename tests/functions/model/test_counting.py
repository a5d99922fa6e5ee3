"""Due dates against cases counted by hand, and properties that hold for every date."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.model.contract.terms import Unit
from functions.model.deadlines.calendar import BusinessHours
from functions.model.deadlines.counting import Rules
from tests.helpers.deadlines.counting_cases import CALENDAR, ZONE, ClockCase, read_cases
from tests.helpers.deadlines.one_length import due

RULES = Rules(CALENDAR)


def at(day: str, clock: str = "10:00") -> datetime:
    """A moment in Shanghai."""
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), ZONE)


@pytest.mark.parametrize("case", read_cases(), ids=str)
def test_counted_by_hand(case: ClockCase) -> None:
    """Each period ends when it was counted by hand to end, with the days that were skipped."""
    assert case.counted() == case.expected


def test_table_covers_the_calendar() -> None:
    """The table crosses Spring Festival and National Day of three years, each with 调休."""
    for name in ("Spring Festival", "National Day"):
        crossed = {
            skip.day.year
            for case in read_cases()
            for skip in case.expected.skipped
            if skip.reason == name
        }
        assert crossed >= {2024, 2025, 2026}
    last_days = {case.expected.day for case in read_cases()}
    assert len(last_days & set(CALENDAR.workdays)) >= 9


days = st.dates(date(2024, 1, 1), date(2026, 10, 1))


@given(days, st.integers(1, 60))
def test_working_days_are_counted_one_by_one(day: date, value: int) -> None:
    """Between start and end lie exactly as many working days as the limit says."""
    start = at(day.isoformat())
    ends = due(start, value, "working_day", RULES)
    between = (day + timedelta(days=n) for n in range(1, (ends.day - day).days + 1))
    assert sum(CALENDAR.day_off(one) is None for one in between) == value


@given(days, st.integers(1, 400), st.sampled_from(["day", "working_day", "month", "year"]))
def test_no_period_ends_on_a_day_off(day: date, value: int, unit: Unit) -> None:
    """A period of days or more ends on a working day, after its start, at 24:00."""
    ends = due(at(day.isoformat()), value % 24 + 1, unit, RULES)
    assert CALENDAR.day_off(ends.day) is None
    assert ends.day > day
    assert ends.at == datetime.combine(ends.day + timedelta(days=1), time(), ZONE)


@given(days, st.integers(1, 30))
def test_longer_is_never_earlier(day: date, value: int) -> None:
    """One unit more never ends before."""
    start = at(day.isoformat())
    for unit in ("hour", "day", "working_day", "month"):
        shorter = due(start, value, unit, RULES)
        longer = due(start, value + 1, unit, RULES)
        assert longer.at >= shorter.at


@given(days, st.times(), st.integers(1, 3000))
def test_business_time_is_used_up_exactly(day: date, clock: time, minutes: int) -> None:
    """The opening time of working days between start and end is as long as the limit says."""
    hours = BusinessHours(opens=time(9), closes=time(17))
    start = datetime.combine(day, clock, ZONE)
    ends = due(start, minutes, "minute", Rules(CALENDAR, hours), within_hours=True)
    open_time = timedelta()
    for n in range((ends.day - day).days + 1):
        one = day + timedelta(days=n)
        if CALENDAR.day_off(one) is None:
            opens = max(datetime.combine(one, hours.opens, ZONE), start)
            closes = min(datetime.combine(one, hours.closes, ZONE), ends.at)
            open_time += max(closes - opens, timedelta())
    assert open_time == timedelta(minutes=minutes)
    assert hours.opens <= ends.at.time() <= hours.closes


@given(days, st.integers(1, 36))
def test_months_end_on_the_corresponding_day(day: date, value: int) -> None:
    """Before it moves off days off, a period of months ends on the same day or the month's last."""
    ends = due(at(day.isoformat()), value, "month", RULES)
    aimed = ends.skipped[0].day if ends.skipped else ends.day
    assert (aimed.year - day.year) * 12 + aimed.month - day.month == value
    assert aimed.day == day.day or (aimed + timedelta(days=1)).day == 1
    assert aimed.day <= day.day
