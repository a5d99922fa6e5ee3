"""Events that a policy names: they start limits, stop clocks, and come about when one is kept."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from functions.cases.ports.ports import Ports
from functions.model.answers.submission import Submission
from functions.model.case_log import ActDetails
from functions.model.contract.contract import Contract
from functions.model.contract.kind import Kind, NamedEvent, Review, Suspension
from functions.model.contract.limit import Limit
from functions.model.contract.terms import Party, RecordedBy
from functions.model.progress import LimitProgress, Progress
from functions.model.text import Text
from tests.conftest import MORNING
from tests.functions.model.test_progress import DAY, act, contract_of, known, step

WORDS = Text({"zh-CN": "办理", "en": "Handle it"})


def limit(id: str, starts: str | None = "received", **more: object) -> Limit:
    """Ten days of the organisation from an event."""
    return Limit.model_validate(
        {"value": 10, "unit": "day", "starts": starts, "party": "organisation"}
        | {"id": id, "action": WORDS, "role": None, "clause": "1"}
        | more
    )


def event(id: str, recorded_by: RecordedBy = "staff") -> NamedEvent:
    """An event that the policy names."""
    return NamedEvent(id=id, name=WORDS, recorded_by=recorded_by)


def of(ports: Ports, *limits: Limit, **more: object) -> Contract:
    """A contract of the accreditation body whose appeals have these limits and no others."""
    contract = contract_of(ports, "accreditation-body")
    kind = contract.kinds["appeal"].model_copy(
        update={
            "limits": limits,
            "events": tuple(event(id) for id in ("accepted", "asked", "came", "hearing")),
            **more,
        }
    )
    return contract.model_copy(update={"kinds": {"appeal": kind}})


def recorded(id: str, at: datetime, **more: object) -> ActDetails:
    """What staff record of an event."""
    return ActDetails.model_validate({"event": id} | more)


def at_day(n: int, hour: int = 0) -> datetime:
    """So many days after Monday 2 March 2026, ten o'clock in Shanghai."""
    return MORNING + n * DAY + timedelta(hours=hour)


def last_day(found: LimitProgress) -> date | None:
    """The last day of a limit."""
    return found.milestone.due.day if found.milestone.due else None


def on_event(contract: Contract, now: datetime, *events: tuple[int, str, ActDetails]) -> Progress:
    """The case after acts on some days."""
    acts = [act(what, at_day(day), entry) for day, what, entry in events]  # type: ignore[arg-type]
    return known(contract, "appeal", now, *acts)


def test_named_event_starts_a_limit(ports: Ports) -> None:
    """Without the event there is no date; with it, its day starts the limit, and then it is due."""
    contract = of(ports, limit("answer", "accepted"))
    before = step(on_event(contract, at_day(30)), "answer")
    assert (last_day(before), before.overdue) == (None, False)
    entry = ActDetails(event="accepted", happened_on=date(2026, 3, 4))
    after = step(on_event(contract, at_day(30), (3, "event", entry)), "answer")
    assert (last_day(after), after.overdue) == (date(2026, 3, 16), True)


def test_act_that_keeps_a_limit_is_the_event_it_brings(ports: Ports) -> None:
    """The acknowledgement within five days starts the ten days of the answer."""
    contract = of(
        ports,
        limit("acknowledge", value=5, brings="accepted", kept_by=("acknowledged",)),
        limit("answer", "accepted", kept_by=("decision",)),
    )
    found = on_event(contract, at_day(4), (2, "acknowledged", ActDetails()))
    assert step(found, "acknowledge").done == datetime(2026, 3, 4, 10).replace(
        tzinfo=step(found, "acknowledge").done.tzinfo  # type: ignore[union-attr]
    )
    assert last_day(step(found, "answer")) == date(2026, 3, 16)
    declared = ActDetails(keeps=("acknowledge",), happened_on=date(2026, 3, 3))
    found = on_event(contract, at_day(4), (3, "done", declared))
    assert last_day(step(found, "answer")) == date(2026, 3, 13)
    as_event = ActDetails(event="accepted")
    found = on_event(contract, at_day(4), (1, "event", as_event))
    assert step(found, "acknowledge").done is not None
    assert last_day(step(found, "answer")) == date(2026, 3, 13)
    found = on_event(
        contract, at_day(6), (1, "event", as_event), (5, "decision", ActDetails(text="好"))
    )
    assert step(found, "answer").done is not None


def test_events_bring_each_other(ports: Ports) -> None:
    """What one kept limit brings starts the next, and what that brings the one after."""
    contract = of(
        ports,
        limit("third", "came"),
        limit("second", "accepted", brings="came", kept_by=("registered",)),
        limit("first", brings="accepted", kept_by=("acknowledged",)),
    )
    done = ((1, "acknowledged", ActDetails()), (2, "registered", ActDetails()))
    assert last_day(step(on_event(contract, at_day(3), *done), "third")) == date(2026, 3, 16)


def test_later_of_waits_for_all(ports: Ports) -> None:
    """The later of two events starts it; until both are known there is no date."""
    contract = of(ports, limit("answer", None, later_of=("received", "came")))
    assert last_day(step(on_event(contract, at_day(1)), "answer")) is None
    found = on_event(contract, at_day(9), (8, "event", ActDetails(event="came")))
    assert last_day(step(found, "answer")) == date(2026, 3, 20)


def test_extension_is_apart_and_never_overdue(ports: Ports) -> None:
    """The base is overdue at its end; the extension has its own date and never is."""
    contract = of(
        ports,
        limit("answer", kept_by=("decision",)),
        limit("longer", extends="answer", kept_by=("decision",)),
    )
    found = on_event(contract, at_day(40))
    assert [(last_day(one), one.overdue) for one in found.steps] == [
        (date(2026, 3, 12), True),
        (date(2026, 3, 23), False),
    ]
    assert [one.milestone.limit.is_conditional for one in found.steps] == [False, True]
    in_time = on_event(contract, at_day(9), (8, "decision", ActDetails(text="好")))
    assert [one.settled for one in in_time.steps] == [False, True]
    late = on_event(contract, at_day(19), (18, "decision", ActDetails(text="好")))
    assert [one.lateness is not None for one in late.steps] == [True, False]
    assert all(one.done for one in late.steps)


def suspended(*limits: str) -> Suspension:
    """From when papers are asked for until they come."""
    return Suspension(limits=limits, begins="asked", ends="came", clause="2", text=WORDS)


def test_stopped_clock_has_no_date_and_is_not_overdue(ports: Ports) -> None:
    """While it stands nothing is due; then the days after it stopped do not count."""
    contract = of(ports, limit("answer"), limit("other"), suspensions=(suspended("answer"),))
    asked = (2, "event", ActDetails(event="asked"))
    standing = on_event(contract, at_day(60), asked)
    answer = step(standing, "answer")
    assert (last_day(answer), answer.overdue, answer.settled) == (None, False, False)
    assert answer.milestone.stopped is not None
    assert answer.milestone.stopped.begins.date() == date(2026, 3, 4)
    assert answer in standing.open_steps
    assert step(standing, "other").overdue
    running = step(
        on_event(contract, at_day(60), asked, (9, "event", recorded("came", MORNING))), "answer"
    )
    assert last_day(running) == date(2026, 3, 19)
    assert (running.overdue, len(running.milestone.stops)) == (True, 1)


def test_clock_can_stop_twice_but_not_after_its_end(ports: Ports) -> None:
    """Two stops add up; one that begins after the end changes nothing."""
    contract = of(ports, limit("answer"), suspensions=(suspended("answer"),))
    twice = [
        (day, "event", ActDetails(event=id))
        for day, id in ((1, "asked"), (3, "came"), (5, "asked"), (8, "came"))
    ]
    assert last_day(step(on_event(contract, at_day(9), *twice), "answer")) == date(2026, 3, 17)
    late = step(on_event(contract, at_day(30), (20, "event", ActDetails(event="asked"))), "answer")
    assert (last_day(late), late.overdue) == (date(2026, 3, 12), True)


def test_clock_can_run_anew(ports: Ports) -> None:
    """Time that restarts is counted whole from the event, with what extends it."""
    anew = suspended("answer", "longer").model_copy(update={"restarts": True})
    contract = of(
        ports,
        limit("answer", value=1, unit="month"),
        limit("longer", value=2, unit="month", extends="answer"),
        suspensions=(anew,),
    )
    asked, came = ActDetails(event="asked"), ActDetails(event="came")
    found = on_event(contract, at_day(30), (9, "event", asked), (15, "event", came))
    assert last_day(step(found, "answer")) == date(2026, 4, 17)
    assert last_day(step(found, "longer")) == date(2026, 6, 17)
    standing = on_event(contract, at_day(60), (9, "event", asked))
    assert (last_day(step(standing, "answer")), step(standing, "answer").overdue) == (None, False)
    late = on_event(contract, at_day(60), (40, "event", asked), (45, "event", came))
    assert last_day(step(late, "answer")) == date(2026, 4, 2)


def test_request_for_the_only_review_is_the_appeal(ports: Ports) -> None:
    """Without a second answer the first request appeals; an outside body's time does not start."""
    answered = (1, "decision", ActDetails(text="好"))
    asked = (2, "review_requested", ActDetails(review=0))
    limits = (limit("review", "appealed"), limit("body", "appealed", party="authority"))
    found = on_event(of(ports, *limits), at_day(3), answered, asked)
    assert last_day(step(found, "review")) == date(2026, 3, 16)
    assert last_day(step(found, "body")) is None
    first = on_event(of(ports, *limits, limit("again", "dissatisfied")), at_day(3), answered, asked)
    assert last_day(step(first, "review")) is None


@pytest.mark.parametrize(
    ("filed", "last"),
    [((0, 0), date(2026, 3, 4)), ((4, 0), date(2026, 3, 9)), ((5, 0), date(2026, 3, 10))],
)
def test_sundays_not_counted(ports: Ports, filed: tuple[int, int], last: date) -> None:
    """Two days from Monday end on Wednesday, from Friday on Monday, from Saturday on Tuesday."""
    contract = of(ports, limit("protest", "accepted", value=2, unit="day", not_counted=("sunday",)))
    happened = ActDetails(event="accepted", happened_on=at_day(filed[0]).date())
    found = on_event(contract, at_day(20), (19, "event", happened))
    assert last_day(step(found, "protest")) == last


def test_reported_in_another_order(ports: Ports) -> None:
    """Staff who record the end first and then the beginning stop the clock all the same."""
    contract = of(ports, limit("answer"), suspensions=(suspended("answer"),))
    came = ActDetails(event="came", happened_on=date(2026, 3, 10))
    asked = ActDetails(event="asked", happened_on=date(2026, 3, 5))
    found = on_event(contract, at_day(9), (8, "event", came), (8, "event", asked))
    assert last_day(step(found, "answer")) == date(2026, 3, 17)


def test_end_before_an_event(ports: Ports) -> None:
    """Five working days before the hearing, which staff record ahead."""
    summon = limit(
        "summon", None, value=5, unit="working_day", before="hearing", kept_by=("message",)
    )
    contract = of(ports, summon)
    hearing = ActDetails(event="hearing", happened_on=date(2026, 4, 1))
    found = on_event(contract, at_day(2), (1, "event", hearing))
    assert last_day(step(found, "summon")) == date(2026, 3, 25)
    kept = (3, "message", ActDetails(text="通知"))
    assert step(on_event(contract, at_day(4), (1, "event", hearing), kept), "summon").done
    assert step(on_event(contract, at_day(25), (1, "event", hearing)), "summon").overdue


def test_corrected_event_keeps_what_was_done(ports: Ports) -> None:
    """A second record corrects the date and does not undo what was done since the first."""
    contract = of(ports, limit("answer", "accepted", kept_by=("decision",)))
    found = on_event(
        contract,
        at_day(9),
        (1, "event", ActDetails(event="accepted", happened_on=date(2026, 3, 3))),
        (5, "decision", ActDetails(text="好")),
        (6, "event", ActDetails(event="accepted", happened_on=date(2026, 3, 2))),
    )
    assert last_day(step(found, "answer")) == date(2026, 3, 12)
    assert step(found, "answer").done is not None


@pytest.mark.parametrize("party", ["authority", "respondent"])
def test_limits_of_others_are_never_overdue(ports: Ports, party: Party) -> None:
    """What others must do is dated as theirs; the organisation is not late with it."""
    found = on_event(of(ports, limit("theirs", party=party)), at_day(40))
    theirs = step(found, "theirs")
    assert (last_day(theirs), theirs.overdue, theirs.passed) == (date(2026, 3, 12), False, True)
    assert not found.overdue
    assert found.open_steps == ()


def test_a_minimum_is_never_overdue(ports: Ports) -> None:
    """Not before the tenth day; afterwards nothing is late, and done later is not late either."""
    contract = of(ports, limit("wait", not_before=True, kept_by=("decision",)))
    assert not step(on_event(contract, at_day(40)), "wait").overdue
    done = on_event(contract, at_day(40), (30, "decision", ActDetails(text="好")))
    assert step(done, "wait").lateness is None


def test_eligibility_window_is_flagged(ports: Ports) -> None:
    """The form asks when it happened: a filing after the window is late, and is not refused."""
    window = limit("window", "happened", party="filer", value=12, unit="month", asked=True)
    contract = of(ports, window, events=(event("happened", "filer"),))
    for day, late in ((date(2025, 3, 3), False), (date(2025, 2, 27), True)):
        given = Submission(events={"happened": day})
        found = step(known(contract, "appeal", MORNING, submission=given), "window")
        assert (found.milestone.limit.is_window, found.milestone.late) == (True, late)
    nothing = step(known(contract, "appeal", MORNING), "window")
    assert (last_day(nothing), nothing.milestone.late) == (None, False)


def test_review_for_some_and_at_any_time(ports: Ports) -> None:
    """A review is open to those whom it is for; one at any time needs no answer first."""
    reviews = (
        Review(body=WORDS, inside=True, clause="1", filers=("staff",)),
        Review(body=WORDS, inside=True, clause="2", any_time=True),
    )
    found = known(of(ports, limit("answer"), reviews=reviews), "appeal", MORNING)
    assert found.review is not None
    assert found.review.index == 1


def test_stage_two_window_is_no_window_to_file(ports: Ports) -> None:
    """The time to ask for a review runs from the answer, as staff record it."""
    ask = limit("ask", "decision", party="filer", in_review=True, value=20, unit="working_day")
    reviews = (Review(body=WORDS, inside=True, clause="1", limits=("ask",)),)
    contract = of(ports, ask, reviews=reviews)
    found = on_event(contract, at_day(3), (2, "decision", ActDetails(text="好")))
    assert last_day(step(found, "ask")) == date(2026, 4, 1)
    assert found.review is not None
    assert found.review.window is not None


def test_branch_of_a_limit_and_a_route(ports: Ports) -> None:
    """A limit of a branch applies to filings about it only."""
    contract = of(ports, limit("all"), limit("north", branch="north"))
    kind: Kind = contract.kinds["appeal"]
    assert [one.id for one in kind.limits_for(None)] == ["all"]
    assert [one.id for one in kind.limits_for(None, branch="north")] == ["all", "north"]


def test_exact_time_of_a_stop(ports: Ports) -> None:
    """Hours stop at the moment that staff state."""
    contract = of(ports, limit("answer", value=4, unit="hour"), suspensions=(suspended("answer"),))
    asked = ActDetails(event="asked", happened_on=date(2026, 3, 2), happened_at=time(11))
    came = ActDetails(event="came", happened_on=date(2026, 3, 3), happened_at=time(9))
    found = on_event(contract, at_day(2), (1, "event", asked), (1, "event", came))
    due = step(found, "answer").milestone.due
    assert due is not None
    assert due.at.astimezone(UTC) == datetime(2026, 3, 3, 4, tzinfo=UTC)
