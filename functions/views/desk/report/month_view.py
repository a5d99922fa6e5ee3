"""Says the report of a month: its figures, its limits, and what the procedure wants of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from functions.model.contract.procedure import Analysis, Procedure
from functions.model.pages.vocabulary import Vocabulary
from functions.model.statistics.figures import NO_FIGURES, UNSTATED, Figures
from functions.model.statistics.measured import ONLINE
from functions.model.statistics.published import RESULTS
from functions.model.statistics.totals import MonthTotal
from functions.model.text import Text
from functions.views.desk.report.limit_rows import LimitRows, ReportedLimit
from functions.views.desk.report.plots import CoursePlot, course_plot
from functions.views.desk.report.told import Telling, ToldNumber, ToldParts
from functions.views.desk.words import DeskWords, _
from functions.views.wording.citations import cite_marked

RESULT_NAMES: Mapping[str, str] = {
    "upheld": _("Upheld"),
    "partly_upheld": _("Upheld in part"),
    "not_upheld": _("Not upheld"),
    "settled": _("Settled"),
    "not_accepted": _("Not accepted"),
    UNSTATED: _("No outcome stated"),
}


@dataclass(frozen=True)
class MonthRow:
    """A month in the table beside the plot."""

    name: str
    received: str
    answered: str
    open: str


@dataclass(frozen=True)
class AnalysisRow:
    """What the procedure wants done with what filings tell: who, how often, by which clause."""

    words: str
    roles: str
    often: str
    record: str
    cited: Markup
    href: str


@dataclass(frozen=True)
class MonthView:
    """A report in words; `limits` can be told, of `few` too little ended."""

    month: str
    title: str
    as_of: str
    is_over: bool
    counts: tuple[ToldNumber, ...]
    course: CoursePlot
    months: tuple[MonthRow, ...]
    limits: tuple[ReportedLimit, ...]
    few: tuple[ReportedLimit, ...]
    parts: tuple[ToldParts, ...]
    results: ToldParts | None
    further: tuple[ToldNumber, ...]
    analyses: tuple[AnalysisRow, ...]
    exact: bool

    @property
    def has_vague(self) -> bool:
        """Whether the plot has bars that stand for numbers under five."""
        months = self.course.months
        return any(month.received.vague or month.answered.vague for month in months)


@dataclass(frozen=True)
class ReportWords:
    """Says reports in one language.

    With `exact`, small numbers are told too. `zone` is what the time zone is called, `address` the
    folder of the organisation's pages, and `site` begins the addresses of pages, if it is not the
    site itself.
    """

    words: Vocabulary
    desk: DeskWords
    address: str
    zone: str
    exact: bool = False
    site: str = ""

    @property
    def telling(self) -> Telling:
        """How numbers are told."""
        return Telling(self.desk, self.exact)

    def month_name(self, month: str) -> str:
        """A month: `November 2026`."""
        year, number = month.split("-")
        name = self.words.months[int(number) - 1]
        return self.desk.say(
            _("{month_name} {year}"), month_name=name, year=year, month=int(number)
        )

    def day(self, day: date) -> str:
        """A day with its weekday."""
        return self.words.day(day)

    def view(self, totals: Sequence[MonthTotal], procedure: Procedure | None) -> MonthView:
        """The report of the last of these months, which follow each other."""
        total = totals[-1]
        local = total.as_of
        rows = tuple(LimitRows(self.words, self.telling, self.address, self.site).rows(total))
        return MonthView(
            month=total.month,
            title=self.month_name(total.month),
            as_of=self._moment(local),
            is_over=f"{local:%Y-%m}" > total.month,
            counts=tuple(self._counts(total.figures)),
            course=course_plot(
                [(each.month, each.figures.received, each.figures.answered) for each in totals],
                self.exact,
            ),
            months=tuple(self._month(each) for each in totals),
            limits=tuple(row for row in rows if row.percent is not None),
            few=tuple(row for row in rows if row.percent is None and not row.version),
            parts=tuple(self._parts(total)),
            results=self.telling.parts(
                self.desk.say(_("What the answers said")),
                total.figures.results,
                {id: self.desk.say(RESULT_NAMES[id]) for id in RESULTS},
            ),
            further=tuple(self._further(total.figures)),
            analyses=tuple(self._analyses(procedure)),
            exact=self.exact,
        )

    def _moment(self, local: datetime) -> str:
        said = self.words.moment(local)
        return self.words.say("moment_in", moment=said, zone=self.zone) if self.zone else said

    def _number(self, name: str, number: int) -> ToldNumber:
        return ToldNumber(self.desk.say(name), self.telling.number(number))

    def _counts(self, figures: Figures) -> Iterator[ToldNumber]:
        yield self._number(_("Received"), figures.received)
        yield self._number(_("Answered"), figures.answered)
        yield self._number(_("Open at the end"), figures.open)
        yield self._number(_("Overdue at the end"), figures.overdue)
        yield self._number(_("Closed"), figures.closed)
        yield self._number(_("Withdrawn"), figures.withdrawn)

    def _further(self, figures: Figures) -> Iterator[ToldNumber]:
        yield self._number(_("Answers with a remedy"), figures.remedies)
        yield self._number(_("Reviews requested"), figures.reviews)
        yield self._number(_("Answered after a review"), figures.reviewed)
        yield self._number(_("Changed by a review"), figures.changed)
        for name, cells in (
            (_("Filers satisfied with the result"), figures.satisfied),
            (_("Filers treated fairly, by their own word"), figures.fairly),
        ):
            if cells:
                yield self.telling.share(self.desk.say(name), cells, "yes")
        yield self._number(_("Measures noted"), figures.measures)
        yield self._number(_("Measures open at the end"), figures.measures_open)
        yield self._number(_("Measures late at the end"), figures.measures_late)

    def _month(self, total: MonthTotal) -> MonthRow:
        number = self.telling.number
        return MonthRow(
            name=self.month_name(total.month),
            received=number(total.figures.received),
            answered=number(total.figures.answered),
            open=number(total.figures.open),
        )

    def _parts(self, total: MonthTotal) -> Iterator[ToldParts]:
        figures, names = total.figures, total.names
        none = {NO_FIGURES: self.desk.say(_("Not stated"))}
        online = {ONLINE: self.desk.say(_("On this site"))}
        divisions = (
            (_("By kind"), figures.kinds, self._names(names.kinds)),
            (_("By category"), figures.categories, self._names(names.categories) | none),
            (_("By level"), figures.levels, self._names(names.levels) | none),
            (_("By channel"), figures.channels, online | self._names(names.channels)),
        )
        for title, cells, named in divisions:
            if part := self.telling.parts(self.desk.say(title), cells, named):
                yield part

    def _names(self, texts: Mapping[str, Text]) -> dict[str, str]:
        return {id: text.words(self.words.language) for id, text in texts.items()}

    def _analyses(self, procedure: Procedure | None) -> Iterator[AnalysisRow]:
        if procedure is None:
            return
        for analysis in procedure.analyses:
            yield self._analysis(analysis, procedure)

    def _analysis(self, analysis: Analysis, procedure: Procedure) -> AnalysisRow:
        language = self.words.language
        names = (procedure.roles[role].words(language) for role in analysis.roles)
        version = f"{self.address}/versions/{procedure.version}/"
        return AnalysisRow(
            words=analysis.words.words(language),
            roles=self.words.say("list_separator").join(names),
            often=self.words.how_long(analysis.limit) if analysis.limit else "",
            record=analysis.record.words(language) if analysis.record else "",
            cited=cite_marked(self.words, analysis.clause),
            href=f"{self.site}{self.words.prefix}/{version}#clause-{analysis.clause}",
        )
