"""How far a case has come: which time limits were kept, which are overdue, what can be asked."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from functions.model.case import Case, CaseEvent
from functions.model.case_log import CaseAct, CaseState, case_acts, case_state
from functions.model.contract.contract import Contract
from functions.model.contract.kind import Kind
from functions.model.contract.limit import Limit
from functions.model.contract.terms import Event
from functions.model.deadlines.milestones import Milestone, milestones

_RECORDED: tuple[Event, ...] = ("registered", "forwarded")
"""What staff may have done without a record here."""

_ROUND = ("decision", "review_requested")


@dataclass(frozen=True)
class LimitProgress:
    """A milestone and what became of it.

    `done` is the day on which it was kept, and `kept` what did so. `days_late` counts from its
    last day to that day, or to today where it is `overdue`: the organisation let it pass and
    nothing says that it was done. One that a later answer left behind has only `passed`.
    """

    milestone: Milestone
    done: date | None = None
    kept: CaseAct | None = None
    overdue: bool = False
    days_late: int = 0
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
    """When something happened that limits run from, and its place among the happenings."""

    at: datetime
    place: int


def progress(
    contract: Contract, kind: Kind, case: Case, events: tuple[CaseEvent, ...], now: datetime
) -> Progress:
    """How far the case has come by `now`, from what its events say."""
    zone = ZoneInfo(contract.timezone)
    happened = case_acts(events)
    reached = case_state(happened)
    begun = _begun(happened, zone)
    dated = milestones(
        contract,
        kind,
        case.submission,
        case.received_at,
        {event: beginning.at for event, beginning in begun.items()},
    )
    steps = tuple(
        _step(milestone, begun, case, happened, reached, now.astimezone(zone))
        for milestone in dated
    )
    return Progress(reached, happened, steps, _open_review(kind, reached, happened, steps, now))


def _begun(happened: tuple[CaseAct, ...], zone: ZoneInfo) -> dict[Event, _Beginning]:
    """What happened that limits run from; a second round's events begin anew."""
    begun: dict[Event, _Beginning] = {}
    for place, one in enumerate(happened):
        event = _event(one, begun)
        if event is not None:
            begun[event] = _Beginning(_moment(one, zone), place)
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


def _moment(one: CaseAct, zone: ZoneInfo) -> datetime:
    """When it happened: to the minute on the day of its record, else its day alone."""
    at = one.at.astimezone(zone)
    day = one.entry.happened_on
    return at if day in (None, at.date()) else datetime.combine(day or at.date(), time(), zone)


def _step(
    milestone: Milestone,
    begun: dict[Event, _Beginning],
    case: Case,
    happened: tuple[CaseAct, ...],
    reached: CaseState,
    now: datetime,
) -> LimitProgress:
    limit, due = milestone.limit, milestone.due
    zone = now.tzinfo or UTC
    if limit.is_window:
        return LimitProgress(milestone, done=case.received_at.astimezone(zone).date())
    start = begun[limit.starts].place if limit.starts in begun else -1
    begun_at = None if due is None else start
    if kept := _kept(limit, begun_at, happened):
        day = kept.entry.happened_on or kept.at.astimezone(zone).date()
        late = max((day - due.day).days, 0) if due else 0
        return LimitProgress(milestone, done=day, kept=kept, days_late=late)
    if due is None or now < due.at:
        return LimitProgress(milestone)
    answered = any(one.act == "decision" for one in happened[start + 1 :])
    if limit.party == "filer" or answered or reached in ("closed", "withdrawn"):
        return LimitProgress(milestone, passed=True)
    return LimitProgress(milestone, overdue=True, days_late=(now.date() - due.day).days)


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
