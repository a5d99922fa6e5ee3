"""Selects the dates of a case that concern its filer: the answer, what is owed next, their own."""

from dataclasses import dataclass
from datetime import datetime

from functions.model.contract.limit import Limit
from functions.model.deadlines.milestones import Milestone
from functions.model.progress import LimitProgress, Progress
from functions.model.text import Text


@dataclass(frozen=True)
class FilerDates:
    """What a filer would write down: each has a date, and none of them has passed.

    `answer` is the latest answer, also where only an extension would make it certain, `owed` what
    the organisation must do before, and `own` what the filer can do and until when.
    """

    answer: Milestone | None
    owed: Milestone | None
    own: tuple[Milestone, ...]

    def __bool__(self) -> bool:
        """Whether there is any date."""
        return bool(self.answer or self.owed or self.own)


def filer_dates(progress: Progress, holders: tuple[Text, ...], now: datetime) -> FilerDates:
    """The dates of a case that its filer needs at `now`, while `holders` have it."""
    answer = _ahead(_latest(progress), now)
    owed = owed_next(progress, holders)
    next_ = _ahead(owed.milestone if owed else None, now)
    own = (
        step.milestone
        for step in progress.steps
        if step.milestone.limit.party == "filer"
        and not (step.milestone.limit.is_window or step.done or step.settled or step.passed)
    )
    if next_ is not None and answer is not None and next_.limit.id == answer.limit.id:
        next_ = None
    return FilerDates(answer, next_, tuple(each for each in own if _ahead(each, now)))


def owed_next(progress: Progress, holders: tuple[Text, ...]) -> LimitProgress | None:
    """The organisation's limit that ends first, or has ended and nothing kept it.

    A limit that may not apply, or that only says from when, binds nobody yet. One in minutes or
    hours counts if one of the `holders` of the case must keep it, or if the act that keeps it is
    told to the filer: else it is for a role that hands the case to those who have it already.
    """
    owed = [
        step
        for step in progress.open_steps
        if step.milestone.due is not None
        and not step.passed
        and _binds(step.milestone.limit, holders)
    ]
    return min(owed, key=_end, default=None)


def _binds(limit: Limit, holders: tuple[Text, ...]) -> bool:
    if limit.recurring or limit.not_before or limit.is_conditional:
        return False
    told = any(act != "forwarded" for act in limit.kept_by)
    return not limit.is_exact or told or limit.role in holders


def _end(step: LimitProgress) -> datetime:
    due = step.milestone.due
    assert due is not None, "only limits with a date are compared"
    return due.at


def _latest(progress: Progress) -> Milestone | None:
    answer = progress.answer
    return (answer.certain or answer.possible) if answer else None


def _ahead(milestone: Milestone | None, now: datetime) -> Milestone | None:
    """The milestone, if it has a date that is still to come."""
    if milestone is None or milestone.due is None or milestone.due.at <= now:
        return None
    return milestone
