"""Stores the figures of each month and what is published, and reads them again."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from json import dumps, loads

from functions.cases.ports.desk_store import Total
from functions.cases.ports.ports import Ports
from functions.model.statistics.published import PublishedStatistics
from functions.model.statistics.totals import MonthTotal

_PUBLISHED = "published"
_MEASURED = "measures"
_REPORTED = "reported-"

MOST_MEASURES = 200
"""How many cases with measures are listed; those received last."""


def keep_month(organisation: str, total: MonthTotal, ports: Ports) -> None:
    """Stores the figures of a month in place of earlier ones. Raises StoreError."""
    _keep(organisation, total.month, total.model_dump_json(exclude_defaults=True), ports)


def months_of(organisation: str, first: str, last: str, ports: Ports) -> Sequence[MonthTotal]:
    """The figures of the months (`2026-11`) that were counted, in order. Raises StoreError."""
    return tuple(
        MonthTotal.model_validate_json(total.content)
        for total in ports.lists.totals(organisation, first, f"{last}~")
    )


def keep_published(statistics: PublishedStatistics, ports: Ports) -> None:
    """Stores what is published, in place of what was. Raises StoreError."""
    content = statistics.model_dump_json()
    _keep(statistics.organisation, _PUBLISHED, content, ports)


def published_months(organisation: str, ports: Ports) -> PublishedStatistics | None:
    """What is published of an organisation; None if nothing was counted. Raises StoreError."""
    for content in _contents(organisation, _PUBLISHED, ports):
        return PublishedStatistics.model_validate_json(content)
    return None


def keep_measured(organisation: str, references: Sequence[str], ports: Ports) -> None:
    """Stores the references of cases with corrective or preventive measures. Raises StoreError."""
    _keep(organisation, _MEASURED, dumps(list(references)), ports)


def read_measured(organisation: str, ports: Ports) -> tuple[str, ...]:
    """The references of cases with measures. Raises StoreError."""
    return tuple(loads(read_row(organisation, _MEASURED, ports) or "[]"))


def note_report(organisation: str, month: str, at: datetime, ports: Ports) -> None:
    """Remembers when the report of a month was made first. Raises StoreError."""
    if read_row(organisation, _REPORTED + month, ports) is None:
        _keep(organisation, _REPORTED + month, dumps(at.isoformat()), ports)


def reported_at(organisation: str, month: str, ports: Ports) -> datetime | None:
    """When the report of a month was made; None if it was not. Raises StoreError."""
    content = read_row(organisation, _REPORTED + month, ports)
    return None if content is None else datetime.fromisoformat(loads(content))


def read_row(organisation: str, period: str, ports: Ports) -> str | None:
    """The content of one row; None if there is none. Raises StoreError."""
    return next(_contents(organisation, period, ports), None)


def _keep(organisation: str, period: str, content: str, ports: Ports) -> None:
    ports.lists.keep_total(Total(organisation=organisation, period=period, content=content))


def _contents(organisation: str, period: str, ports: Ports) -> Iterator[str]:
    for total in ports.lists.totals(organisation, period, f"{period}~"):
        if total.period == period:
            yield total.content
