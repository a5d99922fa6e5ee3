"""Time limits of a case that goes on: dated, kept, overdue, and when a review opens."""

from datetime import UTC, date, datetime, timedelta

import pytest

from functions.cases.ports.ports import Ports
from functions.model.answers.submission import Submission
from functions.model.case import Case, CaseEvent
from functions.model.case_log import ActDetails, act_event
from functions.model.contract.contract import Contract
from functions.model.contract.terms import FilerAct, KindId, StaffAct
from functions.model.deadlines.calendar import Calendar
from functions.model.deadlines.lateness import Lateness
from functions.model.deadlines.milestones import Calendars
from functions.model.progress import LimitProgress, Progress, progress
from tests.conftest import MORNING
from tests.helpers.deadlines.counting_cases import CALENDAR

DAY = timedelta(days=1)


def contract_of(ports: Ports, organisation: str) -> Contract:
    """The contract in force."""
    return ports.contracts.contract(ports.contracts.current().organisations[organisation])


def act(what: FilerAct | StaffAct, at: datetime, entry: ActDetails | None = None) -> CaseEvent:
    """An event of that moment."""
    return act_event(what, entry or ActDetails(), at)


def known(
    contract: Contract,
    kind: KindId,
    now: datetime,
    *events: CaseEvent,
    submission: Submission | None = None,
    received_at: datetime = MORNING,
    filed: Calendar | None = None,
) -> Progress:
    """How far a case received on Monday 2 March 2026 has come."""
    case = Case(
        reference="SEC-22222-22222",
        organisation=contract.organisation,
        kind=kind,
        contract="0" * 32,
        language="zh-CN",
        received_at=received_at,
        retained_until=contract.retained_until(received_at),
        submission=submission or Submission(),
    )
    calendars = Calendars(CALENDAR, filed or CALENDAR)
    return progress(contract, contract.kinds[kind], case, events, calendars, now)


def step(progress: Progress, id: str) -> LimitProgress:
    """The step of a limit."""
    return next(one for one in progress.steps if one.milestone.limit.id == id)


def done_on(found: LimitProgress) -> date | None:
    """The day on which a limit was kept."""
    return found.done and found.done.date()


@pytest.mark.parametrize(
    ("now", "overdue", "lateness"),
    [
        (datetime(2026, 3, 5, 15, 59, 59, tzinfo=UTC), False, None),
        (datetime(2026, 3, 5, 16, 0, tzinfo=UTC), True, Lateness(1, "day", 1)),
        (datetime(2026, 3, 8, 2, 0, tzinfo=UTC), True, Lateness(3, "day", 3)),
    ],
    ids=["23:59:59 of the last day", "24:00 of the last day", "three days later"],
)
def test_overdue_from_the_end_of_the_last_day(
    ports: Ports, now: datetime, overdue: bool, lateness: Lateness | None
) -> None:
    """The third day after receipt counts whole in Shanghai; then each day is counted."""
    found = step(known(contract_of(ports, "accreditation-body"), "appeal", now), "forward")
    assert (found.overdue, found.lateness) == (overdue, lateness)


def test_overdue_by_the_holiday_calendar(ports: Ports) -> None:
    """Three days over Spring Festival end on the first working day after it, and not before."""
    contract = contract_of(ports, "accreditation-body")
    received = datetime(2026, 2, 13, 2, 0, tzinfo=UTC)
    due = datetime(2026, 2, 24, 16, 0, tzinfo=UTC)
    before = known(contract, "appeal", due - timedelta(seconds=1), received_at=received)
    assert step(before, "forward").overdue is False
    after = known(contract, "appeal", due, received_at=received)
    found = step(after, "forward")
    assert found.milestone.due is not None
    assert found.milestone.due.day == date(2026, 2, 24)
    assert (found.overdue, found.lateness) == (True, Lateness(1, "day", 1))


def test_case_of_an_earlier_calendar(ports: Ports) -> None:
    """What was 1 January on the days off known at filing is 4 January, and not late on the 3rd."""
    contract = contract_of(ports, "accreditation-body")
    filed = Calendar(first=2001, last=2025, holidays={})
    received, now = (datetime(*day, 2, 0, tzinfo=UTC) for day in ((2025, 12, 29), (2026, 1, 3)))
    found = step(known(contract, "appeal", now, received_at=received, filed=filed), "forward")
    assert found.milestone.due is not None
    assert found.milestone.moved_from is not None
    assert found.milestone.moved_from.day == date(2026, 1, 1)
    assert (found.milestone.due.day, found.overdue) == (date(2026, 1, 4), False)


def test_minutes_can_be_overdue_on_the_same_day(ports: Ports) -> None:
    """A limit in minutes is late by minutes."""
    contract = contract_of(ports, "car-dealer")
    found = step(known(contract, "complaint", MORNING + timedelta(hours=8)), "hand-over")
    assert (found.overdue, found.lateness) == (True, Lateness(450, "minute"))


def test_staff_say_which_limit_they_kept(ports: Ports) -> None:
    """A limit that staff ticked is done on the day they name, late or not."""
    contract = contract_of(ports, "accreditation-body")
    in_time = ActDetails(keeps=("forward",), happened_on=date(2026, 3, 4))
    late = ActDetails(keeps=("forward",), happened_on=date(2026, 3, 7))
    now = MORNING + 7 * DAY
    found = step(known(contract, "appeal", now, act("done", now, in_time)), "forward")
    assert (done_on(found), found.overdue, found.lateness) == (date(2026, 3, 4), False, None)
    assert found.recorded_late
    found = step(known(contract, "appeal", now, act("done", now, late)), "forward")
    assert (done_on(found), found.overdue) == (date(2026, 3, 7), False)
    assert found.lateness == Lateness(2, "day", 2)


def test_answer_keeps_the_limit_that_is_an_answer(ports: Ports) -> None:
    """What the procedure itself calls an answer is kept by one, whoever ticks what."""
    contract = contract_of(ports, "securities-brokerage")
    answered = act("decision", MORNING + DAY)
    found = step(known(contract, "complaint", MORNING + 9 * DAY, answered), "reply")
    assert (done_on(found), found.overdue) == (date(2026, 3, 3), False)
    assert step(known(contract, "complaint", MORNING + 9 * DAY), "reply").overdue is True


def test_limit_left_behind_by_an_answer_is_not_called_overdue(ports: Ports) -> None:
    """Nothing says whether it was kept, and the answer is there: only its date is told."""
    contract = contract_of(ports, "accreditation-body")
    found = known(contract, "appeal", MORNING + 9 * DAY, act("decision", MORNING + 5 * DAY))
    forward = step(found, "forward")
    assert (forward.done, forward.overdue, forward.passed) == (None, False, True)


def test_what_follows_the_decision_can_be_overdue(ports: Ports) -> None:
    """Ten working days to carry it out run from the day of the decision, and pass too."""
    contract = contract_of(ports, "accreditation-body")
    decided = act("decision", MORNING + DAY, ActDetails(happened_on=date(2026, 3, 2)))
    found = step(known(contract, "appeal", MORNING + 20 * DAY, decided), "carry-out")
    assert found.milestone.due is not None
    assert found.milestone.due.day == date(2026, 3, 16)
    assert (found.overdue, found.lateness) == (True, Lateness(4, "working_day", 6))


def test_nothing_is_overdue_once_withdrawn(ports: Ports) -> None:
    """Who has withdrawn is waiting for nothing."""
    contract = contract_of(ports, "accreditation-body")
    found = known(contract, "appeal", MORNING + 20 * DAY, act("withdrawn", MORNING + DAY))
    assert (found.state, found.overdue, found.review) == ("withdrawn", False, None)


def test_decision_of_the_case_moves_no_window(ports: Ports) -> None:
    """The time to file ran from the decision that is complained of."""
    contract = contract_of(ports, "accreditation-body")
    submission = Submission(decided_on=date(2026, 2, 20))
    decided = act("decision", MORNING + DAY)
    found = step(
        known(contract, "appeal", MORNING + 9 * DAY, decided, submission=submission), "file-appeal"
    )
    assert found.milestone.due is not None
    assert found.milestone.due.day == date(2026, 3, 23)
    assert done_on(found) == date(2026, 3, 2)


def test_two_rounds_of_review(ports: Ports) -> None:
    """Answer, not satisfied, second answer, appeal: each opens the next and dates its limits."""
    contract = contract_of(ports, "factory-staff")
    events: list[CaseEvent] = []
    now = MORNING

    def after(what: FilerAct | StaffAct, days: int = 1) -> Progress:
        nonlocal now
        now += days * DAY
        events.append(act(what, now))
        return known(contract, "grievance", now, *events)

    found = after("forwarded", 0)
    assert found.review is None
    answer = step(found, "answer").milestone.due
    assert answer is not None
    assert answer.day == date(2026, 3, 9)

    found = after("decision")
    assert found.review is not None
    assert (found.review.index, found.review.window, found.review.late) == (0, None, False)
    assert step(found, "again") == LimitProgress(step(found, "again").milestone)
    assert step(found, "again").milestone.due is None
    assert found.open_steps == ()

    found = after("review_requested")
    assert found.review is None
    again = step(found, "again").milestone.due
    assert again is not None
    assert again.day == date(2026, 3, 13)
    assert step(found, "appeal").milestone.due is None

    found = after("decision")
    assert done_on(step(found, "again")) == date(2026, 3, 5)
    assert found.review is not None
    assert found.review.index == 1
    assert found.review.window is not None
    assert found.review.window.due is not None
    assert found.review.window.due.day == date(2026, 3, 16)
    late = known(contract, "grievance", now + 20 * DAY, *events)
    assert late.review is not None
    assert late.review.late is True

    found = after("review_requested")
    assert done_on(step(found, "appeal")) == date(2026, 3, 6)
    assert found.review is None
    last = step(found, "appeal-answer").milestone.due
    assert last is not None
    assert last.day == date(2026, 3, 27)

    found = after("decision")
    assert done_on(step(found, "appeal-answer")) == date(2026, 3, 7)
    assert found.review is None


@pytest.mark.parametrize(
    ("delivery", "last_day"),
    [
        (ActDetails(), date(2026, 12, 4)),
        (ActDetails(delivered_on=date(2026, 11, 10), delivered_how="当面交付"), date(2026, 11, 20)),
    ],
    ids=["not stated", "stated"],
)
def test_time_to_appeal_runs_from_the_record(
    ports: Ports, delivery: ActDetails, last_day: date
) -> None:
    """An answer entered on 24 November as of the 10th takes no time, unless it was delivered."""
    contract = contract_of(ports, "factory-staff")
    received = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
    recorded = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
    answer = delivery.model_copy(update={"happened_on": date(2026, 11, 10)})
    events = (
        act("forwarded", received),
        act("decision", received + DAY),
        act("review_requested", received + 2 * DAY),
        act("decision", recorded, answer),
    )
    found = known(contract, "grievance", recorded, *events, received_at=received)
    assert found.review is not None
    assert found.review.window is not None
    assert found.review.window.due is not None
    assert found.review.window.due.day == last_day


def test_kept_late_by_hours_and_minutes(ports: Ports) -> None:
    """Due at 10:30 and done at 18:00 the same day is late by 450 minutes."""
    contract = contract_of(ports, "car-dealer")
    evening = MORNING + timedelta(hours=8)
    done = act("done", evening, ActDetails(keeps=("hand-over",)))
    found = step(known(contract, "complaint", evening, done), "hand-over")
    assert (found.overdue, found.lateness) == (False, Lateness(450, "minute"))


def test_review_opens_when_the_organisation_is_late(ports: Ports) -> None:
    """Nobody has to wait for an answer that does not come."""
    contract = contract_of(ports, "factory-staff")
    handed_on = act("forwarded", MORNING)
    assert known(contract, "grievance", MORNING + 7 * DAY, handed_on).review is None
    found = known(contract, "grievance", MORNING + 8 * DAY, handed_on)
    assert found.overdue is True
    assert found.review is not None
    assert found.review.index == 0


def test_recorded_extension_takes_the_place_of_its_limit(ports: Ports) -> None:
    """Once staff record the extension, the first limit is no longer due and the longer one is."""
    contract = contract_of(ports, "commercial-bank")
    level = act("classified", MORNING, ActDetails(level="complex"))
    longer = act("extended", MORNING + 20 * DAY, ActDetails(extends="decide-longer"))
    past_the_first, past_both = MORNING + 35 * DAY, MORNING + 70 * DAY
    without = known(contract, "complaint", past_the_first, level)
    assert step(without, "decide-complex").overdue
    assert not step(without, "decide-longer").overdue
    extended = known(contract, "complaint", past_the_first, level, longer)
    assert step(extended, "decide-complex").settled
    assert not extended.overdue
    assert extended.answer is not None
    assert extended.answer.certain is not None
    assert extended.answer.certain.limit.id == "decide-longer"
    assert step(known(contract, "complaint", past_both, level, longer), "decide-longer").overdue


def test_extension_that_comes_too_late_excuses_nothing(ports: Ports) -> None:
    """A limit that had ended before the extension was recorded stays overdue."""
    contract = contract_of(ports, "commercial-bank")
    level = act("classified", MORNING, ActDetails(level="complex"))
    longer = act("extended", MORNING + 33 * DAY, ActDetails(extends="decide-longer"))
    found = known(contract, "complaint", MORNING + 35 * DAY, level, longer)
    assert step(found, "decide-complex").overdue
