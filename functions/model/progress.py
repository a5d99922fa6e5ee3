"""Computes the progress of a case: limits kept and overdue, and the review open to request."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from functions.model.acts import current_level
from functions.model.case import Case, CaseEvent
from functions.model.case_log import (
    OVER,
    CaseAct,
    CaseState,
    case_acts,
    case_state,
    requested_review,
)
from functions.model.contract.contract import Contract
from functions.model.contract.kind import Kind
from functions.model.contract.limit import Limit
from functions.model.contract.terms import BUILT_IN, Event
from functions.model.deadlines.calendar import Calendar
from functions.model.deadlines.counting import Due
from functions.model.deadlines.lateness import Lateness, lateness
from functions.model.deadlines.latest_answer import LatestAnswer, latest_answer
from functions.model.deadlines.milestones import (
    Calendars,
    Milestone,
    Start,
    limits_of,
    milestones,
    starts_at_filing,
)
from functions.model.deadlines.occurrences import (
    Occurrences,
    find_keeping_act,
    find_occurrences,
)

_RECORDED: tuple[Event, ...] = ("registered", "forwarded")
"""Events that staff may have caused without recording them here, as those that a policy names."""

_BEFORE_ANSWER: tuple[Event, ...] = ("received", "registered", "forwarded", "report")
"""What runs from these leads to the answer; once it is there, nothing of it is due any more."""

_UNANSWERED: tuple[CaseState, ...] = ("received", "acknowledged", "handling")

_ROUND = ("decision", "not_accepted", "review_requested")


@dataclass(frozen=True)
class LimitProgress:
    """A milestone and whether it was kept.

    `done` is the moment at which it was kept, as far as staff say so, `kept` the act that kept
    it; `recorded_late` means that this was recorded only after its end. `overdue` means that the
    organisation's limit ended and no act kept it; a provisional limit is never overdue. `lateness`
    counts from its end to `done`, or to now if it is overdue. `passed` means that it ended without
    being kept but is not overdue: it was the filer's, an answer followed, or the case is over.
    `settled` means that nothing more is due: the answer came first, the case is over, or the limit
    was extended. A limit with a condition in words, or one that extends another, is never overdue
    by itself, since it may not apply; it is once staff have recorded the extension.
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
    """The progress of a case at one moment; `answer` is None unless an answer is still to come."""

    state: CaseState
    happened: tuple[CaseAct, ...]
    steps: tuple[LimitProgress, ...]
    review: OpenReview | None
    answer: LatestAnswer | None

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
            and (step.milestone.due or step.milestone.stopped or _may_run(step.milestone.limit))
        )


def _may_run(limit: Limit) -> bool:
    """Whether it may run from something that staff have not recorded."""
    return all(event in _RECORDED or event not in BUILT_IN for event in limit.events)


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
    level = current_level(happened)
    filed = starts_at_filing(case.submission, case.received_at.astimezone(zone), calendars.filed)
    limits = limits_of(kind, case.submission, level)
    occurrences = find_occurrences(kind, limits, filed, happened, calendars, zone)
    stops = occurrences.stops(kind)

    def dated_if(assumed: Mapping[Event, Start]) -> tuple[Milestone, ...]:
        begun = {**assumed, **occurrences.begun}
        filing = (case.submission, case.received_at)
        return milestones(contract, kind, *filing, calendars, begun, level, stops)

    dated = dated_if({})
    known = _Known(
        kind, occurrences, dated, case, happened, state, calendars.current, now.astimezone(zone)
    )
    steps = tuple(known.assess(milestone) for milestone in dated)
    review = _find_open_review(kind, case, state, happened, steps, now)
    answer = None
    if state in (*_UNANSWERED, "review"):
        decided = level or kind.level_of(case.submission.category)
        extended = frozenset(act.entry.extends for act in happened if act.act == "extended")
        asked = kind.review_limits(requested_review(happened)) if state == "review" else None
        today = calendars.current
        answer = latest_answer(kind, dated_if, dated, decided, today, extended, asked)
    return Progress(state, happened, steps, review, answer)


@dataclass(frozen=True)
class _Known:
    """What is known of a case when its limits are assessed; `now` is the organisation's time."""

    kind: Kind
    occurrences: Occurrences
    dated: tuple[Milestone, ...]
    case: Case
    happened: tuple[CaseAct, ...]
    state: CaseState
    calendar: Calendar
    now: datetime

    def assess(self, milestone: Milestone) -> LimitProgress:
        """Whether a limit was kept, is open or is overdue."""
        limit, due = milestone.limit, milestone.due
        zone = ZoneInfo(str(self.now.tzinfo))
        extended = {act.entry.extends for act in self.happened if act.act == "extended"}
        if limit.is_window:
            return LimitProgress(milestone, done=self.case.received_at.astimezone(zone))
        start = self.occurrences.start_of(limit, self.kind)
        if found := find_keeping_act(limit, start, self.happened):
            if self._is_needless(limit):
                return LimitProgress(milestone, settled=True)
            kept = found[1]
            done = kept.moment(zone)
            recorded = kept.at.astimezone(zone)
            return LimitProgress(
                milestone,
                done,
                kept,
                recorded_late=due is not None and due.at <= recorded and done < due.at,
                lateness=self._lateness(limit, due, done),
            )
        if self._was_extended(milestone):
            return LimitProgress(milestone, settled=True)
        after = 0 if start is None else start + 1
        answered = any(act.answers for act in self.happened[after:])
        over = self.state in OVER
        if due is None or self.now < due.at or due.provisional:
            needless = answered and self._leads_to_answer(limit)
            return LimitProgress(milestone, settled=over or needless or self._is_needless(limit))
        decided = not limit.is_conditional or limit.id in extended
        can_be_overdue = limit.party == "organisation" and decided
        if not can_be_overdue or limit.not_before or answered or over:
            return LimitProgress(milestone, passed=True)
        return LimitProgress(milestone, overdue=True, lateness=self._lateness(limit, due, self.now))

    def _is_needless(self, limit: Limit) -> bool:
        """Whether a limit extends another that was kept in time."""
        if limit.extends is None:
            return False
        base = next((each for each in self.dated if each.limit.id == limit.extends), None)
        if base is None:
            return False
        start = self.occurrences.start_of(base.limit, self.kind)
        found = find_keeping_act(base.limit, start, self.happened)
        if found is None:
            return False
        done = found[1].moment(ZoneInfo(str(self.now.tzinfo)))
        return base.due is None or done < base.due.at

    def _was_extended(self, milestone: Milestone) -> bool:
        """Whether staff recorded an extension of the limit before it ended."""
        return any(
            act.act == "extended"
            and self._is_longer(act.entry.extends, milestone.limit)
            and (milestone.due is None or act.at < milestone.due.at)
            for act in self.happened
        )

    def _is_longer(self, id_: str | None, limit: Limit) -> bool:
        """Whether the limit of that id extends this one."""
        return any(each.id == id_ and each.extends == limit.id for each in self.kind.limits)

    def _leads_to_answer(self, limit: Limit) -> bool:
        """Whether nothing of it is due any more once there is an answer."""
        if limit.party != "organisation":
            return False
        return all(
            event in _BEFORE_ANSWER or (event not in BUILT_IN and self._is_over(event, limit))
            for event in self.kind.base_of(limit).events
        )

    def _is_over(self, event: Event, limit: Limit) -> bool:
        """Whether what runs from a named event ended with the answer, at the latest."""
        return "decision" in limit.kept_by or self.occurrences.index_of(event) is not None

    def _lateness(self, limit: Limit, due: Due | None, at: datetime) -> Lateness | None:
        """How late `at` is; None where it is in time."""
        if due is None or at < due.at or limit.not_before:
            return None
        return lateness(limit, due.at, due.day, at, self.calendar)


def _find_open_review(
    kind: Kind,
    case: Case,
    state: CaseState,
    happened: tuple[CaseAct, ...],
    steps: tuple[LimitProgress, ...],
    now: datetime,
) -> OpenReview | None:
    """The next internal review, once there is an answer to review or a limit is overdue."""
    inside = [
        index
        for index, review in enumerate(kind.reviews)
        if review.inside and review.is_for(case.submission.relation)
    ]
    requests = sum(act.act == "review_requested" for act in happened)
    if state == "withdrawn" or requests >= len(inside):
        return None
    last = next((act for act in reversed(happened) if act.act in _ROUND), None)
    answered = last is not None and last.answers
    index = inside[requests]
    if not (answered or kind.reviews[index].any_time or any(step.overdue for step in steps)):
        return None
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
