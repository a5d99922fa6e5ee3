"""Counts an organisation's cases, and writes the report of a month into a folder."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from markupsafe import Markup

from cli.reporting.due_cases import refresh_due
from functions.cases.ports.ports import Ports
from functions.cases.statistics.month_report import (
    MonthReport,
    cases_gone,
    month_report,
    report_words,
)
from functions.cases.statistics.month_table import month_table
from functions.cases.statistics.month_totals import note_report
from functions.cases.statistics.nightly import count_organisation
from functions.model.contract.directory import Directory
from functions.model.durable_files import write_whole
from functions.views.desk.pages import Frame
from functions.views.desk.report.month_view import ReportWords
from functions.views.desk.report.values import report_values
from functions.views.desk.style import desk_style
from site_src.errors import RecordsUnreadable


@dataclass(frozen=True)
class WrittenReport:
    """The files that were written, how many cases the table has, and how many are gone.

    `unreadable` are cases that could not be read, so what is new of them does not count.
    """

    paths: tuple[Path, ...]
    cases: int
    gone: int
    unreadable: tuple[str, ...]


def write_report(
    directory: Directory, month: str, out: Path, exact: bool, ports: Ports
) -> WrittenReport:
    """Writes `<organisation>-<month>.csv` and `.html`, which only their owner can read.

    Raises RecordsUnreadable for a month that was not counted, ContractError, StoreError, OSError.
    """
    failed = refresh_due(directory, ports)
    count_organisation(directory, ports)
    report = month_report(directory, month, ports)
    if not report.totals:
        raise RecordsUnreadable(
            f"nothing was counted for {month}; the first month is {report.months[0]}"
        )
    frame = Frame.of(directory)
    words = report_words(directory, frame.words, ports, exact, ports.site_url)
    out.mkdir(parents=True, exist_ok=True)
    table, page = (out / f"{words.address}-{month}.{kind}" for kind in ("csv", "html"))
    written = month_table(directory, report.totals[-1], words, ports)
    write_whole(table, written.content, private=True)
    if report.totals[-1].month < f"{report.totals[-1].as_of:%Y-%m}":
        note_report(directory.organisation, month, ports.now(), ports)
    zone = ZoneInfo(directory.timezone)
    write_whole(page, _page(report, frame, words, zone, ports.now()).encode(), private=True)
    return WrittenReport(
        paths=(table, page),
        cases=written.cases,
        gone=cases_gone(directory, month, ports),
        unreadable=tuple(f"case {case.reference}: {case.why}" for case in failed),
    )


def _page(
    report: MonthReport, frame: Frame, words: ReportWords, zone: ZoneInfo, now: datetime
) -> str:
    """The page, which needs no other file."""
    last = report.totals[-1]
    is_over = last.month < f"{last.as_of:%Y-%m}"
    reported = report.reported or (now if is_over else None)
    values = report_values(
        words,
        report.totals,
        report.procedure,
        report.measures,
        _day(reported, zone),
        _day(report.reported_before, zone),
    )
    return frame.page("report/alone.html", sheet=Markup(desk_style().decode()), **values)


def _day(at: datetime | None, zone: ZoneInfo) -> date | None:
    return at.astimezone(zone).date() if at else None
