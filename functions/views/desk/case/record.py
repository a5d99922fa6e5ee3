"""The record of a case as it is printed: every limit, every event, and whether the chain holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from functions.model.case import CaseEvent
from functions.model.case_log import recorded_acts
from functions.model.statistics.measure import is_carried_out
from functions.views.case_file import CaseFile
from functions.views.desk.case.clauses import ClauseMark
from functions.views.desk.case.limits import LimitRow, limit_row
from functions.views.desk.log_words import mail_of


@dataclass(frozen=True)
class RecordedLimit:
    """A limit of the case and what became of it, in a sentence."""

    row: LimitRow
    clause: ClauseMark
    said: str


@dataclass(frozen=True)
class EventRow:
    """One event of the log, to the second: `type` as it is stored, or `carried_out` of a measure;
    who acted, its link. `mail` is the type of the mail that it tells of, `about` is what else it
    names.
    """

    when: str
    type: str
    about: str
    mail: str
    person: str
    link: str


def recorded_limits(file: CaseFile) -> tuple[RecordedLimit, ...]:
    """All limits of the case, those that were kept, too; without those that need nothing more."""
    rows = ((step, limit_row(file, step)) for step in file.progress.steps if not step.settled)
    return tuple(RecordedLimit(row, row.clause, file.dates.progress(step)) for step, row in rows)


def event_rows(file: CaseFile, events: Iterable[CaseEvent]) -> tuple[EventRow, ...]:
    """The log, in its order; of mails and files it says which, never to whom."""
    listed = tuple(events)
    acts = {(act.at, str(act.act)): act for act in recorded_acts(listed)}
    files = {evidence.id: evidence.name for evidence in file.case.attachments}
    rows: list[EventRow] = []
    for event in listed:
        act = acts.get((event.at, event.type))
        subject = "" if act else event.detail.partition(":")[0].partition(" ")[0]
        mail = mail_of(event) or ""
        rows.append(
            EventRow(
                when=_second(file, event.at),
                type="carried_out" if act and is_carried_out(act) else event.type,
                about="" if mail else files.get(subject, subject),
                mail=mail,
                person=act.entry.person if act else "",
                link=event.link,
            )
        )
    return tuple(rows)


def _second(file: CaseFile, at: datetime) -> str:
    return f"{file.local(at):%Y-%m-%d %H:%M:%S}"
