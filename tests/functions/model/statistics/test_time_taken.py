"""How long something took, compared with counting every minute or day by itself."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.model.contract.limit import Limit
from functions.model.contract.terms import Unit
from functions.model.deadlines.calendar import BusinessHours
from functions.model.deadlines.pauses import Pause
from functions.model.statistics.time_taken import time_taken, timing_unit
from functions.model.text import Text
from tests.helpers.deadlines.counting_cases import CALENDAR

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOURS = BusinessHours(opens=time(9), closes=time(17))


def limit(unit: Unit, **more: object) -> Limit:
    """A limit of three such units from receipt."""
    fields = {
        "id": "answer",
        "value": 3,
        "unit": unit,
        "starts": "received",
        "party": "organisation",
        "action": Text({"en": "Answer"}),
        "role": None,
        "clause": "1",
    }
    return Limit.model_validate(fields | more)


def at(day: str, clock: str = "00:00") -> datetime:
    """A moment in Shanghai."""
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), SHANGHAI)


@pytest.mark.parametrize(
    ("unit", "begins", "done", "taken"),
    [
        ("working_day", at("2026-03-02", "10:00"), at("2026-03-02", "16:00"), 0),
        ("working_day", at("2026-03-02", "10:00"), at("2026-03-05", "09:00"), 3),
        ("working_day", at("2026-03-06", "10:00"), at("2026-03-09", "09:00"), 1),
        ("working_day", at("2026-02-13", "10:00"), at("2026-02-24", "09:00"), 2),
        ("day", at("2026-02-27", "23:59"), at("2026-03-02", "00:00"), 3),
        ("week", at("2026-03-02", "10:00"), at("2026-03-12", "10:00"), 10),
        ("hour", at("2026-03-02", "10:00"), at("2026-03-02", "11:30"), 90),
        ("minute", at("2026-03-02", "23:50"), at("2026-03-03", "00:05"), 15),
    ],
)
def test_time_in_the_unit_of_the_limit(
    unit: Unit, begins: datetime, done: datetime, taken: int
) -> None:
    """The day of the beginning is not counted, 14 February 2026 is worked, holidays are not."""
    assert time_taken(limit(unit), begins, done, CALENDAR, None, ()) == taken


def test_clock_that_changes_is_no_time() -> None:
    """An hour that summer time skips was not taken."""
    berlin = ZoneInfo("Europe/Berlin")
    begins = datetime(2026, 3, 29, 1, 30, tzinfo=berlin)
    done = datetime(2026, 3, 29, 3, 30, tzinfo=berlin)
    assert time_taken(limit("hour"), begins, done, CALENDAR, None, ()) == 60


def test_day_of_the_year_has_no_length() -> None:
    """What must be done by 30 June took no measured time."""
    yearly = limit("day").model_copy(update={"value": None, "unit": None, "by": "06-30"})
    assert time_taken(yearly, at("2026-03-02"), at("2026-03-05"), CALENDAR, None, ()) is None


def test_units_of_time_taken() -> None:
    """Hours are measured in minutes, weeks and months in days."""
    assert [timing_unit(unit) for unit in ("hour", "week", "month", "working_day")] == [
        "minute",
        "day",
        "day",
        "working_day",
    ]


MOMENTS = st.datetimes(datetime(2026, 2, 1), datetime(2026, 3, 10)).map(
    lambda moment: moment.replace(second=0, microsecond=0, tzinfo=SHANGHAI)
)


@settings(max_examples=50)
@given(
    begins=MOMENTS,
    length=st.timedeltas(timedelta(), timedelta(days=4)),
    pause=st.tuples(MOMENTS, st.timedeltas(timedelta(), timedelta(days=5))),
)
def test_business_minutes_by_counting_each(
    begins: datetime, length: timedelta, pause: tuple[datetime, timedelta]
) -> None:
    """Minutes in business hours are those of working days from 9 to 17, without the pause."""
    done = (begins + length).replace(second=0, microsecond=0)
    stopped = Pause(pause[0], (pause[0] + pause[1]).replace(second=0, microsecond=0))
    minutes, moment = 0, begins
    while moment < done:
        open_now = CALENDAR.day_off(moment.date()) is None and 9 <= moment.hour < 17
        minutes += open_now and not stopped.begins <= moment < stopped.ends
        moment += timedelta(minutes=1)
    within = limit("minute", within_hours=True)
    assert time_taken(within, begins, done, CALENDAR, HOURS, (stopped,)) == minutes


@given(
    begins=MOMENTS,
    length=st.timedeltas(timedelta(), timedelta(days=20)),
    pause=st.tuples(MOMENTS, st.timedeltas(timedelta(), timedelta(days=5))),
)
def test_working_days_by_counting_each(
    begins: datetime, length: timedelta, pause: tuple[datetime, timedelta]
) -> None:
    """Working days after the first day, up to the one on which it was done, without the pause."""
    done, stopped = begins + length, Pause(pause[0], pause[0] + pause[1])
    passed = [
        begins.date() + timedelta(days=n) for n in range(1, (done.date() - begins.date()).days + 1)
    ]
    counted = [
        day
        for day in passed
        if not stopped.begins.date() < day <= stopped.ends.date() and CALENDAR.day_off(day) is None
    ]
    taken = time_taken(limit("working_day"), begins, done, CALENDAR, None, (stopped,))
    assert taken == len(counted)
