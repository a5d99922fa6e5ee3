"""Says a case in one row of a list: what is due first, by which limit and clause, and whose."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from markupsafe import Markup

from functions.model.contract.contract import Contract
from functions.model.contract.kind import Kind
from functions.model.contract.limit import Limit
from functions.model.deadlines.lateness import Lateness, lateness
from functions.model.desk.stages import Office, near_at
from functions.model.desk.summary import CaseSummary, DueLimit
from functions.model.pages.vocabulary import Vocabulary
from functions.model.text import Text
from functions.views.desk.words import DeskWords, _
from functions.views.wording.citations import cite_marked
from functions.views.wording.date_words import DateWords
from functions.views.wording.milestone_words import limit_words

Urgency = Literal["late", "near", "calm"]

SOMETHING_ELSE = "other"
"""The value of the category that says nothing."""

_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class RowLimit:
    """A limit that runs: when it ends, what must be done, by which limit and clause, and by whom.

    `role` is empty where the procedure names none, `left` unless the time left matters.
    """

    urgency: Urgency
    when: str
    left: str
    action: str
    limit: str
    cited: Markup
    href: str
    role: str


@dataclass(frozen=True)
class CaseRow:
    """A case in a list; `lines` are its limits, the first one first.

    `facts` are what the reader must do, its state, when it was received, and who has it.
    """

    reference: str
    about: str
    level: str
    facts: tuple[str, ...]
    lines: tuple[RowLimit, ...]

    @property
    def urgency(self) -> Urgency:
        """How urgent the most urgent of its limits is."""
        found = {line.urgency for line in self.lines}
        return "late" if "late" in found else "near" if "near" in found else "calm"


@dataclass(frozen=True)
class RowWords:
    """Says rows in one language, at one moment.

    `words` are the site's messages, `desk` the desk's own. `roles` are names of roles by their ids.
    `own_roles` and `own_marks` are the reader's.
    """

    words: Vocabulary
    desk: DeskWords
    office: Office
    now: datetime
    roles: Mapping[str, str]
    own_roles: tuple[str, ...]
    own_marks: tuple[str, ...]

    def row(self, summary: CaseSummary, contract: Contract, limits: Mapping[str, Limit]) -> CaseRow:
        """A case; `limits` are those of its kind by id, those of other channels, too."""
        kind = contract.kinds[summary.kind]
        level = next((each.label for each in kind.levels if each.value == summary.level), None)
        return CaseRow(
            reference=summary.reference,
            about=self._about(summary, contract),
            level=self._text(level) if level else "",
            facts=tuple(self._facts(summary)),
            lines=tuple(
                self._line(due, limits[due.limit], contract, kind)
                for due in sorted(summary.limits, key=lambda due: due.due)
                if due.limit in limits and summary.bucket != "over"
            ),
        )

    def _about(self, summary: CaseSummary, contract: Contract) -> str:
        """The category, after the kind if the organisation takes several; else the kind."""
        kind = contract.kinds[summary.kind]
        choices = (field.choices for field in kind.fields if field.name == "category")
        label = next(
            (each.label for some in choices for each in some if each.value == summary.category),
            None,
        )
        if label is None or summary.category == SOMETHING_ELSE:
            return self._text(kind.name)
        if len(contract.kinds) == 1:
            return self._text(label)
        return self.words.say("nested", group=self._text(kind.name), label=self._text(label))

    def _facts(self, summary: CaseSummary) -> Iterator[str]:
        if summary.awaits(self.own_roles, self.own_marks):
            yield self.desk.say(_("to approve"))
        if summary.bucket == "waiting":
            yield self.desk.say(_("waiting for the filer"))
        elif summary.state == "answered" and summary.answered_at:
            day = self._day(self._local(summary.answered_at).date(), weekday=False)
            yield self.desk.say(_("answered {date}"), date=day)
        elif summary.state != "received":
            yield self.words.say(f"state_{summary.state}")
        received = self._local(summary.received_at)
        if received.date() == self._local(self.now).date():
            yield self.desk.say(_("received today, {time}"), time=f"{received:%H:%M}")
        else:
            day = self._day(received.date(), weekday=False)
            yield self.desk.say(_("received {date}"), date=day)
        if holders := tuple(self._holders(summary)):
            yield self.words.say("list_separator").join(holders)

    def _holders(self, summary: CaseSummary) -> Iterator[str]:
        for holder in summary.holders:
            if holder in self.own_marks:
                yield self.desk.say(_("handed on to you"))
            elif holder in self.roles:
                yield self.roles[holder]

    def _line(self, due: DueLimit, limit: Limit, contract: Contract, kind: Kind) -> RowLimit:
        dates = DateWords(self.words, contract, self.office.calendar, kind.events)
        urgency: Urgency = "calm"
        if due.due <= self.now and not due.provisional:
            urgency = "late"
        elif near_at(due) <= self.now and not due.provisional:
            urgency = "near"
        version = f"{contract.address}/versions/{contract.version}/"
        return RowLimit(
            urgency=urgency,
            when=self._when(due, limit, dates),
            left=self._left(due, dates) if urgency == "near" and due.exact else "",
            action=self._text(limit.action),
            limit=limit_words(dates, limit),
            cited=cite_marked(self.words, limit.clause),
            href=f"{self.words.prefix}/{version}#clause-{limit.clause}",
            role=self._text(limit.role) if limit.role else "",
        )

    def _when(self, due: DueLimit, limit: Limit, dates: DateWords) -> str:
        local, now = self._local(due.due), self._local(self.now)
        last_day = (local - _INSTANT).date()
        if due.provisional:
            return self.desk.say(_("Not before {date}"), date=self._day(last_day))
        if due.due <= self.now:
            late = lateness(limit, local, last_day, now, self.office.calendar)
            return self.desk.say(_("Overdue by {late}"), late=dates.late_by(late))
        ahead = (last_day - now.date()).days
        if local.date() == last_day:
            time = f"{local:%H:%M}"
            if ahead == 0:
                return self.desk.say(_("By {time} today"), time=time)
            if ahead == 1:
                return self.desk.say(_("By {time} tomorrow"), time=time)
            return self.desk.say(_("By {time}, {date}"), time=time, date=self._day(last_day))
        if ahead == 0:
            return self.desk.say(_("By the end of today"))
        if ahead == 1:
            return self.desk.say(_("By the end of tomorrow"))
        return self.desk.say(_("By {date}"), date=self._day(last_day))

    def _left(self, due: DueLimit, dates: DateWords) -> str:
        minutes = int((due.due - self.now).total_seconds()) // 60
        return self.desk.say(_("({time} left)"), time=dates.late_by(Lateness(minutes, "minute")))

    def _day(self, day: date, weekday: bool = True) -> str:
        """A day, with its weekday where it is one to come; its year only if it is not this one."""
        if day.year != self._local(self.now).year:
            return self.words.day(day)
        short = self.words.say(
            "short_date", month=day.month, day=day.day, month_name=self.words.months[day.month - 1]
        )
        if not weekday:
            return short
        return self.desk.say(
            _("{weekday} {date}"), weekday=self.words.weekdays[day.weekday()], date=short
        )

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(self.office.zone)

    def _text(self, text: Text) -> str:
        return text.words(self.words.language)
