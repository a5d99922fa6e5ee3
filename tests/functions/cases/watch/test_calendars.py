"""Dates of open cases follow a calendar that changes, and so do their reminders."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from starlette.testclient import TestClient

from functions.adapters.contracts.folder import FolderContracts
from functions.adapters.sqlite.store import SqliteStore
from functions.cases.watch.watching import watch
from functions.model.reference import access_code, new_reference
from functions.web.app import create_app
from site_src.publish.build import build
from tests.conftest import KEY, SITE_URL
from tests.functions.cases.test_current_calendar import FACTS, NOTICE, TEXT
from tests.functions.cases.watch.watched_cases import WatchedCases
from tests.helpers.sample_policies import prefix_of, write

SHANGHAI = ZoneInfo("Asia/Shanghai")
BEFORE = datetime(2026, 12, 29, 2, tzinfo=UTC)
"""Three days later is 1 January 2027, and the next working day after it 4 January, as far as this
is known; the notice moves it to 6 January."""

TODAY, OVERDUE = (f"示例单位期限提醒：{words} 1 项" for words in ("今日到期", "逾期"))


@pytest.fixture
def made(watched: WatchedCases, tmp_path: Path) -> WatchedCases:
    """An organisation whose answer takes three days, on 29 December 2026."""
    write(tmp_path / "policies", "made", FACTS, TEXT)
    build(tmp_path / "policies", tmp_path / "out", site_url=SITE_URL)
    contracts = FolderContracts(str(tmp_path / "out" / "contracts"))
    watched.clock.at = BEFORE
    return replace(watched, ports=replace(watched.ports, contracts=contracts))


def arrange(tmp_path: Path) -> None:
    """Adds the notice for 2027 and builds again."""
    (tmp_path / "policies" / "calendar").mkdir(exist_ok=True)
    (tmp_path / "policies" / "calendar" / "CN-2027.yaml").write_text(NOTICE, encoding="utf-8")
    build(tmp_path / "policies", tmp_path / "out", site_url=SITE_URL)


def due(cases: WatchedCases, reference: str) -> str:
    """The day and minute at which the only limit of a case ends, by its summary."""
    summary = cases.ports.lists.summary(reference)
    assert summary is not None
    (limit,) = summary.limits
    return f"{limit.due.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def told(cases: WatchedCases, days: int) -> list[tuple[str, str]]:
    """What is told in these days, and when."""
    found = cases.until(cases.clock.at + timedelta(days=days), timedelta(minutes=30))
    return [(f"{each.at.astimezone(SHANGHAI):%m-%d %H:%M}", each.subject) for each in found]


def test_reminders_follow_the_new_date(made: WatchedCases, tmp_path: Path) -> None:
    """Nobody touches the case: the sweep after the build dates it, and the page says why."""
    reference = new_reference(prefix_of("made"))
    made.file("made", reference)
    made.sweep()
    assert due(made, reference) == "2027-01-05 00:00"
    arrange(tmp_path)
    assert made.sweep() == ()
    assert due(made, reference) == "2027-01-07 00:00"
    # It would be near on the same morning, as it is two thirds on within the days off.
    assert told(made, 20) == [("01-06 08:30", TODAY), *[("01-07 08:30", OVERDUE)] * 2]
    with TestClient(create_app(made.ports), base_url=SITE_URL) as client:
        code = access_code(KEY, reference)
        pair = {"reference": reference, "access_code": code, "language": "en"}
        page = unescape(client.post("/cases/status", data=pair).text)
    moved = "Moved from Monday 4 January 2027 to Wednesday 6 January 2027, because of days off: "
    assert moved in page


def test_last_day_that_moves_is_told_anew(made: WatchedCases, tmp_path: Path) -> None:
    """Staff who were told of a provisional last day are told of the real one, too."""
    made.file("made", "MADE-1")
    assert told(made, 6) == [("01-04 08:30", TODAY)]
    arrange(tmp_path)
    assert told(made, 10) == [("01-06 08:30", TODAY), *[("01-07 08:30", OVERDUE)] * 2]


def test_walk_goes_on_where_time_ran_out(
    made: WatchedCases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every open case is dated, in as many sweeps as it takes, and none twice."""
    monkeypatch.setattr("functions.cases.watch.calendars._BATCH", 2)
    references = [f"MADE-{number}" for number in range(9)]
    for reference in references:
        made.file("made", reference)
    made.act(references[3], "asked", text="请补充")  # it waits for the filer
    made.sweep()
    arrange(tmp_path)
    dated: list[int] = []
    for _ in range(12):
        watch(made.ports, left(2))
        dated.append(sum(due(made, each) == "2027-01-07 00:00" for each in references))
    assert dated == sorted(dated)
    assert 0 < dated[0] < 9
    assert dated[-1] == 9


def left(times: int) -> Callable[[], bool]:
    """Time for so many steps."""
    steps = iter([True] * times)
    return lambda: next(steps, False)


def test_nothing_is_read_while_no_calendar_changes(
    made: WatchedCases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lists of cases are walked once for a calendar, and not for a build that changes none."""
    made.file("made", "MADE-1")
    made.sweep()
    walks: list[str] = []
    listed = SqliteStore.listed

    def noting(store: SqliteStore, organisation: str, *args: str, **more: object) -> object:
        walks.append(organisation)
        return listed(store, organisation, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(SqliteStore, "listed", noting)
    made.sweep()
    build(tmp_path / "policies", tmp_path / "out", site_url=SITE_URL)
    made.sweep()
    assert walks == []
    arrange(tmp_path)
    made.sweep()
    assert walks == ["made", "made"]
    made.sweep()
    assert walks == ["made", "made"]


def test_what_is_due_after_the_answer_is_dated_too(watched: WatchedCases, tmp_path: Path) -> None:
    """An answered case with a limit left to keep follows the calendar as an open one does."""
    step = '  - {id: carry-out, role: service, acts: [carry_out], action: 执行, clause: "1.4"}\n'
    limit = """\
  - {id: carry-out, value: 3, unit: day, from: ruling, role: service, action: 执行, clause: "1.4"}
"""
    facts = FACTS.replace("limits:\n", f"{step}limits:\n") + limit
    text = f"{TEXT}\n1.4 客服部在裁定作出之日起 3 日内执行。\n"
    write(tmp_path / "policies", "made", facts, text)
    build(tmp_path / "policies", tmp_path / "out", site_url=SITE_URL)
    contracts = FolderContracts(str(tmp_path / "out" / "contracts"))
    watched.clock.at = BEFORE
    cases = replace(watched, ports=replace(watched.ports, contracts=contracts))
    cases.file("made", "MADE-1")
    cases.act("MADE-1", "decision", text="已处理", keeps=("answer",))
    summary = cases.ports.lists.summary("MADE-1")
    assert summary is not None
    assert (summary.state, due(cases, "MADE-1")) == ("answered", "2027-01-05 00:00")
    arrange(tmp_path)
    cases.sweep()
    assert due(cases, "MADE-1") == "2027-01-07 00:00"


def test_closed_cases_are_left_alone(made: WatchedCases, tmp_path: Path) -> None:
    """Nothing of a case that is over is due, so nothing of it is dated."""
    made.file("made", "MADE-1")
    made.act("MADE-1", "decision", text="已处理")
    made.act("MADE-1", "closed", text="结束")
    made.sweep()
    before = made.ports.lists.summary("MADE-1")
    arrange(tmp_path)
    made.sweep()
    assert made.ports.lists.summary("MADE-1") == before
    assert before is not None
    assert before.next_due is None
