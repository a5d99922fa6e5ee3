"""Gathers what the report of a month shows; nothing of it is counted here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from functions.cases.desk.access import Person, may_open
from functions.cases.ports.ports import Ports
from functions.cases.statistics.measured_cases import read_days
from functions.cases.statistics.month_totals import months_of, read_measured, reported_at
from functions.cases.statistics.report_readers import current_contract, current_procedure
from functions.model.case_log import CaseAct, case_acts
from functions.model.contract.contract import Contract
from functions.model.contract.directory import Directory
from functions.model.contract.procedure import Procedure
from functions.model.errors import StoredTextUnreadable
from functions.model.language import chosen
from functions.model.statistics.measure import noted_measures
from functions.model.statistics.measured import MeasuredCase, NotedMeasure
from functions.model.statistics.months import last_moment, month_bounds, months_before
from functions.model.statistics.published import MONTHS
from functions.model.statistics.totals import MonthTotal
from functions.views.desk.report.month_view import ReportWords
from functions.views.desk.words import DeskWords

_FIRST, _LAST = "1", "9"
"""Around every month."""


@dataclass(frozen=True)
class MonthReport:
    """What the report of a month shows.

    `totals` are those of the month and of up to eleven before it, the month last; empty if it was
    not counted. `months` are all that were counted. `reported` is when the report of the month was
    made, `reported_before` that of the month before.
    """

    directory: Directory
    month: str
    months: tuple[str, ...]
    totals: tuple[MonthTotal, ...]
    contract: Contract | None
    procedure: Procedure | None
    measures: tuple[NotedMeasure, ...]
    reported: datetime | None
    reported_before: datetime | None


def month_report(
    directory: Directory, month: str, ports: Ports, person: Person | None = None
) -> MonthReport:
    """The report of a month (`2026-11`), of measures only what the person may open.

    Raises ContractError, StoreError.
    """
    organisation, zone = directory.organisation, ZoneInfo(directory.timezone)
    counted = months_of(organisation, _FIRST, _LAST, ports)
    first = months_before(month, MONTHS - 1)
    known = {total.month for total in counted}
    totals = tuple(total for total in counted if first <= total.month <= month)
    contract = current_contract(directory, ports)
    last = last_moment(month, ports.now(), zone)
    return MonthReport(
        directory=directory,
        month=month,
        months=tuple(sorted(known)),
        totals=totals if month in known else (),
        contract=contract,
        procedure=current_procedure(contract, ports),
        measures=tuple(_measures(organisation, month, last, zone, person, ports)),
        reported=reported_at(organisation, month, ports),
        reported_before=reported_at(organisation, months_before(month, 1), ports),
    )


def report_words(
    directory: Directory, desk: DeskWords, ports: Ports, exact: bool = False, site: str = ""
) -> ReportWords:
    """What puts the reports of an organisation into words, in the language of its desk.

    Raises ContractError.
    """
    current = ports.contracts.current()
    language = chosen((directory.language,), current.site, current.language)
    contract = current_contract(directory, ports)
    zone = contract.zone_name.words(language) if contract and contract.zone_name else ""
    words = ports.contracts.site(current.site[language]).words
    address = current.address_of(directory.organisation)
    return ReportWords(words, desk, address, zone, exact, site)


def cases_in_hand(
    directory: Directory, month: str, ports: Ports
) -> Iterator[tuple[str, MeasuredCase]]:
    """The cases that the figures of a month may depend on, by reference, in order of receipt.

    Those are received in it, open at its beginning, or something of them happened in it.
    """
    zone = ZoneInfo(directory.timezone)
    begin, _ = month_bounds(month, zone)
    last = last_moment(month, ports.now(), zone)
    found = [
        (reference, case)
        for _, parts in read_days(directory.organisation, date.min, last.date(), ports)
        for part in parts.values()
        for reference, case in part.cases.items()
        if case.received <= last and case.is_in_hand(begin, last)
    ]
    yield from sorted(found, key=lambda pair: (pair[1].received, pair[0]))


def openable_acts(
    reference: str, person: Person | None, ports: Ports
) -> tuple[CaseAct, ...] | None:
    """What happened on a case; None if it is gone, unreadable or closed to the person.

    Without a person it is open to the reader. Raises ContractError, StoreError.
    """
    try:
        case, events = ports.store.case(reference), ports.store.events(reference)
    except StoredTextUnreadable:
        return None
    if case is None:
        return None
    happened = case_acts(events)
    if person is not None:
        contract = ports.contracts.contract(case.contract)
        if not may_open(person, case, contract, happened, ports):
            return None
    return happened


def cases_gone(directory: Directory, month: str, ports: Ports) -> int:
    """How many cases count in the figures of a month that were erased or are past their retention.

    Raises StoreError.
    """
    zone = ZoneInfo(directory.timezone)
    begin, _ = month_bounds(month, zone)
    last = last_moment(month, ports.now(), zone)
    return sum(
        case.received <= last and case.is_in_hand(begin, last)
        for _, parts in read_days(directory.organisation, date.min, last.date(), ports)
        for part in parts.values()
        for case in part.left
    )


def _measures(
    organisation: str,
    month: str,
    last: datetime,
    zone: ZoneInfo,
    person: Person | None,
    ports: Ports,
) -> Iterator[NotedMeasure]:
    """The measures that were noted in the month, or open in it, in the order of their last day."""
    begin, _ = month_bounds(month, zone)
    found: list[NotedMeasure] = []
    for reference in read_measured(organisation, ports):
        happened = openable_acts(reference, person, ports)
        for act, end in noted_measures(happened or ()):
            done = end.moment(zone) if end else None
            if act.moment(zone) > last or (done is not None and done < begin):
                continue
            found.append(
                NotedMeasure(
                    reference=reference,
                    text=act.entry.text,
                    owner=act.entry.owner,
                    until=act.entry.until,
                    done=done.date() if done is not None and done <= last else None,
                )
            )
    yield from sorted(found, key=lambda measure: (measure.until or date.max, measure.reference))
