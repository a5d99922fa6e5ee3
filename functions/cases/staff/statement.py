"""Reads what staff state about the past: when something happened, and how an answer got there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from functions.model.acts import ActProblem
from functions.model.answers.submission import clean
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
    file: CaseFile, fields: Mapping[str, str], keeps: tuple[str, ...], now: datetime
) -> Statement | tuple[ActProblem, ...]:
    """The statement in the form's fields, or what is wrong with it.

    `keeps` are the ids of the limits that the act keeps. Limits in minutes or hours need the time
    of day when the act happened before today.
    """
    problems: list[ActProblem] = []
    happened_on = _read_day(fields.get("happened_on", ""), file)
    happened_at: time | None = None
    try:
        happened_at = _read_time(fields.get("happened_at", ""))
    except ValueError:
        problems.append(ActProblem("happened_at", "time"))
    if happened_on is None:
        problems.append(ActProblem("happened_on", "day"))
    elif not problems and not _is_told(file, happened_on, happened_at, keeps, now):
        problems.append(ActProblem("happened_at", "time"))
    on, how = fields.get("delivered_on", ""), clean(fields.get("delivered_how", ""))
    delivered_on = _read_day(on, file) if on.strip() else None
    if on.strip() and delivered_on is None:
        problems.append(ActProblem("delivered_on", "day"))
    elif bool(delivered_on) != bool(how):
        problems.append(ActProblem("delivered_how", "delivered"))
    if len(how) > _LONGEST_HOW:
        problems.append(ActProblem("delivered_how", "longer"))
    if problems or happened_on is None:
        return tuple(problems)
    return Statement(happened_on, happened_at, delivered_on, how)


def _read_day(text: str, file: CaseFile) -> date | None:
    """The day in `text`, today if it is empty; None if malformed or not since the filing."""
    if not text.strip():
        return file.today
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return day if file.local(file.case.received_at).date() <= day <= file.today else None


def _read_time(text: str) -> time | None:
    """The time of day in `text`, None if it is empty. Raises ValueError."""
    if not text.strip():
        return None
    at = time.fromisoformat(text.strip())
    if at.tzinfo is not None:
        raise ValueError("a time of day has no time zone")
    return at


def _is_told(
    file: CaseFile, day: date, at: time | None, keeps: tuple[str, ...], now: datetime
) -> bool:
    """Whether the moment is exact enough for the limits, after the filing and not after now."""
    if at is None:
        units = {
            step.milestone.limit.unit
            for step in file.progress.steps
            if step.milestone.limit.id in keeps
        }
        return day == file.today or not units & {"minute", "hour"}
    moment = datetime.combine(day, at, ZoneInfo(file.contract.timezone))
    return file.case.received_at.replace(second=0, microsecond=0) <= moment <= now
