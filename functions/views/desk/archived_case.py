"""Draws the whole file of a case for the archive: one page that needs no other file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from functions.model.attachment import Attachment
from functions.model.case import CaseEvent
from functions.model.case_log import CaseAct, recorded_acts
from functions.model.statistics.measure import is_carried_out
from functions.views.answers import answers_html
from functions.views.case_file import CaseFile
from functions.views.desk.log_words import LOGGED_EVENTS, LOGGED_MAILS, mail_of
from functions.views.desk.pages import Frame
from functions.views.desk.staff_labels import labelled_for_staff
from functions.views.desk.style import desk_style
from functions.views.desk.words import _
from functions.views.wording.milestone_words import limit_duty

_OWN_NAMES = {
    "asked": _("Question to the filer"),
    "satisfaction": _("Opinion of the filer"),
    "carried_out": _("Measure carried out"),
}
"""What is called otherwise where a filer reads it."""


@dataclass(frozen=True)
class LogRow:
    """An entry of the log: when it was recorded, what it is, by whom, and its words.

    `details` are what else it says, under the names that the JSON has for it.
    """

    when: str
    what: str
    who: str
    text: str
    details: tuple[tuple[str, str], ...]
    taken_back: bool


@dataclass(frozen=True)
class ArchivedLimit:
    """A time limit and what became of it."""

    duty: str
    clause: str
    said: str


@dataclass(frozen=True)
class ArchivedFile:
    """A file of the case; `name` is its name in the archive, empty if it is not there."""

    shown: str
    sha256: str
    name: str


_SHOWN_APART = {"text", "person", "role", "mark", "files", "calendar"}
"""Details that have a place of their own, or are for programs alone."""


def archived_case(
    file: CaseFile,
    events: tuple[CaseEvent, ...],
    files: Iterable[ArchivedFile],
    broken: CaseEvent | None,
    cut_off: bool,
    frame: Frame,
) -> str:
    """The page; `broken` is the first entry that does not follow from those before it, `cut_off`
    means that entries are gone from the end.
    """
    contact = file.case.entered
    return frame.page(
        "archive/case.html",
        sheet=Markup(desk_style().decode()),
        reference=file.case.reference,
        kind=file.kind.name.words(file.pages.words.language),
        received=file.dates.moment(file.local(file.case.received_at)),
        entered_by=contact.person if contact else "",
        version=file.contract.version,
        state=file.pages.words.say(f"state_{file.progress.state}"),
        retained=file.dates.moment(file.local(file.case.retained_until)),
        archived=file.dates.moment(file.local(file.now)),
        answers=answers_html(
            file.pages,
            labelled_for_staff(file.kind, file.pages.words.language),
            file.case.submission,
        ),
        log=tuple(_log(file, frame, events)),
        limits=tuple(_limits(file)),
        files=tuple(files),
        broken=file.dates.moment(file.local(broken.at)) if broken else "",
        cut_off=cut_off,
        chained=any(event.link for event in events),
    )


def attachments_of(file: CaseFile, events: Iterable[CaseEvent]) -> tuple[Attachment, ...]:
    """The files that were filed, and those that came with later entries, each once."""
    later = (each for act in recorded_acts(events) for each in act.entry.files)
    found = {each.id: each for each in (*file.case.attachments, *later)}
    return tuple(found.values())


def _log(file: CaseFile, frame: Frame, events: tuple[CaseEvent, ...]) -> Iterator[LogRow]:
    acts = {(act.at, str(act.act)): act for act in recorded_acts(events)}
    standing = {act.at for act in file.progress.happened}
    for event in events:
        act = acts.get((event.at, event.type))
        yield LogRow(
            when=f"{file.local(event.at):%Y-%m-%d %H:%M:%S}",
            what=_what(file, frame, event, act),
            who=_who(file, frame, act) if act else "",
            text=act.entry.text if act else "",
            details=tuple(_details(act)) if act else (),
            taken_back=act is not None and act.at not in standing,
        )


def _what(file: CaseFile, frame: Frame, event: CaseEvent, act: CaseAct | None) -> str:
    if act is None:
        said = (
            frame.words.say(LOGGED_EVENTS[event.type])
            if event.type in LOGGED_EVENTS
            else event.type
        )
        mail = mail_of(event)
        return said if mail is None else f"{said} · {frame.words.say(LOGGED_MAILS[mail])}"
    if is_carried_out(act):
        return frame.words.say(_OWN_NAMES["carried_out"])
    if act.act in _OWN_NAMES:
        return frame.words.say(_OWN_NAMES[act.act])
    return file.pages.words.messages.get(f"act_{act.act}", act.act)


def _who(file: CaseFile, frame: Frame, act: CaseAct) -> str:
    words, entry = file.pages.words, act.entry
    if act.party == "filer":
        return frame.words.say(_("The filer"))
    role = entry.role.words(words.language) if entry.role else ""
    if entry.person and role:
        return words.say("nested", group=role, label=entry.person)
    return entry.person or role


def _details(act: CaseAct) -> Iterator[tuple[str, str]]:
    for name, value in act.entry.model_dump(mode="json", exclude_defaults=True).items():
        if name not in _SHOWN_APART:
            yield name, ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _limits(file: CaseFile) -> Iterator[ArchivedLimit]:
    for step in file.progress.steps:
        if step.settled:
            continue
        halves = limit_duty(file.dates, step.milestone.limit, "organisation")
        yield ArchivedLimit(
            duty=file.pages.words.say("duty", who=halves.who, does=halves.does),
            clause=step.milestone.limit.clause,
            said=file.dates.progress(step),
        )
