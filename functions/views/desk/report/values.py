"""The values of the templates of a report, for the desk and for the page that stands alone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from functions.model.contract.procedure import Procedure
from functions.model.statistics.measured import NotedMeasure
from functions.model.statistics.totals import MonthTotal
from functions.views.desk.report.month_view import ReportWords
from functions.views.desk.words import _


@dataclass(frozen=True)
class MeasureRow:
    """A measure in words; `late` means that its day is over."""

    reference: str
    text: str
    owner: str
    until: str
    state: str
    late: bool


def report_values(
    words: ReportWords,
    totals: Sequence[MonthTotal],
    procedure: Procedure | None,
    measures: Iterable[NotedMeasure],
    reported: date | None,
    reported_before: date | None,
) -> dict[str, Any]:
    """What the report of the last of these months says."""
    last = totals[-1]
    return {
        "title": report_title(words, last.month),
        "month": last.month,
        "view": words.view(totals, procedure),
        "rows": tuple(_rows(words, measures, last.as_of)),
        "reported": words.day(reported) if reported else "",
        "reported_before": words.day(reported_before) if reported_before else "",
    }


def report_title(words: ReportWords, month: str) -> str:
    """What the report of a month is called."""
    return words.desk.say(_("Report of {month}"), month=words.month_name(month))


def _rows(
    words: ReportWords, measures: Iterable[NotedMeasure], as_of: datetime
) -> Iterator[MeasureRow]:
    for measure in measures:
        late = measure.done is None and measure.until is not None and measure.until < as_of.date()
        if measure.done is not None:
            state = words.desk.say(_("done on {day}"), day=words.day(measure.done))
        else:
            state = words.desk.say(_("late") if late else _("open"))
        yield MeasureRow(
            reference=measure.reference,
            text=measure.text,
            owner=measure.owner,
            until=words.day(measure.until) if measure.until else "",
            state=state,
            late=late,
        )
