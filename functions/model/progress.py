"""Computes the progress of a case: limits kept and overdue, and the review open to request."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from functions.model.case import Case, CaseEvent
from functions.model.case_log import CaseAct, CaseState, case_acts, case_state, current_level
from functions.model.contract.contract import Contract
from functions.model.contract.kind import Kind
from functions.model.contract.limit import Limit
from functions.model.contract.terms import Event, Unit
from functions.model.deadlines.calendar import Calendar
from functions.model.deadlines.counting import Due
from functions.model.deadlines.milestones import Calendars, Milestone, Start, milestones

_RECORDED: tuple[Event, ...] = ("registered", "forwarded")
"""Events that staff may have caused without recording them here."""

_BEFORE_ANSWER: tuple[Event, ...] = ("received", "registered", "forwarded", "report")
"""What runs from these leads to the answer; once it is there, nothing of it is due any more."""

_ROUND = ("decision", "review_requested")


@dataclass(frozen=True)
class Lateness:
    """How late something is, in the unit of its limit: minutes, days or working days.

    `calendar_days` counts every day of it, for limits in days.
    """

    value: int
    unit: Unit
    calendar_days: int = 0


@dataclass(frozen=True)
class LimitProgress:
    """A milestone and whether it was kept.

    `done` is the moment at which it was kept, as far as staff say so, `kept` the act that kept
    it; `recorded_late` means that this was recorded only after its end. `overdue` means that the
    organisation's limit ended and no act kept it; a provisional limit is never overdue. `lateness`
    counts from its end to `done`, or to now if it is overdue. `passed` means that it ended without
    being kept but is not overdue: it was the filer's, an answer followed, or the case is over.
    `settled` means that nothing more is due: the answer came first, or the case is over. A limit
    with a condition in words is never overdue by itself, since it may not apply.
    """

    milestone: Milestone
    done: datetime | None = None
    kept: CaseAct | None = None
    recorded_late: bool = False
    overdue: bool = False
    lateness: Lateness | None = None
    passed: bool = False
    settled: bool = False


@dataclass(frozen=True)
class OpenReview:
    """The internal review that the filer may request now.

    `index` is its index among the kind's reviews. `window` is the filer's time limit to request
    it, if the procedure sets one. A `late` request is flagged, not refused.
    """

    index: int
    window: Milestone | None
    late: bool


@dataclass(frozen=True)
class Progress:
    """The progress of a case at one moment."""

    state: CaseState
    happened: tuple[CaseAct, ...]
    steps: tuple[LimitProgress, ...]
    review: OpenReview | None

    @property
    def dated(self) -> tuple[Milestone, ...]:
        """The milestones of the case."""
        return tuple(step.milestone for step in self.steps)

    @property
    def overdue(self) -> bool:
        """Whether any of the organisation's limits is overdue."""
        return any(step.overdue for step in self.steps)

    @property
    def open_steps(self) -> tuple[LimitProgress, ...]:
        """The organisation's limits that no act has kept.

        Limits that run from an answer or from an act of the filer are left out until they run.
        """
        return tuple(
            step
            for step in self.steps
            if step.done is None
            and not step.settled
            and step.milestone.limit.party == "organisation"
            and (step.milestone.due or step.milestone.limit.starts in _RECORDED)
        )


@dataclass(frozen=True)
class _Beginning:
    """When an event happened that limits run from, and the index of its act."""

    start: Start
    index: int


def progress(
    contract: Contract,
    kind: Kind,
    case: Case,
    events: tuple[CaseEvent, ...],
    calendars: Calendars,
    now: datetime,
) -> Progress:
    """The progress of the case at `now`, computed from its events."""
    zone = ZoneInfo(contract.timezone)
    happened = case_acts(events)
    state = case_state(happened)
    begun = _find_beginnings(happened, calendars, zone)
    dated = milestones(
        contract,
        kind,
        case.submission,
        case.received_at,
        calendars,
        {event: beginning.start for event, beginning in begun.items()},
        current_level(happened),
    )
    known = _Known(begun, case, happened, state, calendars.current, now.astimezone(zone))
    steps = tuple(known.assess(milestone) for milestone in dated)
    return Progress(state, happened, steps, _find_open_review(kind, state, happened, steps, now))


def _find_beginnings(
    happened: tuple[CaseAct, ...], calendars: Calendars, zone: ZoneInfo
) -> dict[Event, _Beginning]:
    """The events that limits run from; a repeated request replaces the earlier one."""
    begun: dict[Event, _Beginning] = {}
    for index, act in enumerate(happened):
        event = _classify(act, begun)
        if event is not None:
            start = Start(act.moment(zone), act.told(zone), calendars.at(act.entry.calendar))
            begun[event] = _Beginning(start, index)
            if event == "decision":
                begun["ruling"] = begun[event]
    return begun


def _classify(act: CaseAct, begun: dict[Event, _Beginning]) -> Event | None:
    """The event that an act is, if any; a request after the second answer is `appealed`."""
    match act.act:
        case "registered":
            return "registered" if "registered" not in begun else None
        case "forwarded":
            return "forwarded" if "forwarded" not in begun else None
        case "decision" if "dissatisfied" in begun and "answered_again" not in begun:
            return "answered_again"
        case "decision" if "decision" not in begun:
            return "decision"
        case "review_requested":
            return "appealed" if "answered_again" in begun else "dissatisfied"
    return None


@dataclass(frozen=True)
class _Known:
    """What is known of a case when its limits are assessed; `now` is the organisation's time."""

    begun: dict[Event, _Beginning]
    case: Case
    happened: tuple[CaseAct, ...]
    state: CaseState
    calendar: Calendar
    now: datetime

    def assess(self, milestone: Milestone) -> LimitProgress:
        """Whether a limit was kept, is open or is overdue."""
        limit, due = milestone.limit, milestone.due
        zone = ZoneInfo(str(self.now.tzinfo))
        if limit.is_window:
            return LimitProgress(milestone, done=self.case.received_at.astimezone(zone))
        start = self.begun[limit.starts].index if limit.starts in self.begun else -1
        if kept := _find_keeping_act(limit, None if due is None else start, self.happened):
            done = kept.moment(zone)
            recorded = kept.at.astimezone(zone)
            return LimitProgress(
                milestone,
                done,
                kept,
                recorded_late=due is not None and due.at <= recorded and done < due.at,
                lateness=self._lateness(limit, due, done),
            )
        answered = any(act.act == "decision" for act in self.happened[start + 1 :])
        over = self.state in ("closed", "withdrawn")
        if due is None or self.now < due.at or due.provisional:
            before = limit.starts in _BEFORE_ANSWER and limit.party == "organisation"
            return LimitProgress(milestone, settled=over or (answered and before))
        if limit.party == "filer" or limit.condition is not None or answered or over:
            return LimitProgress(milestone, passed=True)
        return LimitProgress(milestone, overdue=True, lateness=self._lateness(limit, due, self.now))

    def _lateness(self, limit: Limit, due: Due | None, at: datetime) -> Lateness | None:
        """How late `at` is; None where it is in time."""
        if due is None or at < due.at:
            return None
        if limit.unit in ("minute", "hour"):
            return Lateness(int((at - due.at).total_seconds()) // 60, "minute")
        days = [due.day + timedelta(days=n) for n in range(1, (at.date() - due.day).days + 1)]
        if limit.unit == "working_day":
            worked = sum(self.calendar.day_off(day) is None for day in days)
            return Lateness(worked, "working_day", len(days))
        return Lateness(len(days), "day", len(days))


def _find_keeping_act(
    limit: Limit, start: int | None, happened: tuple[CaseAct, ...]
) -> CaseAct | None:
    """The act that kept the limit: one that staff declared, or a fitting one after its start."""
    for index, act in enumerate(happened):
        running = start is not None and index > start
        requested = limit.party == "filer" and act.act == "review_requested"
        if limit.id in act.entry.keeps or (running and (requested or act.act in limit.kept_by)):
            return act
    return None


def _find_open_review(
    kind: Kind,
    state: CaseState,
    happened: tuple[CaseAct, ...],
    steps: tuple[LimitProgress, ...],
    now: datetime,
) -> OpenReview | None:
    """The next internal review, once there is an answer to review or a limit is overdue."""
    inside = [index for index, review in enumerate(kind.reviews) if review.inside]
    requests = sum(act.act == "review_requested" for act in happened)
    if state == "withdrawn" or requests >= len(inside):
        return None
    last = next((act for act in reversed(happened) if act.act in _ROUND), None)
    answered = last is not None and last.act == "decision"
    if not answered and not any(step.overdue for step in steps):
        return None
    index = inside[requests]
    window = next(
        (
            step.milestone
            for step in steps
            if step.milestone.limit.party == "filer"
            and step.milestone.limit.id in kind.reviews[index].limits
        ),
        None,
    )
    due = window.due if window else None
    late = due is not None and due.at <= now and not due.provisional
    return OpenReview(index, window, late)
