"""Writes the cases of a month as a table for spreadsheets: no word of a filer, and no formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from zoneinfo import ZoneInfo

from functions.model.statistics.measured import ONLINE, LimitRun, MeasuredCase, Standing
from functions.model.statistics.totals import MonthTotal, Promise
from functions.model.text import Text
from functions.views.desk.report.month_view import RESULT_NAMES, ReportWords
from functions.views.desk.words import _
from functions.views.wording.citations import cite

_BOM = "\ufeff"
"""Excel reads a file as UTF-8 only with this mark before it."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a cell begins with that a spreadsheet may run; Excel takes wide characters for it, too."""

_STANDINGS: dict[Standing, str] = {
    "open": _("Awaiting an answer"),
    "answered": _("Answered"),
    "closed": _("Closed"),
    "withdrawn": _("Withdrawn"),
}


def safe_cell(text: str) -> str:
    """The text, with an apostrophe before it if a spreadsheet would take it for a formula.

    Spaces before it are left out, as some programs leave them out first.
    """
    words = text.lstrip()
    return f"'{words}" if words.startswith(_FORMULA) or text.startswith(_FORMULA) else text


@dataclass(frozen=True)
class CaseTable:
    """The table of a month, whose `total` names and promises what cases are about.

    `versions` is the version of the procedure by the digest of the contract. Times are in `zone`;
    what happened after `last`, the end of the month, is left out.
    """

    words: ReportWords
    total: MonthTotal
    versions: dict[str, str]
    zone: ZoneInfo
    last: datetime

    def written(self, cases: Iterable[tuple[str, MeasuredCase]]) -> bytes:
        """The file: UTF-8 with a mark, lines that end as in Windows, one line a case."""
        out = StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        rows = list(cases)
        promises = self._promises([case for _, case in rows])
        writer.writerow(map(safe_cell, self._columns(promises)))
        for reference, case in rows:
            writer.writerow(map(safe_cell, self._cells(reference, case, promises)))
        return (_BOM + out.getvalue()).encode()

    def _promises(self, cases: Sequence[MeasuredCase]) -> tuple[Promise, ...]:
        """The limits of the version in force, and those of others that ran."""
        ran = {(self.versions[case.contract], run.limit) for case in cases for run in case.runs}
        known = self.total.promises
        return tuple(
            promise
            for promise in known
            if promise.version == known[0].version or (promise.version, promise.limit.id) in ran
        )

    def _columns(self, promises: Iterable[Promise]) -> Iterator[str]:
        say = self.words.desk.say
        names = (
            *(_("Reference"), _("Kind"), _("Category"), _("Level"), _("Channel")),
            *(_("Received"), _("Answered"), _("Outcome"), _("Remedy"), _("State")),
            *(_("Overdue"), _("Review requested"), _("Changed by a review"), _("Closed")),
            *(_("Withdrawn"), _("Satisfied"), _("Treated fairly")),
        )
        yield from map(say, names)
        for promise in promises:
            action = promise.limit.action.words(self.words.words.language)
            clause = cite(self.words.words, promise.limit.clause)
            for part in (_("due"), _("done"), _("kept")):
                yield say(
                    _("{action} ({clause}): {part}"), action=action, clause=clause, part=say(part)
                )

    def _cells(
        self, reference: str, case: MeasuredCase, promises: Iterable[Promise]
    ) -> Iterator[str]:
        say, names = self.words.desk.say, self.total.names
        answers = [answer for answer in case.answers if answer.at <= self.last]
        first = answers[0] if answers else None
        reviews = [at for at in case.reviews if at <= self.last]
        ends = {turn.standing: turn.at for turn in case.turns if turn.at <= self.last}
        yield reference
        yield self._name(names.kinds, case.kind)
        yield self._name(names.categories, case.category)
        yield self._name(names.levels, case.level)
        online = case.channel == ONLINE
        yield say(_("On this site")) if online else self._name(names.channels, case.channel)
        yield self._time(case.received)
        yield self._time(first.at if first else None)
        yield say(RESULT_NAMES[first.result]) if first and first.result else ""
        yield self._yes_or_no(first.remedy if first else None)
        yield say(_STANDINGS[case.standing(self.last) or "open"])
        yield self._yes_or_no(case.is_overdue(self.last))
        yield self._time(reviews[0] if reviews else None)
        changed = [answer.changed for answer in answers if answer.reviewed]
        yield self._yes_or_no(any(changed) if changed else None)
        yield self._time(ends.get("closed"))
        yield self._time(ends.get("withdrawn"))
        opinions = [opinion for opinion in case.opinions if opinion.at <= self.last]
        opinion = opinions[-1] if opinions else None
        yield self._yes_or_no(opinion.satisfied if opinion else None)
        yield self._yes_or_no(opinion.fairly if opinion else None)
        version = self.versions[case.contract]
        runs = {run.limit: run for run in case.runs}
        for promise in promises:
            run = runs.get(promise.limit.id) if promise.version == version else None
            yield from self._run(run)

    def _run(self, run: LimitRun | None) -> Iterator[str]:
        if run is None:
            yield from ("", "", "")
            return
        ended = run.ended
        yield self._time(run.due)
        yield self._time(run.done if run.done and run.done <= self.last else None)
        yield self._yes_or_no(run.kept if ended is not None and ended <= self.last else None)

    def _name(self, names: dict[str, Text], id: str | None) -> str:
        if id is None:
            return ""
        return names[id].words(self.words.words.language) if id in names else id

    def _time(self, at: datetime | None) -> str:
        """A moment as spreadsheets read it."""
        if at is None:
            return ""
        return f"{at.astimezone(self.zone):%Y-%m-%d %H:%M}"

    def _yes_or_no(self, said: bool | None) -> str:
        return "" if said is None else self.words.desk.say(_("yes") if said else _("no"))
