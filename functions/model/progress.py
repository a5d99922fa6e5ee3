"""Computes the progress of a case: limits kept and overdue, and the review open to request."""

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
"""Events that staff may have caused without recording them here."""

_ROUND = ("decision", "review_requested")


@dataclass(frozen=True)
class LimitProgress:
    """A milestone and whether it was kept.

    `done` is the day on which it was kept, `kept` the act that kept it. `overdue` means that the
    organisation's limit ended and no act kept it. `days_late` counts from the last day of the
    limit to `done`, or to today if it is overdue. `passed` means that it ended without being
    kept but is not overdue: it was the filer's, an answer followed, or the case is over.
    """

    milestone: Milestone
    done: date | None = None
    kept: CaseAct | None = None
    overdue: bool = False
    days_late: int = 0
    passed: bool = False


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
            and step.milestone.limit.party == "organisation"
            and (step.milestone.due or step.milestone.limit.starts in _RECORDED)
        )


@dataclass(frozen=True)
class _Beginning:
    """When an event happened that limits run from, and the index of its act."""

    at: datetime
    index: int


def progress(
    contract: Contract, kind: Kind, case: Case, events: tuple[CaseEvent, ...], now: datetime
) -> Progress:
    """The progress of the case at `now`, computed from its events."""
    zone = ZoneInfo(contract.timezone)
    happened = case_acts(events)
    state = case_state(happened)
    begun = _find_beginnings(happened, zone)
    dated = milestones(
        contract,
        kind,
        case.submission,
        case.received_at,
        {event: beginning.at for event, beginning in begun.items()},
    )
    steps = tuple(
        _assess(milestone, begun, case, happened, state, now.astimezone(zone))
        for milestone in dated
    )
    return Progress(state, happened, steps, _find_open_review(kind, state, happened, steps, now))


def _find_beginnings(happened: tuple[CaseAct, ...], zone: ZoneInfo) -> dict[Event, _Beginning]:
    """The events that limits run from; a repeated request replaces the earlier one."""
    begun: dict[Event, _Beginning] = {}
    for index, act in enumerate(happened):
        event = _classify(act, begun)
        if event is not None:
            begun[event] = _Beginning(_find_moment(act, zone), index)
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


def _find_moment(act: CaseAct, zone: ZoneInfo) -> datetime:
    """When the act happened: the moment of its record, or 00:00 of an earlier day."""
    at = act.at.astimezone(zone)
    day = act.entry.happened_on
    return at if day in (None, at.date()) else datetime.combine(day or at.date(), time(), zone)


def _assess(
    milestone: Milestone,
    begun: dict[Event, _Beginning],
    case: Case,
    happened: tuple[CaseAct, ...],
    state: CaseState,
    now: datetime,
) -> LimitProgress:
    limit, due = milestone.limit, milestone.due
    zone = now.tzinfo or UTC
    if limit.is_window:
        return LimitProgress(milestone, done=case.received_at.astimezone(zone).date())
    start = begun[limit.starts].index if limit.starts in begun else -1
    begun_at = None if due is None else start
    if kept := _find_keeping_act(limit, begun_at, happened):
        day = kept.entry.happened_on or kept.at.astimezone(zone).date()
        late = max((day - due.day).days, 0) if due else 0
        return LimitProgress(milestone, done=day, kept=kept, days_late=late)
    if due is None or now < due.at:
        return LimitProgress(milestone)
    answered = any(act.act == "decision" for act in happened[start + 1 :])
    if limit.party == "filer" or answered or state in ("closed", "withdrawn"):
        return LimitProgress(milestone, passed=True)
    return LimitProgress(milestone, overdue=True, days_late=(now.date() - due.day).days)


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
    late = window is not None and window.due is not None and window.due.at <= now
    return OpenReview(index, window, late)
