"""How far a case has come: which time limits were kept, which are overdue, what can be asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from functions.model.case import Case, CaseEvent
from functions.model.case_log import CaseAct, CaseState, case_acts, case_state
from functions.model.contract.contract import Contract
from functions.model.contract.kind import Kind
from functions.model.contract.limit import Limit
from functions.model.contract.terms import Event, Unit
from functions.model.deadlines.calendar import Calendar
from functions.model.deadlines.counting import Due
from functions.model.deadlines.milestones import Calendars, Milestone, Start, milestones

_RECORDED: tuple[Event, ...] = ("registered", "forwarded")
"""What staff may have done without a record here."""

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
    """A milestone and what became of it.

    `done` is the moment at which it was kept, as far as staff say so, `kept` the act that kept
    it, and `recorded_late` says that this was recorded only after its last day. `lateness` counts
    from its end to `done`, or to now where it is `overdue`: the organisation let it pass and
    nothing says that it was done. A date that may still move is never overdue. A limit that a
    later answer left behind has only `passed`.
    """

    milestone: Milestone
    done: datetime | None = None
    kept: CaseAct | None = None
    recorded_late: bool = False
    overdue: bool = False
    lateness: Lateness | None = None
    passed: bool = False


@dataclass(frozen=True)
class OpenReview:
    """The review inside that the filer may ask for now.

    `index` is its place among the kind's reviews; `window` the filer's time to ask, where the
    procedure sets one and it runs already. Who asks later is flagged, not refused.
    """

    index: int
    window: Milestone | None
    late: bool


@dataclass(frozen=True)
class Progress:
    """What is known of a case at one moment."""

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
        """Whether the organisation is late with anything."""
        return any(step.overdue for step in self.steps)

    @property
    def open_steps(self) -> tuple[LimitProgress, ...]:
        """The organisation's limits that nothing says were kept.

        Those that run from an answer or from what the filer does are left out until they run.
        """
        return tuple(
            step
            for step in self.steps
            if step.done is None
            and step.milestone.limit.party == "organisation"
            and (step.milestone.due or step.milestone.limit.starts in _RECORDED)
        )


@dataclass(frozen=True)
class _Beginning:
    """When something happened that limits run from, and its place among the acts."""

    start: Start
    place: int


def progress(
    contract: Contract,
    kind: Kind,
    case: Case,
    events: tuple[CaseEvent, ...],
    calendars: Calendars,
    now: datetime,
) -> Progress:
    """How far the case has come by `now`, from what its events say."""
    zone = ZoneInfo(contract.timezone)
    happened = case_acts(events)
    reached = case_state(happened)
    begun = _begun(happened, calendars, zone)
    dated = milestones(
        contract,
        kind,
        case.submission,
        case.received_at,
        calendars,
        {event: beginning.start for event, beginning in begun.items()},
    )
    judge = _Judge(begun, case, happened, reached, calendars.current, now.astimezone(zone))
    steps = tuple(judge.limit(milestone) for milestone in dated)
    return Progress(reached, happened, steps, _open_review(kind, reached, happened, steps, now))


def _begun(
    happened: tuple[CaseAct, ...], calendars: Calendars, zone: ZoneInfo
) -> dict[Event, _Beginning]:
    """What happened that limits run from; a second round's events begin anew."""
    begun: dict[Event, _Beginning] = {}
    for place, one in enumerate(happened):
        event = _event(one, begun)
        if event is not None:
            start = Start(one.moment(zone), one.told(zone), calendars.at(one.entry.calendar))
            begun[event] = _Beginning(start, place)
            if event == "decision":
                begun["ruling"] = begun[event]
    return begun


def _event(one: CaseAct, begun: dict[Event, _Beginning]) -> Event | None:
    """What limits may run from: asked again, the filer is dissatisfied, and then appeals."""
    match one.act:
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
class _Judge:
    """What is known of a case when its limits are judged; `now` is the organisation's local time."""

    begun: dict[Event, _Beginning]
    case: Case
    happened: tuple[CaseAct, ...]
    reached: CaseState
    calendar: Calendar
    now: datetime

    def limit(self, milestone: Milestone) -> LimitProgress:
        """What became of one limit."""
        limit, due = milestone.limit, milestone.due
        zone = ZoneInfo(str(self.now.tzinfo))
        if limit.is_window:
            return LimitProgress(milestone, done=self.case.received_at.astimezone(zone))
        start = self.begun[limit.starts].place if limit.starts in self.begun else -1
        if kept := _kept(limit, None if due is None else start, self.happened):
            done = kept.moment(zone)
            recorded = kept.at.astimezone(zone)
            return LimitProgress(
                milestone,
                done,
                kept,
                recorded_late=due is not None and due.at <= recorded and done < due.at,
                lateness=self._lateness(limit, due, done),
            )
        if due is None or self.now < due.at or due.provisional:
            return LimitProgress(milestone)
        answered = any(act.act == "decision" for act in self.happened[start + 1 :])
        if limit.party == "filer" or answered or self.reached in ("closed", "withdrawn"):
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


def _kept(limit: Limit, start: int | None, happened: tuple[CaseAct, ...]) -> CaseAct | None:
    """What kept the limit: what staff say did, or once it runs an act of its kind or the asking."""
    for place, one in enumerate(happened):
        since = start is not None and place > start
        asked = limit.party == "filer" and one.act == "review_requested"
        if limit.id in one.entry.keeps or (since and (asked or one.act in limit.kept_by)):
            return one
    return None


def _open_review(
    kind: Kind,
    reached: CaseState,
    happened: tuple[CaseAct, ...],
    steps: tuple[LimitProgress, ...],
    now: datetime,
) -> OpenReview | None:
    """The next review inside, once there is an answer to review or the organisation is late."""
    inside = [index for index, review in enumerate(kind.reviews) if review.inside]
    asked = sum(one.act == "review_requested" for one in happened)
    if reached == "withdrawn" or asked >= len(inside):
        return None
    last = next((one for one in reversed(happened) if one.act in _ROUND), None)
    answered = last is not None and last.act == "decision"
    if not answered and not any(step.overdue for step in steps):
        return None
    index = inside[asked]
    window = next(
        (
            step.milestone
            for step in steps
            if step.milestone.limit.party == "filer"
            and step.milestone.limit.id in kind.reviews[index].limits
        ),
        None,
    )
    late = window is not None and window.due is not None and window.due.at <= now
    return OpenReview(index, window, late)
