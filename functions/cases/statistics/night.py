"""What a night's count has to do, and how far it has come."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from functions.cases.ports.desk_store import Total
from functions.cases.ports.ports import Ports
from functions.cases.statistics.measured_cases import (
    MeasuredDay,
    filed,
    first_filed,
    read_days,
    still_open,
)
from functions.cases.statistics.month_totals import read_row
from functions.model.desk.summary import CaseSummary
from functions.model.frozen import Frozen
from functions.model.statistics.months import month_bounds, month_of, months_before
from functions.model.statistics.published import MONTHS

_STATE = "night"
_DAY = timedelta(days=1)

DayToMeasure = tuple[date, list[CaseSummary], dict[str, MeasuredDay]]
"""A day of receipt, its cases, and what was counted of them before."""


class Night(Frozen):
    """How far the count of an organisation has come.

    `night` is the last one that is complete, and `following` when the next begins; `cursor`, the
    day of receipt at which one that was interrupted goes on. `earlier` are days of receipt that
    lie before the months that are counted anew, of which some cases still matter.
    """

    night: date | None = None
    following: datetime | None = None
    cursor: date | None = None
    earlier: tuple[date, ...] = ()


def read_night(organisation: str, ports: Ports) -> Night:
    """How far the count has come. Raises StoreError."""
    content = read_row(organisation, _STATE, ports)
    return Night() if content is None else Night.model_validate_json(content)


def keep_night(organisation: str, night: Night, ports: Ports) -> None:
    """Stores how far the count has come. Raises StoreError."""
    content = night.model_dump_json(exclude_defaults=True)
    ports.lists.keep_total(Total(organisation=organisation, period=_STATE, content=content))


def months_to_count(
    organisation: str, night: Night, local: datetime, zone: ZoneInfo, ports: Ports
) -> tuple[str, ...]:
    """The months that are counted anew: at first all, later this one and the twelve before it.

    No entry of today changes an earlier one, and what it was counted of may be past its retention,
    which is at least a year.
    """
    now = month_of(local, zone)
    first = months_before(now, MONTHS)
    if night.night is not None:
        first = min(first, f"{night.night:%Y-%m}")
    elif (oldest := first_filed(organisation, ports)) is not None:
        first = min(first, month_of(oldest.received_at, zone))
    months = [first]
    while months[-1] < now:
        months.append(months_before(months[-1], -1))
    return tuple(months)


def earlier_days(
    organisation: str, night: Night, since: datetime, ports: Ports
) -> tuple[date, ...]:
    """Days of receipt before `since` (local) of which a case still matters, or does again."""
    reopened = (
        summary.received_at.astimezone(since.tzinfo).date()
        for summary in still_open(organisation, ports)
        if summary.received_at < since
    )
    return tuple(day for day in sorted({*night.earlier, *reopened}) if day < since.date())


def days_to_measure(
    organisation: str,
    night: Night,
    earlier: tuple[date, ...],
    months: tuple[str, ...],
    zone: ZoneInfo,
    ports: Ports,
) -> Iterator[DayToMeasure]:
    """Each of the `earlier` days and of these months with cases, in order, from the cursor on."""
    cursor = night.cursor
    for day in earlier:
        if cursor is None or day >= cursor:
            begin, end = (datetime.combine(each, time(), zone) for each in (day, day + _DAY))
            listed = list(filed(organisation, begin, end, ports))
            yield day, listed, dict(read_days(organisation, day, day, ports)).get(day, {})
    for month in months:
        begin, end = month_bounds(month, zone)
        if cursor is not None:
            begin = max(begin, datetime.combine(cursor, time(), zone))
        if begin >= end:
            continue
        stored = dict(read_days(organisation, begin.date(), end.date() - _DAY, ports))
        for day, listed in _by_day(filed(organisation, begin, end, ports), zone):
            for empty in sorted(known for known in stored if known < day):
                yield empty, [], stored.pop(empty)
            yield day, listed, stored.pop(day, {})
        yield from ((day, [], rows) for day, rows in sorted(stored.items()))


def _by_day(
    summaries: Iterable[CaseSummary], zone: ZoneInfo
) -> Iterator[tuple[date, list[CaseSummary]]]:
    """The cases of each day; they come in the order of their receipt."""
    for day, of_day in groupby(
        summaries, key=lambda summary: summary.received_at.astimezone(zone).date()
    ):
        yield day, list(of_day)
