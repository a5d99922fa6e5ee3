"""Reads what staff state about the past: when something happened, and how an answer got there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from functions.model.acts import ActProblem
from functions.model.answers.submission import clean
from functions.model.answers.typed_date import read_day
from functions.model.contract.kind import Kind, NamedEvent
from functions.model.contract.limit import Limit
from functions.views.case_file import CaseFile

_LONGEST_HOW = 200


@dataclass(frozen=True)
class Statement:
    """When an act happened, and when and how the filer received an answer, as staff say.

    `at` is the organisation's local time; None if it was not given. `delivered_how` is empty if
    no delivery is stated.
    """

    happened_on: date
    happened_at: time | None
    delivered_on: date | None
    delivered_how: str


def read_statement(
    file: CaseFile,
    fields: Mapping[str, str],
    keeps: tuple[str, ...],
    now: datetime,
    event: NamedEvent | None = None,
) -> Statement | tuple[ActProblem, ...]:
    """The statement in the form's fields, or what is wrong with it.

    `keeps` are the ids of the limits that the act keeps, `event` is what the act records. Limits in
    minutes or hours need the time of day when the act happened before today.
    """
    problems: list[ActProblem] = []
    span = _find_span(file, event)
    happened_on = _read_day(fields.get("happened_on", ""), file, span)
    happened_at: time | None = None
    try:
        happened_at = _read_time(fields.get("happened_at", ""))
    except ValueError:
        problems.append(ActProblem("happened_at", "time"))
    if happened_on is None:
        problems.append(ActProblem("happened_on", "event_day" if event else "day"))
    elif not problems and not _is_told(file, happened_on, happened_at, keeps, now, event):
        problems.append(ActProblem("happened_at", "time"))
    on, how = fields.get("delivered_on", ""), clean(fields.get("delivered_how", ""))
    delivered_on = _read_day(on, file, _find_span(file)) if on.strip() else None
    if on.strip() and delivered_on is None:
        problems.append(ActProblem("delivered_on", "day"))
    elif bool(delivered_on) != bool(how):
        problems.append(ActProblem("delivered_how", "delivered"))
    if len(how) > _LONGEST_HOW:
        problems.append(ActProblem("delivered_how", "longer"))
    if problems or happened_on is None:
        return tuple(problems)
    return Statement(happened_on, happened_at, delivered_on, how)


def _find_span(file: CaseFile, event: NamedEvent | None = None) -> tuple[date, date]:
    """The first and last day of what can be recorded: from the filing until today.

    What a filer knows can have happened before; what a limit ends before can lie ahead.
    """
    first, last = file.local(file.case.received_at).date(), file.today
    if event is not None and event.recorded_by == "filer":
        first = date.min
    if event is not None and any(limit.before == event.id for limit in file.kind.limits):
        last = date.max
    return first, last


def _read_day(text: str, file: CaseFile, span: tuple[date, date]) -> date | None:
    """The day in `text`, today if it is empty; None if malformed or outside the span."""
    if not text.strip():
        return file.today
    day = read_day(text)
    return day if day is not None and span[0] <= day <= span[1] else None


def _read_time(text: str) -> time | None:
    """The time of day in `text`, None if it is empty. Raises ValueError."""
    if not text.strip():
        return None
    at = time.fromisoformat(text.strip())
    if at.tzinfo is not None:
        raise ValueError("a time of day has no time zone")
    return at


def _is_told(
    file: CaseFile,
    day: date,
    at: time | None,
    keeps: tuple[str, ...],
    now: datetime,
    event: NamedEvent | None,
) -> bool:
    """Whether the moment is exact enough for the limits, and not before or after all is known."""
    if at is None:
        exact = any(
            limit.is_exact
            for limit in file.kind.limits
            if limit.id in keeps or (event and _depends_on(event, limit, file.kind))
        )
        return day == file.today or not exact
    moment = datetime.combine(day, at, ZoneInfo(file.contract.timezone))
    first, last = _find_span(file, event)
    received = file.case.received_at.replace(second=0, microsecond=0)
    is_early = moment < received and first != date.min
    return not is_early and (moment <= now or last == date.max)


def _depends_on(event: NamedEvent, limit: Limit, kind: Kind) -> bool:
    """Whether a limit runs from an event, or its clock stops or goes on with it."""
    return event.id in kind.base_of(limit).events or any(
        limit.id in suspension.limits and event.id in (suspension.begins, suspension.ends)
        for suspension in kind.suspensions
    )
