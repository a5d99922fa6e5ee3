"""Composes the mails that remind staff of time limits: a morning's digest, or one by itself.

They carry no words of the filer and no name: what a case is about is read at the desk.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parseaddr

from markupsafe import Markup

from functions.model.desk.stages import StageName
from functions.model.language import Language
from functions.model.mail import REFERENCE_HEADER, TYPE_HEADER, thread_id
from functions.model.progress import Lateness, LimitProgress
from functions.model.text import Text
from functions.views.case_file import CaseFile
from functions.views.citations import bracketed, cite
from functions.views.desk.words import DeskWords, _, desk_words
from functions.views.mails import SEVEN_BIT, addressed
from functions.views.milestone_words import limit_duty, limit_words

TYPE = "reminder"
"""What TYPE_HEADER says of these mails, which no outbox holds."""

MOST_LINES = 100
"""So many time limits are told of in one mail; the desk lists all."""

_ESCALATED = "escalated"

_GROUPS: dict[str, str] = {
    "overdue": _("Overdue"),
    _ESCALATED: _("Overdue, escalated to you"),
    "today": _("Due today"),
    "near": _("Due soon"),
}
"""The headings, in the order in which the groups stand."""

_COLOURS: dict[str, str] = {"overdue": "#d03030", _ESCALATED: "#d03030", "today": "#c77700"}
"""The line beside what is late or due; it shows on white and on black, and words say the same."""

_COUNTS: dict[str, str] = {
    "overdue": _("{value} overdue"),
    "today": _("{value} due today"),
    "near": _("{value} due soon"),
}

_SINGLE: dict[StageName, str] = {
    "overdue": _("{organisation}: {reference} is overdue"),
    "today": _("{organisation}: {reference} is due today"),
    "near": _("{organisation}: {reference} is due soon"),
}

_FOLLOWED = _("You follow how this is handled ({clause}); whoever owes it was told.")
_NOT_FOLLOWED = _(
    "The procedure names nobody who follows how this is handled; whoever owes it was told."
)
_UNDELIVERABLE = _(
    "This reminder could not be delivered to a member of staff. Please see that somebody acts on "
    "it, and that the address in the list of staff is right."
)
_SEALED = _("Anybody who has this link can open the case: do not pass it on.")
_NO_REPLY = _("Please do not reply to this mail: replies are not read.")


@dataclass(frozen=True)
class ReminderLine:
    """A time limit that somebody is told of: its case, its stage, and where the case opens.

    A `sealed` link opens the case by itself. `escalated` means that the reader does not owe it but
    follows how the case is handled, by the clause `followed_by` if there is one.
    """

    file: CaseFile
    step: LimitProgress
    stage: StageName
    link: str
    sealed: bool = False
    escalated: bool = False
    followed_by: str | None = None

    @property
    def group(self) -> str:
        """The heading that it stands under."""
        return _ESCALATED if self.escalated else self.stage


@dataclass(frozen=True)
class Reading:
    """For whom a mail is written, and when.

    `desk` is the address of the list of cases, empty for a mailbox whose organisation has no
    logins. With `undeliverable` the mail replaces one that did not reach its reader.
    """

    organisation: Text
    language: Language
    at: datetime
    desk: str
    undeliverable: bool = False


@dataclass(frozen=True)
class _Entry:
    """A line in words."""

    title: str
    duty: str
    when: str
    limit: str
    why: str
    link: str


@dataclass(frozen=True)
class _Group:
    """The lines under one heading, with the colour of the line beside them."""

    heading: str
    colour: str
    entries: tuple[_Entry, ...]


def compose_digest(
    lines: Iterable[ReminderLine], reading: Reading, to: str, sender: str, message_id: str
) -> EmailMessage:
    """One mail of all that somebody is told of at one time, grouped by stage."""
    words, known = desk_words(reading.language), tuple(lines)
    counts = [
        words.say(message, value=count)
        for stage, message in _COUNTS.items()
        if (count := sum(line.stage == stage for line in known))
    ]
    subject = words.say(
        _("{organisation}: time limits, {counts}"),
        organisation=reading.organisation.words(reading.language),
        counts=words.translated(_(", ")).join(counts),
    )
    return _compose(known, subject, reading, to, sender, message_id)


def compose_single(
    line: ReminderLine, reading: Reading, to: str, sender: str, message_id: str
) -> EmailMessage:
    """A mail of one time limit, in the thread of its case."""
    reference = line.file.case.reference
    subject = desk_words(reading.language).say(
        _SINGLE[line.stage],
        organisation=reading.organisation.words(reading.language),
        reference=reference,
    )
    message = _compose((line,), subject, reading, to, sender, message_id)
    thread = thread_id(reference, parseaddr(sender)[1].rpartition("@")[2])
    message["References"] = message["In-Reply-To"] = thread
    message[REFERENCE_HEADER] = reference
    return message


def _compose(
    lines: tuple[ReminderLine, ...],
    subject: str,
    reading: Reading,
    to: str,
    sender: str,
    message_id: str,
) -> EmailMessage:
    message = EmailMessage(SEVEN_BIT)
    message["Message-ID"] = message_id
    message["Date"] = reading.at
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"  # as in functions.views.mails
    message[TYPE_HEADER] = TYPE
    message["From"] = Address(
        display_name=reading.organisation.words(reading.language),
        addr_spec=parseaddr(sender)[1],
    )
    message["To"] = addressed(to)
    message["Subject"] = subject
    words = desk_words(reading.language)
    groups = tuple(_groups(lines[:MOST_LINES], words))
    notes = tuple(_notes(lines, reading, words))
    message.set_content(_text(groups, notes, reading, words))
    html = _html(groups, notes, reading, words)
    message.add_alternative(str(html), subtype="html")
    return message


def _groups(lines: tuple[ReminderLine, ...], words: DeskWords) -> Iterator[_Group]:
    for group, heading in _GROUPS.items():
        entries = tuple(_entry(line, words) for line in lines if line.group == group)
        if entries:
            said = words.translated(heading)
            if len(lines) > 1:
                said = words.say(_("{heading} ({count})"), heading=said, count=len(entries))
            yield _Group(said, _COLOURS.get(group, "#888888"), entries)


def _notes(lines: tuple[ReminderLine, ...], reading: Reading, words: DeskWords) -> Iterator[str]:
    """What stands at the end of the mail."""
    if more := len(lines[MOST_LINES:]):
        yield words.say(_("{value} more time limits: see the list of cases."), value=more)
    if reading.undeliverable:
        yield words.translated(_UNDELIVERABLE)
    if any(line.sealed for line in lines):
        yield words.translated(_SEALED)
    yield words.translated(_NO_REPLY)


def _entry(line: ReminderLine, words: DeskWords) -> _Entry:
    """One line: which case, what must be done, by when or how late, and by which limit."""
    file, limit = line.file, line.step.milestone.limit
    dates, language = file.dates, file.pages.words.language
    halves = limit_duty(dates, limit, "organisation")
    said = dates.words.say("duty", who=halves.who, does=halves.does)
    return _Entry(
        title=words.say(
            _("{reference} · {kind}"),
            reference=file.case.reference,
            kind=file.kind.name.words(language),
        ),
        duty=dates.words.say("sentence", words=said),
        when=_when(line, words),
        limit=limit_words(dates, limit) + bracketed(dates.words, cite(dates.words, limit.clause)),
        why=_why(line, words),
        link=line.link,
    )


def _when(line: ReminderLine, words: DeskWords) -> str:
    """By when it must be done, and the time left if that is short; or how late it is."""
    dates, due = line.file.dates, line.step.milestone.due
    assert due is not None, "a stage has a date"
    if line.stage == "overdue":
        return dates.progress(line.step)
    said = dates.by(due)
    if not line.step.milestone.limit.is_exact:
        return said
    minutes = int((due.at - line.file.now).total_seconds()) // 60
    left = words.say(_("{time} left."), time=dates.late_by(Lateness(minutes, "minute")))
    return said + dates.words.between_sentences + left


def _why(line: ReminderLine, words: DeskWords) -> str:
    """Why it is escalated to the reader; empty if they owe it."""
    if not line.escalated:
        return ""
    if line.followed_by is None:
        return words.translated(_NOT_FOLLOWED)
    return words.say(_FOLLOWED, clause=cite(line.file.pages.words, line.followed_by))


def _text(
    groups: tuple[_Group, ...], notes: tuple[str, ...], reading: Reading, words: DeskWords
) -> str:
    parts = [reading.organisation.words(reading.language) + "\n"]
    if reading.desk:
        parts.append(words.say(_("All cases: {link}"), link=reading.desk) + "\n")
    for group in groups:
        parts.append(group.heading + "\n")
        for entry in group.entries:
            inset = (entry.duty, entry.when, entry.limit, entry.why, entry.link)
            lines = (entry.title, *(f"  {each}" for each in inset if each))
            parts.append("\n".join(lines) + "\n")
    return "\n".join((*parts, *notes)) + "\n"


def _html(
    groups: tuple[_Group, ...], notes: tuple[str, ...], reading: Reading, words: DeskWords
) -> Markup:
    parts = [
        Markup('<p style="font-size:1.2em;font-weight:bold;margin:0 0 .6em">{}</p>').format(
            reading.organisation.words(reading.language)
        )
    ]
    if reading.desk:
        parts.append(
            Markup('<p><a href="{}">{}</a></p>').format(
                reading.desk, words.translated(_("All cases"))
            )
        )
    for group in groups:
        heading = Markup('<h1 style="font-size:1.15em;margin:1.4em 0 .4em">{}</h1>')
        items = Markup("").join(_item(entry, group.colour) for entry in group.entries)
        parts.append(heading.format(group.heading))
        parts.append(Markup('<ul style="padding:0;margin:0;list-style:none">{}</ul>').format(items))
    parts += [Markup("<p>{}</p>").format(note) for note in notes]
    return Markup(
        '<!doctype html><html lang="{}"><head><meta charset="utf-8">'
        '<meta name="color-scheme" content="light dark"><title>{}</title></head>'
        '<body style="font-family:sans-serif;line-height:1.5;max-width:38em">{}</body></html>\n'
    ).format(words.language, reading.organisation.words(reading.language), Markup("\n").join(parts))


def _item(entry: _Entry, colour: str) -> Markup:
    inset = (entry.when, entry.limit, entry.why)
    return Markup(
        '<li style="margin:0 0 1em;padding:0 0 0 .8em;border-left:4px solid {}">'
        '<a href="{}">{}</a><br><strong>{}</strong>{}</li>'
    ).format(
        colour,
        entry.link,
        entry.title,
        entry.duty,
        Markup("").join(Markup("<br>{}").format(each) for each in inset if each),
    )
