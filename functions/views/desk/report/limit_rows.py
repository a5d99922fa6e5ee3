"""Says how each limit was kept, beside what the procedure promises by it."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from functions.model.contract.terms import Unit
from functions.model.pages.vocabulary import Vocabulary
from functions.model.statistics.figures import Timing
from functions.model.statistics.published import measured_limit
from functions.model.statistics.time_taken import TimingUnit, measured_in
from functions.model.statistics.totals import MonthTotal, Promise
from functions.views.desk.report.plots import SpreadPlot, spread_plot
from functions.views.desk.report.told import Telling
from functions.views.wording.citations import cite_marked
from functions.views.wording.timings import timing_words

_PERCENTILES = (10, 25, 50, 75, 90)
_LENGTHS: dict[Unit, int] = {"minute": 1, "hour": 60, "day": 1, "working_day": 1, "week": 7}
"""How many minutes, days or working days each unit has; months and years have no fixed length."""


@dataclass(frozen=True)
class ReportedLimit:
    """A limit: the promise in words, and how it was kept.

    `version` is empty if it is the one in force. `percent` is the share that was kept, None if too
    few `ended`. `late` is told in exact reports alone. Times are empty where fewer were done, and
    not `timed` are limits that end on a day of the year or before an event.
    """

    action: str
    role: str
    promise: str
    cited: Markup
    href: str
    version: str
    ended: str
    percent: int | None
    late: str
    overdue: str
    half: str
    most: str
    timed: bool
    spread: SpreadPlot | None


@dataclass(frozen=True)
class LimitRows:
    """Says limits in one language; addresses begin with `site`, the site's own if it is empty."""

    words: Vocabulary
    telling: Telling
    address: str
    site: str = ""

    def rows(self, total: MonthTotal) -> Iterator[ReportedLimit]:
        """The limits of a month in the order of the procedure."""
        in_force = total.promises[0].version if total.promises else ""
        for promise in total.promises:
            timing = total.figures.limits.get(promise.key, Timing())
            yield self._row(promise, timing, in_force)

    def _row(self, promise: Promise, timing: Timing, in_force: str) -> ReportedLimit:
        limit, exact = promise.limit, self.telling.exact
        kept = measured_limit(promise, timing)
        percent = kept.kept_share
        if exact:
            percent = timing.share
        half, most = kept.median, kept.percentile_90
        if exact:
            half, most = timing.percentile(50), timing.percentile(90)
        unit = measured_in(limit)
        return ReportedLimit(
            action=limit.action.words(self.words.language),
            role=limit.role.words(self.words.language) if limit.role else "",
            promise=self.words.limit(limit, promise.events),
            cited=cite_marked(self.words, limit.clause),
            href=f"{self.site}{self.words.prefix}/{self.address}/versions/{promise.version}/"
            f"#clause-{limit.clause}",
            version="" if promise.version == in_force else promise.version,
            ended=str(timing.ended) if exact else self._measured(kept.measured),
            percent=None if percent is None else round(100 * percent),
            late=str(timing.late) if exact else "",
            overdue=self.telling.number(timing.overdue),
            half=self._time(half, unit),
            most=self._time(most, unit),
            timed=unit is not None,
            spread=self._spread(promise, timing) if percent is not None else None,
        )

    def _measured(self, measured: str) -> str:
        if measured.startswith(">="):
            return self.telling.at_least(int(measured.removeprefix(">=")))
        return measured

    def _time(self, value: int | None, unit: TimingUnit | None) -> str:
        return "" if value is None or unit is None else timing_words(self.words, value, unit)

    @staticmethod
    def _spread(promise: Promise, timing: Timing) -> SpreadPlot | None:
        found = [timing.percentile(percent) for percent in _PERCENTILES]
        known = [value for value in found if value is not None]
        if len(known) < len(found) or promise.limit.length is None:
            return None
        value, unit = promise.limit.length
        end = value * _LENGTHS[unit] if unit in _LENGTHS and not promise.limit.extends else None
        return spread_plot(known, end)
