"""Keeps what is counted of each case, in rows by the day of receipt, and updates it.

A case that is gone, erased or past its retention, leaves what was counted of it without its
reference. So one row is written at a time, and no interruption counts a case twice or never.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import groupby
from zoneinfo import ZoneInfo

from pydantic import Field

from functions.cases.current_calendar import current_calendar
from functions.cases.desk.index import summarise
from functions.cases.open_case import open_case
from functions.cases.ports.desk_store import Total, all_listed
from functions.cases.ports.ports import Ports
from functions.model.case import Case
from functions.model.desk.summary import ALL, FILED, CaseSummary, sort_key
from functions.model.errors import ContractError, StoredTextUnreadable
from functions.model.frozen import Frozen
from functions.model.statistics.measure import measure_cases
from functions.model.statistics.measured import MeasuredCase

log = logging.getLogger("ombud.statistics")

_PREFIX = "cases-"
_FORMAT = 1
"""Raised when what is counted of a case changes, so that all cases are measured anew."""

_FARTHEST = timedelta(days=2)
"""The dates of one moment in two zones differ by no more."""

_NOT_COUNTED = {"told", "next_due", "holders", "readers", "handed_to", "consents"}


class MeasuredDay(Frozen):
    """What is counted of cases of one day: by their references, and of those that are gone."""

    cases: dict[str, MeasuredCase] = Field(default_factory=dict)
    left: tuple[MeasuredCase, ...] = ()

    @property
    def all(self) -> tuple[MeasuredCase, ...]:
        """All of it."""
        return (*self.cases.values(), *self.left)


def state_of(summary: CaseSummary) -> str:
    """What stands for everything that is counted of a case, as long as it does not change."""
    content = summary.model_dump_json(exclude=_NOT_COUNTED)
    return sha256(f"{_FORMAT} {content}".encode()).hexdigest()[:16]


def read_days(
    organisation: str, first: date, last: date, ports: Ports
) -> Iterator[tuple[date, dict[str, MeasuredDay]]]:
    """The rows of each day that has any, in order, by the part of the day that each is for."""
    rows = ports.lists.totals(organisation, f"{_PREFIX}{first}", f"{_PREFIX}{last}~")
    for day, of_day in groupby(rows, key=lambda row: row.period.removeprefix(_PREFIX)[:10]):
        yield (
            date.fromisoformat(day),
            {row.period[-1]: MeasuredDay.model_validate_json(row.content) for row in of_day},
        )


def update_day(
    organisation: str,
    day: date,
    listed: Iterable[CaseSummary],
    stored: Mapping[str, MeasuredDay],
    since: datetime,
    ports: Ports,
) -> Iterator[None]:
    """Measures what changed of the cases of a day; yields after each row.

    What matters for nothing `since` then is left out; the zone of `since` says which day a case is
    of. Raises ContractError, StoreError.
    """
    parts: dict[str, list[CaseSummary]] = {part: [] for part in stored}
    for summary in listed:
        parts.setdefault(_part(summary.reference), []).append(summary)
    for part, summaries in sorted(parts.items()):
        before = stored.get(part, MeasuredDay())
        after = _updated(before, day, summaries, since, ports)
        if after != before:
            _keep(organisation, day, part, after, ports)
        yield


def count_case(case: Case, ports: Ports) -> None:
    """Counts a case that is about to be erased, in case no night has counted it yet.

    Nothing that keeps it from being counted keeps it from being erased. Raises StoreError.
    """
    try:
        summary = summarise(case, ports.store.events(case.reference), ports)
        measured = _measured(summary, ports)
        day = case.received_at.astimezone(_zone_of(case, ports)).date()
    except (ContractError, StoredTextUnreadable) as error:
        log.error("case %s is erased and not counted: %s", case.reference, error)
        return
    part = _part(case.reference)
    near = dict(read_days(case.organisation, day - _FARTHEST, day + _FARTHEST, ports))
    parts = {each: rows[part] for each, rows in near.items() if part in rows}
    # It stays in the row that has it: an organisation that changed its zone has it under that day.
    day = next((each for each, row in parts.items() if case.reference in row.cases), day)
    before = parts.get(day, MeasuredDay())
    if measured is not None and before.cases.get(case.reference) != measured:
        cases = {**before.cases, case.reference: measured}
        _keep(case.organisation, day, part, MeasuredDay(cases=cases, left=before.left), ports)


def _zone_of(case: Case, ports: Ports) -> ZoneInfo:
    """The zone that days of receipt are counted in: that of the version in force, as at night."""
    directory = ports.contracts.directory(case.organisation)
    return ZoneInfo((directory or ports.contracts.contract(case.contract)).timezone)


def filed(organisation: str, begin: datetime, end: datetime, ports: Ports) -> Iterator[CaseSummary]:
    """The cases that were received from `begin` to before `end`, in order."""
    yield from all_listed(
        ports.lists, organisation, ALL, FILED, since=sort_key(begin), until=sort_key(end)
    )


def first_filed(organisation: str, ports: Ports) -> CaseSummary | None:
    """The case that was received first; None if there is none."""
    return next(all_listed(ports.lists, organisation, ALL, FILED), None)


def still_open(organisation: str, ports: Ports) -> Iterator[CaseSummary]:
    """The cases without an answer, whenever they were received."""
    for bucket in ("open", "waiting"):
        for summary in all_listed(ports.lists, organisation, ALL, bucket):
            if not summary.is_still_due:
                yield summary


def _updated(
    before: MeasuredDay, day: date, listed: list[CaseSummary], since: datetime, ports: Ports
) -> MeasuredDay:
    cases: dict[str, MeasuredCase] = {}
    left = list(before.left)
    for summary in listed:
        known = before.cases.get(summary.reference)
        if known is None or known.state != state_of(summary):
            known = _measured(summary, ports) or known
        if known is not None:
            cases[summary.reference] = known
    for reference in before.cases.keys() - cases.keys():
        known = before.cases[reference]
        try:
            case = ports.store.case(reference)
        except StoredTextUnreadable:
            cases[reference] = known
            continue
        if case is None:
            left.append(known.model_copy(update={"left": ports.now(), "state": ""}))
        elif case.received_at.astimezone(since.tzinfo).date() == day:
            cases[reference] = known
    return MeasuredDay(
        cases={id: case for id, case in sorted(cases.items()) if case.matters_since(since)},
        left=tuple(case for case in left if case.matters_since(since)),
    )


def _measured(summary: CaseSummary, ports: Ports) -> MeasuredCase | None:
    """What is counted of a case; None if it is gone or cannot be read."""
    try:
        case = ports.store.case(summary.reference)
        if case is None:
            return None
        file = open_case(case, ports, events=ports.store.events(case.reference))
    except StoredTextUnreadable as error:
        log.error("case %s is not counted anew: %s", summary.reference, error)
        return None
    _, calendar = current_calendar(file.contract, ports)
    return measure_cases(case, file.contract, file.progress, calendar, state_of(summary))


def _keep(organisation: str, day: date, part: str, content: MeasuredDay, ports: Ports) -> None:
    ports.lists.keep_total(
        Total(
            organisation=organisation,
            period=f"{_PREFIX}{day}-{part}",
            content=content.model_dump_json(exclude_defaults=True),
        )
    )


def _part(reference: str) -> str:
    """The part of a day that a case is kept in, so that no row grows too long."""
    return reference[-1]
