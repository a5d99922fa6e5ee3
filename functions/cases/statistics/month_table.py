"""Writes the table of a month's cases: all of them, or those that a member of staff may open."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from functions.cases.desk.access import Person, may_open
from functions.cases.ports.ports import Ports
from functions.cases.statistics.month_report import cases_in_hand
from functions.model.case_log import case_acts
from functions.model.contract.directory import Directory
from functions.model.errors import StoredTextUnreadable
from functions.model.statistics.months import last_moment
from functions.model.statistics.totals import MonthTotal
from functions.views.desk.report.case_table import CaseTable
from functions.views.desk.report.month_view import ReportWords


@dataclass(frozen=True)
class MonthTable:
    """The table as CSV for spreadsheets, and how many cases it has."""

    content: bytes
    cases: int


@dataclass(frozen=True)
class TooManyCases:
    """The month has more cases than can be looked through while somebody waits."""

    cases: int


def month_table(
    directory: Directory, total: MonthTotal, words: ReportWords, ports: Ports
) -> MonthTable:
    """The table of all cases that the figures of a month may depend on, by its `total`.

    Raises ContractError, StoreError.
    """
    return _table(directory, total, words, ports, None)


def own_month_table(
    directory: Directory,
    total: MonthTotal,
    words: ReportWords,
    person: Person,
    most: int,
    ports: Ports,
) -> MonthTable | TooManyCases:
    """The table of the cases that the person may open, if the month has no more than `most`.

    Who is kept from a case reads its outcome nowhere. Raises ContractError, StoreError.
    """
    found = sum(1 for _ in cases_in_hand(directory, total.month, ports))
    if found > most:
        return TooManyCases(found)
    return _table(directory, total, words, ports, person)


def _table(
    directory: Directory,
    total: MonthTotal,
    words: ReportWords,
    ports: Ports,
    person: Person | None,
) -> MonthTable:
    rows = [
        (reference, case)
        for reference, case in cases_in_hand(directory, total.month, ports)
        if person is None or _opens(person, reference, ports)
    ]
    contracts = {case.contract: ports.contracts.contract(case.contract) for _, case in rows}
    zone = ZoneInfo(directory.timezone)
    table = CaseTable(
        words=words,
        total=total,
        versions={digest: contract.version for digest, contract in contracts.items()},
        zone=zone,
        last=last_moment(total.month, ports.now(), zone),
    )
    return MonthTable(table.written(rows), len(rows))


def _opens(person: Person, reference: str, ports: Ports) -> bool:
    try:
        case, events = ports.store.case(reference), ports.store.events(reference)
    except StoredTextUnreadable:
        return False
    if case is None:
        return False
    contract = ports.contracts.contract(case.contract)
    return may_open(person, case, contract, case_acts(events), ports)
