"""Writes the table of a month's cases: all of them, or those that a member of staff may open."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from functions.cases.desk.access import Person
from functions.cases.ports.ports import Ports
from functions.cases.statistics.month_report import cases_in_hand, openable_acts
from functions.model.contract.directory import Directory
from functions.model.statistics.measured import MeasuredCase
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
    rows = tuple(cases_in_hand(directory, total.month, ports))
    return _table(directory, total, words, rows, ports)


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
    found = tuple(cases_in_hand(directory, total.month, ports))
    if len(found) > most:
        return TooManyCases(len(found))
    rows = [(reference, case) for reference, case in found if _opens(person, reference, ports)]
    return _table(directory, total, words, rows, ports)


def _table(
    directory: Directory,
    total: MonthTotal,
    words: ReportWords,
    rows: Sequence[tuple[str, MeasuredCase]],
    ports: Ports,
) -> MonthTable:
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
    return openable_acts(reference, person, ports) is not None
