"""The thread of a case: what the filer wrote, what staff did, and what became of mails and files.

Nothing is left out for staff: entries that filers do not see are marked, those that were taken back
stay, with who took them back and why.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from markupsafe import Markup

from functions.model.attachment import Attachment, ScanState
from functions.model.case import CaseEvent
from functions.model.case_log import CaseAct, recorded_acts
from functions.model.mail import TO_FILER
from functions.model.statistics.measure import is_carried_out
from functions.views.case_file import CaseFile
from functions.views.desk.case.clauses import ClauseMark, clause_mark
from functions.views.desk.case.evidence import EvidenceRow, evidence_rows
from functions.views.desk.case.limits import KeptLimit, kept_limit, limit_sentence
from functions.views.desk.case.people import People
from functions.views.desk.staff_labels import labelled_for_staff
from functions.views.wording.words import answer_words

_LOST = ("mail_failed", "mail_bounced", "mail_complained")

_APART = (
    *("account", "consent", "sensitive_consent"),
    *("name", "represented", "phone", "email", "address", "category"),
)
"""Answers that the list of answers leaves out: the account stands above it, without consent nothing
could be filed, and the rest stands at the head of the page."""


@dataclass(frozen=True)
class TakenBack:
    """That an entry counts for nothing any more: who took it back, when and why."""

    who: str
    when: str
    why: str


@dataclass(frozen=True)
class ThreadRow:
    """One row: what was done (`act`), when, by whom, and what was said with it.

    `act` is an act, `received`, `carried_out` of a measure, or an event of mails and files. `who`
    is a person with the `role`, or empty for the filer and for what happened by itself. `stated` is
    when staff say that it happened, if that is not when they recorded it. `measure` is the text of
    the measure that was carried out.
    """

    at: datetime
    time: str
    act: str
    is_filer: bool = False
    is_inside: bool = False
    who: str = ""
    role: str = ""
    text: str = ""
    stated: str = ""
    delivered: tuple[str, str] | None = None
    to: str = ""
    tells: tuple[str, ...] = ()
    level: str = ""
    event: str = ""
    review: str = ""
    late: bool = False
    outcome: str = ""
    remedy: str = ""
    measure: str = ""
    owner: str = ""
    until: str = ""
    barred: str = ""
    extends: Markup | None = None
    clause: ClauseMark | None = None
    corrects: str = ""
    satisfied: bool | None = None
    fairly: bool | None = None
    answers: tuple[tuple[str, str], ...] = ()
    keeps: tuple[KeptLimit, ...] = ()
    files: tuple[EvidenceRow, ...] = ()
    taken_back: TakenBack | None = None
    take_back: str = ""
    is_act: bool = False


@dataclass(frozen=True)
class ThreadDay:
    """The rows of one day, in the organisation's time zone."""

    day: str
    rows: tuple[ThreadRow, ...]


@dataclass(frozen=True)
class ThreadReader:
    """What the reader of a thread may do: see the names that filers write, and take back the
    entries that were recorded at these moments.
    """

    sees_names: bool
    may_take_back: frozenset[datetime] = frozenset()


def thread(
    file: CaseFile,
    events: Iterable[CaseEvent],
    people: People,
    reader: ThreadReader,
    has_scanner: bool,
) -> tuple[ThreadDay, ...]:
    """All rows in the order in which they were recorded, day by day."""
    made = _Thread(file, tuple(events), people, reader, has_scanner)
    rows = sorted(made.rows(), key=lambda row: row.at)
    words = file.pages.words
    return tuple(
        ThreadDay(words.day(day), tuple(found))
        for day, found in groupby(rows, key=lambda row: file.local(row.at).date())
    )


@dataclass(frozen=True)
class _Thread:
    file: CaseFile
    events: tuple[CaseEvent, ...]
    people: People
    reader: ThreadReader
    has_scanner: bool
    acts: tuple[CaseAct, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "acts", recorded_acts(self.events))

    def rows(self) -> Iterator[ThreadRow]:
        yield self._received()
        back = {act.entry.corrects: act for act in self.acts if act.act == "corrected"}
        for act in self.acts:
            row = self._act(act)
            if act.at in back:
                row = replace(
                    row, taken_back=self._taken_back(back[act.at]), take_back="", keeps=()
                )
            yield row
        for event in self.events:
            if event.type in _LOST:
                to_filer = event.detail.partition(":")[0] in TO_FILER
                lost = event.type if to_filer else f"staff_{event.type}"
                yield ThreadRow(event.at, self._time(event.at), lost)
            if event.type in ("file_infected", "satisfaction_asked"):
                yield ThreadRow(event.at, self._time(event.at), event.type)

    def _received(self) -> ThreadRow:
        case, words = self.file.case, self.file.pages.words
        kind = labelled_for_staff(self.file.kind, words.language)
        hidden = _APART if self.reader.sees_names else (*_APART, "involved")
        answers = (
            (field.label.words(words.language), answer_words(words, field, case.submission))
            for field in kind.fields
            if field.name not in hidden
        )
        return ThreadRow(
            at=case.received_at,
            time=self._time(case.received_at),
            act="received",
            is_filer=True,
            text=case.submission.account or "",
            answers=tuple(row for row in answers if row[1]),
            files=self._files(case.attachments),
        )

    def _act(self, act: CaseAct) -> ThreadRow:
        entry, words, file = act.entry, self.file.pages.words, self.file
        language = words.language
        delivered = None
        if entry.delivered_on:
            delivered = words.day(entry.delivered_on), entry.delivered_how
        return ThreadRow(
            at=act.at,
            time=self._time(act.at),
            act="carried_out" if is_carried_out(act) else act.act,
            is_act=True,
            is_filer=act.party == "filer",
            is_inside=act.is_inside,
            who=entry.person,
            role=entry.role.words(language) if entry.role else "",
            text=entry.text,
            stated=self._stated(act),
            delivered=delivered,
            to=self._to(act),
            tells=self.people.list_roles(entry.tells),
            level=next(
                (x.label.words(language) for x in file.kind.levels if x.value == entry.level), ""
            ),
            event=next(
                (x.name.words(language) for x in file.kind.events if x.id == entry.event), ""
            ),
            review=self._review(act),
            late=entry.late,
            outcome=entry.outcome or "",
            remedy=entry.remedy,
            measure=self._carried_out(act),
            owner=entry.owner,
            until=words.day(entry.until) if entry.until else "",
            barred=(self.people.person(entry.barred) or "") if self.reader.sees_names else "",
            extends=self._extends(act),
            clause=clause_mark(file, entry.clause) if entry.clause else None,
            corrects=self._corrected(act),
            satisfied=entry.satisfied,
            fairly=entry.fairly,
            keeps=tuple(self._kept(act)),
            files=self._files(entry.files),
            take_back=self._take_back(act),
        )

    def _take_back(self, act: CaseAct) -> str:
        """The moment of the entry, if the reader may take it back."""
        is_own = act.party == "organisation" and act.act != "corrected"
        return act.at.isoformat() if is_own and act.at in self.reader.may_take_back else ""

    def _time(self, at: datetime) -> str:
        return f"{self.file.local(at):%H:%M}"

    def _stated(self, act: CaseAct) -> str:
        """When it happened, if that is not the minute at which it was recorded."""
        zone, words = ZoneInfo(self.file.contract.timezone), self.file.pages.words
        recorded, entry = self.file.local(act.at), act.entry
        if entry.happened_at is not None:
            happened = act.moment(zone)
            if happened.strftime("%F %H:%M") == recorded.strftime("%F %H:%M"):
                return ""
            return words.moment(happened)
        if entry.happened_on and entry.happened_on != recorded.date():
            return words.day(entry.happened_on)
        return ""

    def _to(self, act: CaseAct) -> str:
        entry = act.entry
        if entry.to_person:
            return self.people.person(entry.to_person) or ""
        return self.people.role(entry.to_role) if entry.to_role else ""

    def _review(self, act: CaseAct) -> str:
        index, reviews = act.entry.review, self.file.kind.reviews
        if index is None or index >= len(reviews):
            return ""
        return reviews[index].body.words(self.file.pages.words.language)

    def _carried_out(self, act: CaseAct) -> str:
        """What was planned, of an entry that says that a measure was carried out."""
        planned = (each for each in self.acts if each.at == act.entry.carries_out)
        return next((each.entry.text for each in planned), "")

    def _extends(self, act: CaseAct) -> Markup | None:
        limits = (limit for limit in self.file.kind.limits if limit.id == act.entry.extends)
        return next((limit_sentence(self.file, limit) for limit in limits), None)

    def _corrected(self, act: CaseAct) -> str:
        """When the entry was recorded that this one takes back."""
        moment = act.entry.corrects
        return self.file.pages.words.moment(self.file.local(moment)) if moment else ""

    def _taken_back(self, by: CaseAct) -> TakenBack:
        role = by.entry.role.words(self.file.pages.words.language) if by.entry.role else ""
        when = self.file.pages.words.moment(self.file.local(by.at))
        return TakenBack(by.entry.person or role, when, by.entry.text)

    def _kept(self, act: CaseAct) -> Iterator[KeptLimit]:
        for step in self.file.progress.steps:
            if step.kept is not None and step.kept.at == act.at and step.kept.act == act.act:
                yield kept_limit(self.file, step)

    def _files(self, files: tuple[Attachment, ...]) -> tuple[EvidenceRow, ...]:
        scans: Mapping[str, ScanState] = self.file.scans
        states = ((each, scans.get(each.id, "waiting")) for each in files)
        return evidence_rows(self.file.pages.words, tuple(states), self.has_scanner)
