"""When staff are told of a limit, against an oracle that goes through each minute of two months."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.model.deadlines.calendar import Break, BusinessHours, Calendar, Opening
from functions.model.desk.stages import Office, stages, untold
from functions.model.desk.summary import DueLimit

ZONE = ZoneInfo("Asia/Shanghai")
FIRST = datetime(2026, 4, 1, tzinfo=ZONE)
MINUTES = 61 * 24 * 60

OFF = {
    date(2026, 4, 4),
    date(2026, 4, 5),
    date(2026, 4, 6),
    *(date(2026, 5, n) for n in range(1, 6)),
}
WORKED = {date(2026, 5, 9)}
CALENDAR = Calendar(
    first=2026, last=2026, holidays=dict.fromkeys(OFF, "holiday"), workdays=tuple(WORKED)
)

HOURS: dict[str, BusinessHours | None] = {
    "usual": None,
    "with a break": BusinessHours(
        opens=time(9), closes=time(18), breaks=(Break(begins=time(12), ends=time(13, 30)),)
    ),
    "with a Saturday": BusinessHours(
        opens=time(8),
        closes=time(16),
        days={"saturday": Opening(opens=time(10), closes=time(12)), "wednesday": "closed"},
    ),
}


def is_open(name: str, minute: int) -> bool:
    """Whether the office is open in that minute since FIRST, said once more by hand."""
    at = FIRST + timedelta(minutes=minute)
    weekday, clock, day = at.weekday(), at.hour * 60 + at.minute, at.date()
    if name == "with a Saturday":
        if day in OFF or weekday in (2, 6):
            return False
        if weekday == 5:
            return 600 <= clock < 720
        return 480 <= clock < 960
    if day in OFF or (weekday >= 5 and day not in WORKED):
        return False
    if name == "usual":
        return 510 <= clock < 1050
    return 540 <= clock < 720 or 810 <= clock < 1080


@cache
def open_minutes(name: str) -> tuple[int, ...]:
    """The minutes at which the office is open."""
    return tuple(minute for minute in range(MINUTES) if is_open(name, minute))


@cache
def openings(name: str) -> dict[date, int]:
    """The first open minute of each day that has one."""
    first: dict[date, int] = {}
    for minute in open_minutes(name):
        first.setdefault((FIRST + timedelta(minutes=minute)).date(), minute)
    return first


def oracle(
    name: str, start: int, due: int, exact: bool, provisional: bool
) -> list[tuple[str, int]]:
    """The stages of a limit from minute to minute; its length is a multiple of three minutes."""
    near = start + (due - start) // 3 * 2
    found: list[tuple[str, int]] = []
    if exact:
        told = min(minute for minute in open_minutes(name) if minute >= near)
        if start < told < due:
            found.append(("near", told))
        late = min(minute for minute in open_minutes(name) if minute >= due)
    else:
        mornings = sorted(openings(name).values())
        last_day = (FIRST + timedelta(minutes=due - 1)).date()
        today = max(at for day, at in openings(name).items() if day <= last_day)
        told = min(at for at in mornings if at >= near)
        if start < told < today:
            found.append(("near", told))
        warned = min(minute for minute in open_minutes(name) if minute >= max(start, today))
        if start < today or warned < due:
            found.append(("today", warned))
        late = min(at for at in mornings if at >= due)
    return found if provisional else [*found, ("overdue", late)]


@given(
    name=st.sampled_from(sorted(HOURS)),
    start=st.integers(10 * 24 * 60, 25 * 24 * 60),
    thirds=st.integers(1, 20) | st.integers(1, 9 * 24 * 60),
    exact=st.booleans(),
    provisional=st.booleans(),
)
@settings(max_examples=400)
def test_stages_are_those_of_the_oracle(
    name: str, start: int, thirds: int, exact: bool, provisional: bool
) -> None:
    """A limit of minutes, hours or days is told of at the minutes that the oracle finds."""
    due = start + 3 * thirds
    limit = DueLimit(
        limit="answer",
        start=(FIRST + timedelta(minutes=start)).astimezone(UTC),
        due=FIRST + timedelta(minutes=due),
        exact=exact,
        provisional=provisional,
    )
    found = stages(limit, Office(ZONE, CALENDAR, HOURS[name]))
    seen = [(stage.name, round((stage.at - FIRST) / timedelta(minutes=1))) for stage in found]
    assert seen == oracle(name, start, due, exact, provisional)


@pytest.mark.parametrize(
    ("start", "due", "told"),
    [
        ("2026-04-17 10:00", "2026-04-20 00:00", "2026-04-17 10:00"),  # Friday; ends with Sunday
        ("2026-04-17 08:30", "2026-04-20 00:00", "2026-04-17 08:30"),
        ("2026-04-16 20:00", "2026-04-20 00:00", "2026-04-17 08:30"),
        ("2026-04-30 09:00", "2026-05-06 00:00", "2026-04-30 09:00"),  # before the holidays
        ("2026-04-15 07:00", "2026-04-16 00:00", "2026-04-15 08:30"),  # ends with its own day
        ("2026-04-15 09:00", "2026-04-16 00:00", "2026-04-15 09:00"),
        ("2026-04-15 18:00", "2026-04-16 00:00", None),  # the office is closed until it ends
        ("2026-04-18 10:00", "2026-04-20 00:00", None),
    ],
)
def test_limit_that_starts_on_its_last_open_day(start: str, due: str, told: str | None) -> None:
    """It is told of as soon as the office is open while it runs; never only once it is overdue."""
    begin, end = (datetime.fromisoformat(each).replace(tzinfo=ZONE) for each in (start, due))
    limit = DueLimit(limit="answer", start=begin, due=end, exact=False)
    found = stages(limit, Office(ZONE, CALENDAR))
    warned = [] if told is None else [("today", datetime.fromisoformat(told).replace(tzinfo=ZONE))]
    assert [(stage.name, stage.at) for stage in found[:-1]] == warned
    assert found[-1].name == "overdue"


@given(told=st.sets(st.sampled_from(["near", "today", "overdue"])))
def test_what_came_before_a_stage_that_was_told_is_over(told: set[str]) -> None:
    """After the last stage that was told, those that follow are open, and none before."""
    limit = DueLimit(
        limit="answer",
        start=datetime(2026, 4, 7, 2, tzinfo=UTC),
        due=datetime(2026, 4, 27, 16, tzinfo=UTC),
        exact=False,
    )
    office = Office(ZONE, CALENDAR)
    keys = [stage.key for stage in stages(limit, office) if stage.name in told]
    names = ["near", "today", "overdue"]
    last = max((names.index(name) for name in told), default=-1)
    assert [stage.name for stage in untold([limit], keys, office)] == names[last + 1 :]


def test_last_day_that_moves_is_told_anew() -> None:
    """Who knew that it was near knows it; the new last day is told, and that it is overdue then."""
    office, start = Office(ZONE, CALENDAR), datetime(2026, 4, 7, 2, tzinfo=UTC)
    first, later = (
        DueLimit(limit="answer", start=start, due=start + timedelta(days=days), exact=False)
        for days in (15, 20)
    )
    keys = [stage.key for stage in stages(first, office)]
    assert len(keys) == 3
    assert [stage.name for stage in untold([later], keys, office)] == ["today", "overdue"]


def test_limit_that_runs_anew_is_told_anew() -> None:
    """What was told of a clock that ran before says nothing of the one that runs now."""
    office = Office(ZONE, CALENDAR)
    first, anew = (
        DueLimit(limit="answer", start=start, due=start + timedelta(days=6), exact=False)
        for start in (datetime(2026, 4, 7, 2, tzinfo=UTC), datetime(2026, 4, 14, 2, tzinfo=UTC))
    )
    keys = [stage.key for stage in stages(first, office)]
    assert not untold([first], keys, office)
    assert untold([anew], keys, office) == stages(anew, office) != ()
