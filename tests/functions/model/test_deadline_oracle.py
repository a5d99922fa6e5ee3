"""Due dates against an oracle that shares no code with them: 20,000 random ones, and the edges."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.helpers.deadlines.one_length import due
from tests.helpers.deadlines.oracle import LAST_NOTICE, oracle
from tests.helpers.deadlines.random_cases import EDGES, DueCase, drawn_cases, rules_of


def test_random_periods() -> None:
    """Every law and calendar, in three time zones: each period ends as the oracle says."""
    cases = drawn_cases(20_000)
    wrong = []
    for case in cases:
        found = due(case.start, case.value, case.unit, rules_of(case))
        right = oracle(case.start, case.value, case.unit, case.calendar, case.law, case.zone)
        got = (found.day, found.at.astimezone(right.at.tzinfo), found.provisional)
        if got != (right.last_day, right.at, right.provisional):
            wrong.append((case, got, right))
    assert wrong == []
    assert {case.zone for case in cases} == {
        "Asia/Shanghai",
        "Europe/London",
        "America/New_York",
    }


@pytest.mark.parametrize("edge", EDGES, ids=str)
def test_edges(edge: tuple[DueCase, date, str | None, bool]) -> None:
    """Dates that were once wrong: the last day, the moment where it matters, provisional or not."""
    case, last_day, moment, provisional = edge
    found = due(case.start, case.value, case.unit, rules_of(case))
    assert (found.day, found.provisional) == (last_day, provisional)
    if moment is not None:
        assert found.at == datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(case.zone))
    right = oracle(case.start, case.value, case.unit, case.calendar, case.law, case.zone)
    assert (found.day, found.at, found.provisional) == (
        right.last_day,
        right.at,
        right.provisional,
    )


def test_oracle_knows_the_same_years() -> None:
    """When the library learns another year, the oracle's last year has to be raised too."""
    from site_src.compile.calendars import last_arranged

    assert last_arranged() == LAST_NOTICE
