"""Measures a case: what is counted of it follows from its contract and its log."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from functions.model.acts import current_level
from functions.model.case import Case
from functions.model.case_log import CaseAct, case_state
from functions.model.contract.contract import Contract
from functions.model.deadlines.calendar import Calendar
from functions.model.deadlines.pauses import Pause
from functions.model.progress import LimitProgress, Progress
from functions.model.statistics.measured import (
    ONLINE,
    Answer,
    LimitRun,
    Measure,
    MeasuredCase,
    MeasuredResult,
    MeasuredTurn,
    Opinion,
    Standing,
)
from functions.model.statistics.time_taken import time_taken

_STANDINGS: dict[str, Standing] = {
    "answered": "answered",
    "closed": "closed",
    "withdrawn": "withdrawn",
}
"""The standing of each state of a case; in every other state it is open."""


def measure_cases(
    case: Case, contract: Contract, progress: Progress, calendar: Calendar, state: str
) -> MeasuredCase:
    """What is counted of a case.

    `progress` is at any moment after the last entry of its log, `calendar` has the days off that
    its dates were counted on, `state` stands for all of this. When something happened is when
    staff say that it did.
    """
    zone = ZoneInfo(contract.timezone)
    happened, kind = progress.happened, contract.kinds[case.kind]
    return MeasuredCase(
        kind=case.kind,
        category=case.submission.category,
        level=current_level(happened) or kind.level_of(case.submission.category),
        channel=case.entered.channel if case.entered else ONLINE,
        contract=case.contract,
        received=case.received_at,
        turns=tuple(_turns(happened, zone)),
        answers=tuple(_answers(happened, zone)),
        reviews=tuple(act.moment(zone) for act in happened if act.act == "review_requested"),
        runs=tuple(_runs(contract, progress, calendar, zone)),
        opinions=tuple(
            Opinion(at=act.at, satisfied=act.entry.satisfied, fairly=act.entry.fairly)
            for act in happened
            if act.act == "satisfaction"
        ),
        measures=tuple(_measures(happened, zone)),
        state=state,
    )


def _turns(happened: tuple[CaseAct, ...], zone: ZoneInfo) -> Iterator[MeasuredTurn]:
    before: Standing = "open"
    for count, act in enumerate(happened, 1):
        standing = _STANDINGS.get(case_state(happened[:count]), "open")
        if standing != before:
            yield MeasuredTurn(at=act.moment(zone), standing=standing)
        before = standing


def _answers(happened: tuple[CaseAct, ...], zone: ZoneInfo) -> Iterator[Answer]:
    earlier: MeasuredResult | None = None
    reviewed = False
    for act in happened:
        reviewed = reviewed or act.act == "review_requested"
        if not act.answers:
            continue
        result: MeasuredResult | None = (
            "not_accepted" if act.act == "not_accepted" else act.entry.outcome
        )
        known = reviewed and earlier is not None and result is not None
        yield Answer(
            at=act.moment(zone),
            result=result,
            remedy=bool(act.entry.remedy),
            reviewed=reviewed,
            changed=result != earlier if known else None,
        )
        earlier, reviewed = result, False


def _runs(
    contract: Contract, progress: Progress, calendar: Calendar, zone: ZoneInfo
) -> Iterator[LimitRun]:
    """The limits that surely applied and ran, or were kept."""
    happened = progress.happened
    extended = {act.entry.extends for act in happened if act.act == "extended"}
    declared = {limit for act in happened for limit in act.entry.keeps}
    longer = {
        step.milestone.limit.extends: step.milestone.limit.id
        for step in progress.steps
        if step.milestone.limit.id in extended
    }
    for step in progress.steps:
        limit, due = step.milestone.limit, step.milestone.due
        applies = not limit.is_conditional or limit.id in extended | declared
        if limit.party != "organisation" or limit.not_before or due is None or not applies:
            continue
        late = step.done is None or step.done >= due.at
        if late and (due.provisional or _was_extended(longer.get(limit.id), due.at, happened)):
            continue
        yield LimitRun(
            limit=limit.id,
            due=due.at,
            done=step.done,
            over=_over(step, happened, zone),
            taken=_taken(step, contract, calendar),
        )


def _was_extended(longer: str | None, due: datetime, happened: Iterable[CaseAct]) -> bool:
    """Whether staff recorded, before a limit ended, that the limit `longer` takes its place."""
    return longer is not None and any(
        act.act == "extended" and act.entry.extends == longer and act.at < due for act in happened
    )


def _over(step: LimitProgress, happened: Iterable[CaseAct], zone: ZoneInfo) -> datetime | None:
    """When the filing was first answered, withdrawn or closed after the limit began."""
    begins = step.milestone.begins
    ends = (
        act.moment(zone) for act in happened if act.answers or act.act in ("withdrawn", "closed")
    )
    return min((end for end in ends if begins is None or end > begins), default=None)


def _taken(step: LimitProgress, contract: Contract, calendar: Calendar) -> int | None:
    milestone = step.milestone
    if step.done is None or milestone.begins is None:
        return None
    pauses = [Pause(stop.begins, stop.ends) for stop in milestone.stops if stop.ends is not None]
    return time_taken(
        milestone.limit, milestone.begins, step.done, calendar, contract.hours, pauses
    )


def is_carried_out(act: CaseAct) -> bool:
    """Whether an entry says that a measure was done."""
    return act.act == "measure" and act.entry.happened_on is not None


def noted_measures(happened: Iterable[CaseAct]) -> Iterator[tuple[CaseAct, CaseAct | None]]:
    """Each measure with the entry that says that it was done, if there is one.

    Staff enter a measure that was done with the day on which it was (`happened_on`). It is the open
    one that the entry names, else one of the same owner, to be done by the same day.
    """
    noted = [act for act in happened if act.act == "measure"]
    ended: list[CaseAct] = []
    for index, act in enumerate(noted):
        if act in ended:
            continue
        if is_carried_out(act):
            yield act, act
            continue
        later = (each for each in noted[index + 1 :] if each not in ended)
        end = next((each for each in later if _carries_out(each, act)), None)
        ended += [end] if end else []
        yield act, end


def _carries_out(act: CaseAct, planned: CaseAct) -> bool:
    """Whether an entry says of a planned measure that it was done."""
    if not is_carried_out(act):
        return False
    if act.entry.carries_out is not None:
        return act.entry.carries_out == planned.at
    return (act.entry.owner, act.entry.until) == (planned.entry.owner, planned.entry.until)


def open_measures(happened: Iterable[CaseAct]) -> tuple[CaseAct, ...]:
    """The measures of which nobody has said that they were done."""
    return tuple(act for act, end in noted_measures(happened) if end is None)


def _measures(happened: tuple[CaseAct, ...], zone: ZoneInfo) -> Iterator[Measure]:
    for act, end in noted_measures(happened):
        yield Measure(
            at=act.moment(zone), until=act.entry.until, done=end.moment(zone) if end else None
        )
