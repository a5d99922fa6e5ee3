"""Shows the report of a month to staff whose work it is to read it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from starlette.responses import Response
from starlette.routing import Route

from functions.cases.ports.ports import Ports
from functions.cases.statistics.month_report import month_report, report_words
from functions.cases.statistics.month_table import MonthTable, TooManyCases, own_month_table
from functions.cases.statistics.month_totals import months_of, note_report
from functions.cases.statistics.report_readers import may_read_reports
from functions.model.statistics.months import is_month, month_of, months_before
from functions.views.desk.report.values import report_title, report_values
from functions.web.desk.session import PATH
from functions.web.desk.visit import NotFound, Visit, staff_route

_MOST_CASES = 500
"""How many cases are looked through while somebody waits: two requests to the store each."""


class ReportRoutes:
    """The report of a month, from what was counted at night."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports

    def routes(self) -> list[Route]:
        """Returns the routes of the report, of its table, and of noting that it was made."""
        return [
            staff_route("/report", self.show, self._ports),
            staff_route("/report", self.note, self._ports, "POST"),
            staff_route("/report.csv", self.download, self._ports),
        ]

    def show(self, visit: Visit) -> Response:
        """Shows the report of the month that was chosen, else of the last one that is over."""
        self._refuse_others(visit)
        zone = ZoneInfo(visit.directory.timezone)
        last = months_before(month_of(self._ports.now(), zone), 1)
        month = _read_month(visit.request.query_params.get("month", "") or last)
        report = month_report(visit.directory, month, self._ports, visit.person)
        words = report_words(visit.directory, visit.frame.words, self._ports)
        choices = [(each, words.month_name(each)) for each in reversed(report.months)]
        if not report.totals:
            title = report_title(words, month)
            return visit.page(
                "report/page.html", title=title, month=month, months=choices, view=None
            )
        values = report_values(
            words,
            report.totals,
            report.procedure,
            report.measures,
            _day(report.reported, zone),
            _day(report.reported_before, zone),
        )
        return visit.page("report/page.html", months=choices, **values)

    def download(self, visit: Visit) -> Response:
        """Answers with the table of the month's cases, as far as the reader may open them."""
        self._refuse_others(visit)
        month = _read_month(visit.request.query_params.get("month", ""))
        counted = months_of(visit.directory.organisation, month, month, self._ports)
        if not counted:
            raise NotFound
        words = report_words(
            visit.directory, visit.frame.words, self._ports, site=visit.ports.site_url
        )
        match own_month_table(
            visit.directory, counted[-1], words, visit.person, _MOST_CASES, self._ports
        ):
            case TooManyCases(found):
                return visit.page("report/too_many.html", month=month, found=found)
            case MonthTable(content):
                name = f"{words.address}-{month}.csv"
                headers = {"Content-Disposition": f'attachment; filename="{name}"'}
                return Response(content, media_type="text/csv; charset=utf-8", headers=headers)

    def note(self, visit: Visit) -> Response:
        """Notes that the report of a month that is over was made; the first time counts."""
        self._refuse_others(visit)
        month, now = _read_month(visit.sent.fields.get("month", "")), self._ports.now()
        if month < month_of(now, ZoneInfo(visit.directory.timezone)):
            note_report(visit.directory.organisation, month, now, self._ports)
        return visit.turn_to(f"{PATH}/report?month={month}")

    def _refuse_others(self, visit: Visit) -> None:
        """Raises NotFound for staff whose roles have nothing to do with reports."""
        if not may_read_reports(visit.person, visit.directory, self._ports):
            raise NotFound


def _read_month(text: str) -> str:
    """The month, as `2026-11`. Raises NotFound for anything else."""
    if not is_month(text):
        raise NotFound
    return text


def _day(at: datetime | None, zone: ZoneInfo) -> date | None:
    return at.astimezone(zone).date() if at else None
