"""The figures of a month, compared with counting each thing by itself."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from math import ceil, inf
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.model.statistics.figures import Figures, Timing, figures, together
from functions.model.statistics.measured import (
    Answer,
    LimitRun,
    Measure,
    MeasuredCase,
    MeasuredTurn,
    Opinion,
)
from functions.model.statistics.months import month_bounds, month_of, months_before

SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")
FIRST = datetime(2026, 10, 20, tzinfo=UTC)
MONTHS = ("2026-10", "2026-11", "2026-12", "2027-01")


def case(received: datetime = FIRST, **more: object) -> MeasuredCase:
    """A complaint of that moment."""
    fields = {"kind": "complaint", "contract": "0" * 32, "received": received}
    return MeasuredCase.model_validate(fields | more)


def of_month(month: str, cases: Iterable[MeasuredCase], zone: ZoneInfo = SHANGHAI) -> Figures:
    """The figures of a month."""
    return figures(cases, *month_bounds(month, zone), lambda _, run: run.limit)


def later(days: float, start: datetime = FIRST) -> datetime:
    """A moment so many days later."""
    return start + timedelta(days=days)


@pytest.mark.parametrize(
    ("zone", "month"), [(SHANGHAI, "2027-01"), (NEW_YORK, "2026-12"), (ZoneInfo("UTC"), "2026-12")]
)
def test_month_is_that_of_the_organisations_clock(zone: ZoneInfo, month: str) -> None:
    """20:00 in London on New Year's Eve is the next year in Shanghai and this one in New York."""
    at = datetime(2026, 12, 31, 20, tzinfo=UTC)
    assert month_of(at, zone) == month
    counted = {each: of_month(each, [case(at)], zone).received for each in ("2026-12", "2027-01")}
    assert [each for each, count in counted.items() if count] == [month]


def test_months_follow_each_other() -> None:
    """Over the end of a year, back and forth."""
    assert [months_before("2027-01", n) for n in (0, 1, 13, -1, -12)] == [
        "2027-01",
        "2026-12",
        "2025-12",
        "2027-02",
        "2028-01",
    ]


def test_limit_counts_where_it_was_kept_or_became_late() -> None:
    """A late one counts in the month in which it ended, however much later it was done."""
    due = datetime(2026, 11, 28, tzinfo=UTC)
    kept = LimitRun(limit="answer", due=due, done=later(20), taken=20)
    late = LimitRun(limit="answer", due=due, done=later(50), taken=50)
    undone = LimitRun(limit="answer", due=due)
    needless = LimitRun(limit="answer", due=due, over=later(2))
    cases = [case(runs=(run,)) for run in (kept, late, undone, needless)]
    found = of_month("2026-11", cases).limits["answer"]
    assert found == Timing(kept=1, late=2, undone=1, overdue=2, taken={20: 1, 50: 1})
    december = of_month("2026-12", cases).limits["answer"]
    assert december == Timing(kept=0, late=0, undone=0, overdue=1)
    assert (found.percentile(50), found.percentile(90)) == (50, None)


def test_case_that_is_gone_counts_until_then() -> None:
    """It was received and open; from the day on which it was erased it is neither."""
    due = later(60)
    gone = case(runs=(LimitRun(limit="answer", due=due),), left=later(20))
    assert [of_month(month, [gone]).received for month in MONTHS] == [1, 0, 0, 0]
    assert [of_month(month, [gone]).open for month in MONTHS] == [1, 0, 0, 0]
    assert [of_month(month, [gone]).overdue for month in MONTHS] == [0, 0, 0, 0]
    assert of_month("2026-12", [gone]).limits == {}


def test_review_opens_a_case_again() -> None:
    """A case that was answered is open from the request on, and counts as answered once."""
    turns = [(5, "answered"), (20, "open"), (45, "answered")]
    reviewed = case(
        turns=tuple(MeasuredTurn.model_validate({"at": later(n), "standing": s}) for n, s in turns),
        answers=(
            Answer(at=later(5), result="not_upheld"),
            Answer(at=later(45), result="upheld", reviewed=True, changed=True),
        ),
        reviews=(later(20),),
    )
    counted = [of_month(month, [reviewed]) for month in MONTHS]
    assert [each.open for each in counted] == [0, 1, 0, 0]
    assert [each.answered for each in counted] == [1, 0, 0, 0]
    assert [(each.reviews, each.reviewed, each.changed) for each in counted] == [
        (0, 0, 0),
        (1, 0, 0),
        (0, 1, 1),
        (0, 0, 0),
    ]
    assert counted[0].becomes == counted[0].results == {"not_upheld": 1}


def test_measures_are_open_and_late() -> None:
    """A measure is late from the day after the one by which it must be done, until it is done."""
    until = datetime(2026, 11, 29).date()
    one = case(measures=(Measure(at=later(1), until=until, done=later(50)),))
    counted = [of_month(month, [one]) for month in MONTHS]
    assert [(each.measures, each.measures_open, each.measures_late) for each in counted] == [
        (1, 1, 0),
        (0, 1, 1),
        (0, 0, 0),
        (0, 0, 0),
    ]


def last_entry(one: MeasuredCase) -> datetime:
    """The last moment at which something happened to a case."""
    done = [run.done for run in one.runs if run.done]
    at = [each.at for each in one.turns] + [each.at for each in one.answers]
    return max([one.received, *at, *(each.at for each in one.opinions), *one.reviews, *done])


MOMENTS = st.integers(0, 100 * 24).map(lambda hours: FIRST + timedelta(hours=hours))
RUNS = st.builds(
    LimitRun,
    limit=st.sampled_from(["answer", "forward"]),
    due=MOMENTS,
    done=st.none() | MOMENTS,
    over=st.none() | MOMENTS,
    taken=st.none(),
).map(lambda run: run.model_copy(update={"taken": run.done and (run.done - FIRST).days}))
CASES = st.builds(
    MeasuredCase,
    kind=st.sampled_from(["complaint", "appeal"]),
    category=st.sampled_from([None, "sales", "repair"]),
    channel=st.sampled_from(["web", "telephone"]),
    contract=st.just("0" * 32),
    received=MOMENTS,
    turns=st.lists(
        st.builds(
            MeasuredTurn,
            at=MOMENTS,
            standing=st.sampled_from(["open", "answered", "closed", "withdrawn"]),
        ),
        max_size=3,
    ).map(tuple),
    answers=st.lists(
        st.builds(
            Answer,
            at=MOMENTS,
            result=st.sampled_from([None, "upheld", "not_upheld", "not_accepted"]),
            reviewed=st.booleans(),
            changed=st.sampled_from([None, False, True]),
            remedy=st.booleans(),
        ),
        max_size=2,
    ).map(tuple),
    reviews=st.lists(MOMENTS, max_size=2).map(tuple),
    runs=st.lists(RUNS, max_size=2, unique_by=lambda run: run.limit).map(tuple),
    opinions=st.lists(
        st.builds(Opinion, at=MOMENTS, satisfied=st.sampled_from([None, True, False])), max_size=1
    ).map(tuple),
    left=st.none() | MOMENTS,
).map(lambda one: one.model_copy(update={"left": one.left and max(one.left, last_entry(one))}))
"""A case leaves after everything that was entered; its limits may end later."""


def number(values: Iterable[object]) -> int:
    """How many there are."""
    return len(list(values))


@given(st.lists(CASES, max_size=12), st.sampled_from([SHANGHAI, NEW_YORK]))
def test_month_by_counting_each_thing(cases: list[MeasuredCase], zone: ZoneInfo) -> None:
    """Each figure is what a question about each case, asked by itself, gives."""
    for month in MONTHS:
        counted = of_month(month, cases, zone)
        _, end = month_bounds(month, zone)

        def within(at: datetime, month: str = month) -> bool:
            return f"{at.astimezone(zone):%Y-%m}" == month

        def now(one: MeasuredCase, end: datetime = end) -> str:
            if one.received >= end or (one.left and one.left < end):
                return "unknown"
            state = "open"
            for turn in one.turns:
                state = turn.standing if turn.at < end else state
            return state

        new = [one for one in cases if within(one.received)]
        answered = [one.answers[0] for one in cases if one.answers and within(one.answers[0].at)]
        assert counted.received == len(new)
        assert sum(counted.kinds.values()) == sum(counted.categories.values()) == len(new)
        assert counted.categories.get("none", 0) == number(o for o in new if not o.category)
        assert counted.channels.get("telephone", 0) == number(
            o for o in new if o.channel == "telephone"
        )
        assert counted.becomes.get("no_answer", 0) == number(o for o in new if not o.answers)
        assert counted.answered == len(answered) == sum(counted.results.values())
        assert counted.results.get("unstated", 0) == number(a for a in answered if not a.result)
        assert counted.remedies == number(a for a in answered if a.remedy)
        assert counted.open == number(o for o in cases if now(o) == "open")
        all_answers = [a for o in cases for a in o.answers if within(a.at)]
        assert counted.reviewed == number(a for a in all_answers if a.reviewed)
        assert counted.changed == number(a for a in all_answers if a.changed)
        assert counted.reviews == number(r for o in cases for r in o.reviews if within(r))
        said = [p.satisfied for o in cases for p in o.opinions if within(p.at)]
        assert counted.satisfied.get("no", 0) == said.count(False)
        for limit in ("answer", "forward"):
            assert_timing(counted.limits.get(limit, Timing()), limit, cases, within, end)


def assert_timing(
    found: Timing,
    limit: str,
    cases: list[MeasuredCase],
    within: Callable[[datetime], bool],
    end: datetime,
) -> None:
    """The timing of a limit is what its runs, listed with when they ended, give."""
    times: list[float] = []
    kept = late = overdue = 0
    for one in cases:
        for run in one.runs:
            if run.limit != limit:
                continue
            in_time = run.done is not None and run.done < run.due
            needless = run.done is None and run.over is not None and run.over < run.due
            ended = run.done if in_time and run.done else run.due
            alive = one.left is None or ended < one.left
            if not needless and alive and within(ended):
                kept, late = kept + in_time, late + (not in_time)
                times.append(inf if run.taken is None else run.taken)
            gone = one.left is not None and one.left < end
            stopped = [each for each in (run.done, run.over) if each is not None and each < end]
            overdue += run.due < end and not gone and not stopped
    assert (found.kept, found.late, found.overdue) == (kept, late, overdue)
    for percent in (10, 50, 90):
        ranked = sorted(times)
        expected = ranked[ceil(percent / 100 * len(ranked)) - 1] if ranked else inf
        assert found.percentile(percent) == (None if expected == inf else expected)


@given(st.lists(CASES, max_size=12))
def test_months_add_up(cases: list[MeasuredCase]) -> None:
    """The figures of four months together are those of the whole time."""
    months = [of_month(month, cases) for month in MONTHS]
    begin, _ = month_bounds(MONTHS[0], SHANGHAI)
    _, end = month_bounds(MONTHS[-1], SHANGHAI)
    whole = figures(cases, begin, end, lambda _, run: run.limit)
    assert together(months) == whole


@given(st.lists(CASES, max_size=12))
def test_figures_are_stored_whole(cases: list[MeasuredCase]) -> None:
    """What is written as JSON is read as it was."""
    counted = of_month("2026-11", cases)
    assert Figures.model_validate_json(counted.model_dump_json(exclude_defaults=True)) == counted


@given(st.lists(CASES, max_size=6), st.sampled_from(MONTHS))
def test_case_that_matters_no_more_changes_no_figure(cases: list[MeasuredCase], month: str) -> None:
    """Figures since a month are the same without the cases that do not matter since then."""
    begin, _ = month_bounds(month, SHANGHAI)
    kept = [one for one in cases if one.matters_since(begin)]
    for each in MONTHS[MONTHS.index(month) :]:
        assert of_month(each, kept) == of_month(each, cases)
