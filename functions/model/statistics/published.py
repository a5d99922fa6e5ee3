"""What is published of an organisation's performance: the figures of a year, without small ones."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal, TypedDict, get_args

from pydantic import Field

from functions.model.contract.terms import MonthDay, Outcome, Unit
from functions.model.frozen import Frozen
from functions.model.statistics.figures import (
    NO_ANSWER,
    UNSTATED,
    Figures,
    Timing,
    together,
)
from functions.model.statistics.hidden import (
    FEW,
    LEAST_FOR_SHARE,
    Bounded,
    Shown,
    answered,
    at_least,
    may_be_summed,
    results_of_answers,
    shown,
    summed,
)
from functions.model.statistics.time_taken import TimingUnit, measured_in
from functions.model.statistics.totals import MonthTotal, Promise
from functions.model.text import Text

RESULTS: tuple[str, ...] = (*get_args(Outcome), "not_accepted", UNSTATED)
"""What an answer may say, in the order in which it is told."""

MONTHS = 12
"""How many months the published figures are of, the current one included."""

MeasuredTimes = Literal["<5", ">=5", ">=10", ">=20", ">=50", ">=100", ">=200", ">=500", ">=1000"]
"""How often a limit was measured, in steps, so that no one case shows in it."""

_STEPS: dict[int, MeasuredTimes] = {
    FEW: ">=5",
    10: ">=10",
    20: ">=20",
    50: ">=50",
    100: ">=100",
    200: ">=200",
    500: ">=500",
    1000: ">=1000",
}


class PublishedLimit(Frozen):
    """How a limit was kept, beside what a version of the procedure promises by it.

    `kept_share` is the share that was kept in time; `median` and `percentile_90` are the times
    within which half and nine in ten were done, in `timing_unit`. All three are None below ten, a
    time also where fewer were done at all, or where the limit ends on a day of the year (`by`).
    """

    id: str
    version: str
    clause: str
    action: Text
    value: int | None = None
    unit: Unit | None = None
    by: MonthDay | None = None
    measured: MeasuredTimes
    kept_share: float | None = None
    median: int | None = None
    percentile_90: int | None = None
    timing_unit: TimingUnit | None = None


class PublishedStatistics(Frozen):
    """The figures of an organisation from `since` to `as_of`, as everybody may read them.

    `answered` are those of `received` that have an answer. `open` are all filings that wait for
    one, or for that of a review, whenever they were received; `overdue`, those for which a limit
    of the organisation has ended. `results` are those of first answers, `reviews` how many reviews
    were requested, and `changed` how many answers of reviews say otherwise than before. A number
    under five reads `<5`, and None is left out, so that no small one can be computed; `>=8` stands
    where fewer than five have no answer, or where the reports of the months would give a small
    number together with the sum. `received`, `answered` and `results` are then of the months that
    have none.
    """

    organisation: str
    since: date
    as_of: datetime
    timezone: str
    received: Bounded
    answered: Bounded
    open: Shown
    overdue: Shown
    results: dict[str, Bounded] = Field(default_factory=dict)
    reviews: Bounded = None
    changed: Bounded = None
    limits: tuple[PublishedLimit, ...] = ()


class _Filings(TypedDict):
    received: Bounded
    answered: Bounded
    results: dict[str, Bounded]


def published(
    organisation: str, timezone: str, months: Sequence[MonthTotal], version: str
) -> PublishedStatistics:
    """What is published of these months, which follow each other.

    Limits of an earlier version are told only where they were measured; `version` is in force.
    """
    last = months[-1]
    figures = [month.figures for month in months]
    whole = together(figures)
    year, number = (int(part) for part in months[0].month.split("-"))
    return PublishedStatistics(
        organisation=organisation,
        since=date(year, number, 1),
        as_of=last.as_of,
        timezone=timezone,
        **_filings(figures, whole),
        open=shown(whole.open),
        overdue=shown(whole.overdue),
        reviews=summed([month.reviews for month in figures]),
        changed=summed([month.changed for month in figures]),
        limits=tuple(_limits(months, whole, version)),
    )


def _filings(months: Sequence[Figures], whole: Figures) -> _Filings:
    """What was received, answered, and with which results.

    If the sums would tell a small number of one month, they are of the months without one.
    """
    parts = [month.received for month in months], [month.answered for month in months]
    is_whole = whole.received < FEW or all(map(may_be_summed, parts))
    if not is_whole:
        large = [month for month in months if min(month.received, month.answered) >= FEW]
        whole = together(large)
    no_answer = whole.becomes.get(NO_ANSWER, 0)
    told = answered(no_answer, whole.received)
    results = results_of_answers(whole.becomes, RESULTS, NO_ANSWER)
    if is_whole:
        return _Filings(received=shown(whole.received), answered=told, results={**results})
    return _Filings(
        received=at_least(max(FEW, whole.received)),
        answered=at_least(told),
        results={id: at_least(number) for id, number in results.items()},
    )


def promises_of(months: Sequence[MonthTotal]) -> dict[str, Promise]:
    """Every promise of these months by its key; those of the last month come first."""
    return {promise.key: promise for month in reversed(months) for promise in month.promises}


def measured_limit(promise: Promise, timing: Timing) -> PublishedLimit:
    """How a limit was kept, without what few cases would tell."""
    told = timing.ended >= LEAST_FOR_SHARE
    return PublishedLimit(
        id=promise.limit.id,
        version=promise.version,
        clause=promise.limit.clause,
        action=promise.limit.action,
        value=promise.limit.value,
        unit=promise.limit.unit,
        by=promise.limit.by,
        measured=_step(timing.ended),
        kept_share=round(timing.share, 2) if told and timing.share is not None else None,
        median=timing.percentile(50) if told else None,
        percentile_90=timing.percentile(90) if told else None,
        timing_unit=measured_in(promise.limit),
    )


def _limits(months: Sequence[MonthTotal], whole: Figures, version: str) -> list[PublishedLimit]:
    return [
        measured_limit(promise, whole.limits.get(key, Timing()))
        for key, promise in promises_of(months).items()
        if promise.version == version or key in whole.limits
    ]


def _step(count: int) -> MeasuredTimes:
    """The highest step that a count reaches."""
    reached: MeasuredTimes = "<5"
    for least, words in _STEPS.items():
        if count >= least:
            reached = words
    return reached
