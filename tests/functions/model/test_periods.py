"""Composed periods against an oracle that shares no code with them, and some by hand."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from functions.model.deadlines.calendar import Break, BusinessHours, Opening
from functions.model.deadlines.counting import Due, Length, Rules, due_after, due_before, due_by
from functions.model.deadlines.pauses import Pause
from tests.helpers.deadlines.calendars import calendar
from tests.helpers.deadlines.one_length import due
from tests.helpers.deadlines.period_oracle import last_day, last_day_before, last_day_by, moment
from tests.helpers.deadlines.random_periods import drawn_before, drawn_hours, drawn_periods

BERLIN = ZoneInfo("Europe/Berlin")
EU = Rules(calendar("DE-BE"), law="eu-1182-71")
CHINA = Rules(calendar("CN"))
PLAIN = Rules(calendar("GB-ENG"), law="plain")
MONTH_AND_TWO = (Length(1, "month"), Length(2, "month"))


def at(local: str, zone: str = "Europe/Berlin") -> datetime:
    """A moment on the clock of a place."""
    return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone))


def test_extended_and_stopped_periods() -> None:
    """2,000 periods of up to three lengths, many of them stopped, end as the oracle says."""
    wrong = [
        (case, found, right)
        for case in drawn_periods(2_000)
        if (found := due_after(case.start, case.parts, case.rules, case.stops).day)
        != (right := last_day(case))
    ]
    assert wrong == []


def test_periods_before_an_event() -> None:
    """2,000 ends before an event are where the oracle finds them; none moves."""
    wrong = [
        (case, found, right)
        for case in drawn_before(2_000)
        if (found := due_before(case.start, *case.lengths[0], case.rules).day)
        != (right := last_day_before(case))
    ]
    assert wrong == []


def test_days_of_the_year() -> None:
    """The next such day, whichever day of the year it is asked on, moved as the law says."""
    for case in drawn_before(300, seed=17):
        for month, day in ((9, 30), (1, 1), (12, 31), (3, 8)):
            found = due_by(case.start, f"{month:02}-{day:02}", case.rules).day
            right = last_day_by(case.start.date(), month, day, case.calendar, case.law)
            assert found == right, (case, month, day)


def test_opening_hours_minute_by_minute() -> None:
    """400 periods within hours with breaks, half days and closed days, stopped now and then."""
    wrong = []
    for case, week in drawn_hours(400):
        rules = Rules(calendar(case.calendar), week.hours, case.law)
        (length,) = case.lengths
        found = due_after(case.start, (Length(*length, within_hours=True),), rules, case.stops)
        if found.at != (right := moment(case, week)):
            wrong.append((case, week, found.at, right))
    assert wrong == []


@pytest.mark.parametrize(
    ("lengths", "last_day"),
    [
        (MONTH_AND_TWO, date(2027, 3, 1)),
        (MONTH_AND_TWO[:1], date(2026, 12, 28)),
    ],
    ids=["extended", "as it is"],
)
def test_one_month_and_two_more(lengths: tuple[Length, ...], last_day: date) -> None:
    """Filed on 28 November: 28 February is a Sunday, which moves under Regulation 1182/71."""
    assert due_after(at("2026-11-28T10:00"), lengths, EU).day == last_day


def test_nominal_end_of_an_extension() -> None:
    """Where a last day off stays, the same period ends on 28 February."""
    rules = Rules(calendar("DE-BE"), law="plain")
    assert due_after(at("2026-11-28T10:00"), MONTH_AND_TWO, rules).day == date(2027, 2, 28)


def test_extension_of_working_days_is_one_sum() -> None:
    """Ten working days and ten more are twenty working days."""
    ten = Length(10, "working_day")
    start = at("2026-03-02T10:00", "Europe/London")
    assert due_after(start, (ten, ten), PLAIN) == due(start, 20, "working_day", PLAIN)


def test_extension_in_other_units_runs_from_the_nominal_end() -> None:
    """Five days end on Saturday 3 October; a month more ends on the 3rd, whatever days are off."""
    start = at("2026-09-28T10:00", "Asia/Shanghai")
    lengths = (Length(5, "day"), Length(1, "month"))
    assert due_after(start, lengths[:1], CHINA).day == date(2026, 10, 8)
    assert due_after(start, lengths, CHINA).day == date(2026, 11, 3)


@pytest.mark.parametrize(
    ("value", "unit", "last_day"),
    [
        (15, "day", date(2026, 3, 24)),
        (10, "working_day", date(2026, 3, 23)),
        (1, "month", date(2026, 4, 9)),
    ],
)
def test_a_stopped_week_does_not_count(value: int, unit: str, last_day: date) -> None:
    """Stopped on Wednesday 4 March, resumed on the 11th: the 5th to the 11th are left out."""
    pause = Pause(at("2026-03-04T15:00"), at("2026-03-11T09:00"))
    length = Length(value, unit)  # type: ignore[arg-type]
    rules = Rules(calendar("DE-BE"), law="plain")
    assert due_after(at("2026-03-02T10:00"), (length,), rules, (pause,)).day == last_day


def test_minutes_stop_at_the_moment() -> None:
    """An hour of which twenty minutes were stopped ends twenty minutes later."""
    pause = Pause(at("2026-03-04T10:10"), at("2026-03-04T10:30"))
    start = at("2026-03-04T10:00")
    assert due_after(start, (Length(1, "hour"),), PLAIN, (pause,)).at == at("2026-03-04T11:20")


def test_a_minimum_does_not_move() -> None:
    """The earliest day is the corresponding one, even if it is off."""
    start = at("2026-09-28T10:00", "Asia/Shanghai")
    assert due_after(start, (Length(5, "day"),), CHINA, moves=False).day == date(2026, 10, 3)


def test_five_working_days_before_a_hearing() -> None:
    """A hearing on Wednesday 10 June: the last day is Wednesday 3 June, days off not counted."""
    found = due_before(at("2026-06-10T14:00"), 5, "working_day", EU)
    assert found.day == date(2026, 6, 3)
    assert [skip.day.day for skip in found.skipped] == [6, 7]
    assert due_before(at("2026-06-10T14:00"), 24, "hour", EU).at == at("2026-06-09T14:00")


def test_day_of_the_year_moves_once() -> None:
    """30 September is in time on that day, and next year's from the day after."""
    assert due_by(at("2026-09-30T23:00"), "09-30", EU).day == date(2026, 9, 30)
    assert due_by(at("2026-10-01T00:00"), "09-30", EU).day == date(2027, 9, 30)
    assert due_by(at("2027-10-01T00:00"), "02-29", EU).day == date(2028, 2, 29)
    assert due_by(at("2026-01-01T00:00"), "02-29", PLAIN).day == date(2026, 2, 28)


def hours(**days: Opening | str) -> BusinessHours:
    """Nine to six with a break at noon, and the days that differ."""
    noon = Break(begins=time(12), ends=time(13))
    return BusinessHours.model_validate(
        {"opens": "09:00", "closes": "18:00", "breaks": (noon,), "days": days}
    )


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-03-02T11:30", 60, "2026-03-02T13:30"),
        ("2026-03-02T12:20", 30, "2026-03-02T13:30"),
        ("2026-03-03T17:30", 60, "2026-03-04T13:30"),
        ("2026-03-05T17:30", 60, "2026-03-07T09:30"),
        ("2026-03-07T15:59", 2, "2026-03-09T09:01"),
    ],
    ids=["over noon", "in the break", "to a late Wednesday", "closed Friday", "Saturday to Monday"],
)
def test_breaks_and_days_of_their_own(start: str, minutes: int, end: str) -> None:
    """Wednesday opens at one, Friday is closed, Saturday is open until four."""
    week = hours(
        wednesday=Opening(opens=time(13), closes=time(17)),
        friday="closed",
        saturday=Opening(opens=time(9), closes=time(16)),
    )
    rules = Rules(calendar("CN"), week)
    found = due(at(start, "Asia/Shanghai"), minutes, "minute", rules, within_hours=True)
    assert found.at == at(end, "Asia/Shanghai")


def test_a_day_ends_with_its_own_hours() -> None:
    """Under the Civil Code a last day ends when that day's hours do."""
    rules = Rules(calendar("CN"), hours(wednesday=Opening(opens=time(13), closes=time(17))))
    start = at("2026-03-02T10:00", "Asia/Shanghai")
    assert due(start, 1, "day", rules).at == at("2026-03-03T18:00", "Asia/Shanghai")
    assert due(start, 2, "day", rules).at == at("2026-03-04T17:00", "Asia/Shanghai")


@pytest.mark.parametrize(
    "broken",
    [
        {"breaks": [{"from": "13:00", "to": "12:00"}]},
        {"breaks": [{"from": "08:00", "to": "10:00"}]},
        {"days": dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), "closed")},
        {"days": {"someday": "closed"}},
    ],
    ids=["backwards", "before opening", "never open", "no weekday"],
)
def test_impossible_hours_are_refused(broken: dict[str, object]) -> None:
    """Hours that nobody can keep do not reach a contract."""
    with pytest.raises(ValidationError):
        BusinessHours.model_validate({"opens": "09:00", "closes": "18:00", **broken})


def test_week_ends_on_its_weekday() -> None:
    """Regulation 1182/71, article 3(2)(c): a week from a Wednesday ends on a Wednesday."""
    found: Due = due(at("2026-03-04T10:00"), 2, "week", EU)
    assert found.day == date(2026, 3, 18)
    assert found.at - timedelta(days=1) == at("2026-03-18T00:00")
