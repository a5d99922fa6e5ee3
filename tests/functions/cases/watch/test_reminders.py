"""What staff are told of a case, and what they are not: each stage once, and the latest only."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.conftest import MORNING
from tests.functions.cases.watch.watched_cases import Sent, WatchedCases
from tests.helpers.desk.staff_directory import BANKER

REFERENCE = "BNK-22222-22222"
SHANGHAI = ZoneInfo("Asia/Shanghai")
HALF_HOUR = timedelta(minutes=30)

NEAR, TODAY, OVERDUE = (
    f"示例商业银行期限提醒：{words} 1 项" for words in ("即将到期", "今日到期", "逾期")
)


def at(moment: str) -> datetime:
    """A moment in Shanghai, `2026-03-02 10:00`."""
    return datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI).astimezone(UTC)


def filed(cases: WatchedCases, level: str = "simple") -> None:
    """A complaint to the bank, which must be decided on within 15 days of Monday 2 March 2026."""
    cases.file("commercial-bank", REFERENCE)
    cases.act(REFERENCE, "classified", level=level)


def told(sent: Sent) -> tuple[str, str]:
    """When a mail went, in the bank's time, and what of."""
    return f"{sent.at.astimezone(SHANGHAI):%m-%d %H:%M}", sent.subject


def to_banker(cases: WatchedCases, days: float) -> list[tuple[str, str]]:
    """What the bank's clerk is told of in these days."""
    end = cases.clock.at + timedelta(days=days)
    return [told(sent) for sent in cases.until(end, HALF_HOUR) if sent.to == BANKER]


def test_each_stage_once(watched: WatchedCases) -> None:
    """After ten of fifteen days, on the last day, and on the morning after it."""
    filed(watched)
    assert to_banker(watched, 60) == [
        ("03-13 08:30", NEAR),
        ("03-17 08:30", TODAY),
        ("03-18 08:30", OVERDUE),
    ]


def test_late_sweep_tells_the_latest_stage(watched: WatchedCases) -> None:
    """When the machine was off for a month, staff are told that it is overdue, and no more."""
    filed(watched)
    watched.clock.at = at("2026-04-02 14:10")
    assert to_banker(watched, 10) == [("04-02 14:10", OVERDUE)]


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-03-19 22:00", "03-20 08:30"),  # a Thursday evening
        ("2026-03-21 11:00", "03-23 08:30"),  # a Saturday
        ("2026-04-04 09:00", "04-07 08:30"),  # Tomb-sweeping Day, a Saturday, off until Monday
    ],
)
def test_late_sweep_waits_for_the_office(watched: WatchedCases, moment: str, opening: str) -> None:
    """A machine that comes back at night or on a day off tells nobody until the office opens."""
    filed(watched)
    watched.clock.at = at(moment)
    assert to_banker(watched, 5) == [(opening, OVERDUE)]


@pytest.mark.parametrize(
    ("moment", "expected"),
    [("2026-03-17 17:29", TODAY), ("2026-03-16 11:00", NEAR)],
)
def test_sweep_of_the_same_day_is_not_late(
    watched: WatchedCases, moment: str, expected: str
) -> None:
    """What was missed in the morning is told while the office is open."""
    filed(watched)
    watched.clock.at = at(moment)
    assert [told(sent)[1] for sent in watched.sweep()] == [expected]


Do = Callable[[WatchedCases], None]

ENDS: dict[str, Do] = {
    "decided": lambda cases: cases.act(REFERENCE, "decision", text="已处理"),
    "not accepted": lambda cases: cases.act(REFERENCE, "not_accepted", text="不受理"),
    "said to be kept": lambda cases: cases.act(REFERENCE, "done", keeps=("decide",)),
    "closed": lambda cases: cases.act(REFERENCE, "closed", text="结束"),
    "withdrawn": lambda cases: cases.act(REFERENCE, "withdrawn"),
    "stopped by a clause": lambda cases: cases.act(REFERENCE, "event", event="papers-missing"),
}


@pytest.mark.parametrize("end", ENDS)
def test_nothing_more_is_told(watched: WatchedCases, end: str) -> None:
    """A limit that was kept, settled or stopped after its first stage is told of no more."""
    filed(watched)
    assert to_banker(watched, 14) == [("03-13 08:30", NEAR)]
    ENDS[end](watched)
    assert to_banker(watched, 60) == []


def test_what_was_taken_back_is_watched_again(watched: WatchedCases) -> None:
    """A decision that was an error keeps nothing."""
    filed(watched)
    watched.clock.forward(days=1)
    decided = watched.clock.at
    watched.act(REFERENCE, "decision", text="误记")
    watched.clock.forward(hours=1)
    watched.act(REFERENCE, "corrected", corrects=decided, text="误记")
    assert [subject for _, subject in to_banker(watched, 60)] == [NEAR, TODAY, OVERDUE]


@pytest.mark.parametrize("after", [3, 12, 20])
def test_question_to_the_filer_stops_nothing_by_itself(watched: WatchedCases, after: int) -> None:
    """No clause of the bank stops the clock for a question."""
    filed(watched)
    found = to_banker(watched, after)
    watched.act(REFERENCE, "asked", text="请补充")
    assert [subject for _, subject in found + to_banker(watched, 60)] == [NEAR, TODAY, OVERDUE]


def test_what_nobody_has_decided_is_not_told(watched: WatchedCases) -> None:
    """As long as no level is set, no limit surely applies; papers may never be missing."""
    watched.file("commercial-bank", REFERENCE)
    assert to_banker(watched, 120) == []


def test_extended_limit_is_told_in_place_of_the_first(watched: WatchedCases) -> None:
    """Once it is extended, the 30 days are over and the 60 days count."""
    filed(watched, level="complex")
    found = to_banker(watched, 25)
    watched.act(REFERENCE, "extended", extends="decide-longer")
    assert found + to_banker(watched, 60) == [
        ("03-23 08:30", NEAR),  # 22 March, a Sunday, is two thirds of 30 days on
        ("04-15 08:30", NEAR),  # the 60 days end on 1 May, and 1 to 5 May are off: on 6 May
        ("05-06 08:30", TODAY),
        ("05-07 08:30", OVERDUE),
    ]


def test_clock_that_stood_still(watched: WatchedCases) -> None:
    """Papers are missing for two days: the last day is two days later, and near was told before."""
    filed(watched)
    assert to_banker(watched, 14) == [("03-13 08:30", NEAR)]
    watched.act(REFERENCE, "event", event="papers-missing")
    assert to_banker(watched, 2) == []
    watched.act(REFERENCE, "event", event="papers-complete")
    assert to_banker(watched, 30) == [("03-19 08:30", TODAY), ("03-20 08:30", OVERDUE)]


def test_level_that_is_set_late_is_told_at_once(watched: WatchedCases) -> None:
    """Staff who set a level on the last day learn at once that it is the last."""
    watched.file("commercial-bank", REFERENCE)
    watched.clock.at = at("2026-03-17 15:00")
    watched.act(REFERENCE, "classified", level="simple")
    assert to_banker(watched, 10) == [("03-17 15:00", TODAY), ("03-18 08:30", OVERDUE)]


def test_provisional_limit_is_never_overdue(watched: WatchedCases) -> None:
    """Where days off may still move the last day, it is near and due, and then nothing is told."""
    watched.clock.at = at("2026-12-21 10:00")
    filed(watched)
    found = list(watched.until(at("2027-03-01 10:00"), HALF_HOUR))
    assert [told(sent) for sent in found] == [("01-04 08:30", NEAR), ("01-05 08:30", TODAY)]
    assert "最后一天不早于1月5日（星期二）" in found[1].lines[4]
    assert watched.ports.lists.due_cases(watched.clock.at, 10) == ()


def test_late_sweep_tells_nothing_of_a_provisional_limit(watched: WatchedCases) -> None:
    """Nobody is told of a last day that has passed and that was not the last for sure."""
    watched.clock.at = at("2026-12-21 10:00")
    filed(watched)
    watched.clock.at = at("2027-01-18 10:00")
    assert watched.sweep() == ()
    assert watched.ports.lists.due_cases(watched.clock.at + timedelta(days=400), 10) == ()


def test_minutes_are_told_at_their_minute(watched: WatchedCases) -> None:
    """Half an hour is near after twenty minutes, not before, and overdue after thirty."""
    watched.clock.at = MORNING
    watched.file("car-dealer", "CDR-22222-22222", category="finance")
    seen = []
    for _ in range(40):
        seen += [(told(sent)[0], sent.subject[-4:]) for sent in watched.sweep()]
        watched.clock.forward(minutes=1)
    assert sorted(set(seen)) == [("03-02 10:20", "即将到期"), ("03-02 10:30", " 已逾期")]
