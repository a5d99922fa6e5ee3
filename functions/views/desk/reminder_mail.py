"""Composes the mails that remind staff of time limits: a morning's digest, or one by itself.

They carry no words of the filer and no name: what a case is about is read at the desk.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parseaddr

from functions.model.contract.directory import BrandColours
from functions.model.desk.stages import StageName
from functions.model.language import Language
from functions.model.mail import REFERENCE_HEADER, TYPE_HEADER, thread_id
from functions.model.text import Text
from functions.views.desk.reminder_words import (
    ReminderLine,
    reminder_groups,
)
from functions.views.desk.words import DeskWords, _, desk_words
from functions.views.mail_parts import MailPart
from functions.views.mails import SEVEN_BIT, addressed, set_parts

TYPE = "reminder"
"""What TYPE_HEADER says of these mails, which no outbox holds."""

MOST_LINES = 100
"""So many time limits are told of in one mail, which Gmail shows whole; the desk lists all."""

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

_UNDELIVERABLE = _(
    "This reminder could not be delivered to a member of staff. Please see that somebody acts on "
    "it, and that the address in the list of staff is right."
)
_ALL_CASES = _("All cases")
_COLON = _(": ")
_SEALED = _("Anybody who has this link can open the case: do not pass it on.")
_NO_REPLY = _("Please do not reply to this mail: replies are not read.")


@dataclass(frozen=True)
class Reading:
    """For whom a mail is written, and when.

    `desk` is the address of the list of cases, empty for a mailbox whose organisation has no
    logins. `colours` are those of its HTML. With `undeliverable` the mail replaces one that did not
    reach its reader.
    """

    organisation: Text
    language: Language
    at: datetime
    desk: str
    undeliverable: bool = False
    colours: BrandColours | None = None


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
    parts = tuple(_parts(lines, reading, words))
    set_parts(message, parts, words.language, reading.colours)
    return message


def _parts(
    lines: tuple[ReminderLine, ...], reading: Reading, words: DeskWords
) -> Iterator[MailPart]:
    yield MailPart("name", reading.organisation.words(reading.language))
    if reading.desk:
        label = words.translated(_ALL_CASES) + words.translated(_COLON)
        yield MailPart("link", reading.desk, label)
    for group in reminder_groups(lines[:MOST_LINES], words):
        yield MailPart("heading", group.heading)
        for entry in group.entries:
            said = tuple(each for each in (entry.duty, entry.when, entry.limit, entry.why) if each)
            yield MailPart("entry", entry.link, entry.title, said, group.colour)
    for note in _notes(lines, reading, words):
        yield MailPart("note", note)


def _notes(lines: tuple[ReminderLine, ...], reading: Reading, words: DeskWords) -> Iterator[str]:
    """What stands at the end of the mail."""
    if more := len(lines[MOST_LINES:]):
        yield words.say(_("{value} more time limits: see the list of cases."), value=more)
    if reading.undeliverable:
        yield words.translated(_UNDELIVERABLE)
    if any(line.sealed for line in lines):
        yield words.translated(_SEALED)
    yield words.translated(_NO_REPLY)
