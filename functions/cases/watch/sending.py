"""Sends reminders: those of a morning together to each reader, those of minutes by themselves."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from email.message import EmailMessage

from functions.cases.desk.access import DESK
from functions.cases.notifications import message_id
from functions.cases.ports.ports import Ports
from functions.cases.staff.links import handling_token, is_mailbox_of
from functions.cases.watch.reminders import Reminder
from functions.model.errors import MailboxUnavailable, MailPermanent, MailRetryable
from functions.observability.metrics import count
from functions.views.desk.reminder_mail import (
    Reading,
    compose_digest,
    compose_single,
)
from functions.views.desk.reminder_words import ReminderLine

log = logging.getLogger("ombud.watch")

_MOST_FAILURES = 3
"""After the server fails so many mails in a row, the others wait for the next sweep."""


@dataclass(frozen=True)
class Letter:
    """A mail to one reader, and what it tells of; the same cause has the same `message_id`."""

    address: str
    reminders: tuple[Reminder, ...]
    message_id: str
    is_digest: bool


def letters(reminders: Iterable[Reminder], ports: Ports) -> tuple[Letter, ...]:
    """The mails that tell of all these: first what is in minutes, then a digest for each reader."""
    single: list[Letter] = []
    digests: dict[tuple[str, str], list[Reminder]] = {}
    for reminder in reminders:
        organisation, address = reminder.file.contract.organisation, reminder.recipient.address
        if reminder.is_exact:
            content = ("reminder", reminder.file.case.reference, reminder.stage.key, address)
            own = message_id("\0".join(content), ports)
            single.append(Letter(address, (reminder,), own, is_digest=False))
        else:
            digests.setdefault((organisation, address), []).append(reminder)
    return (*single, *(_digest(*key, found, ports) for key, found in digests.items()))


def _digest(organisation: str, address: str, found: list[Reminder], ports: Ports) -> Letter:
    """In the order of their ends. What was told of names the mail too, so that a second one of the
    same day is not taken for the first.
    """
    in_order = tuple(
        sorted(found, key=lambda each: (each.stage.limit.due, each.file.case.reference))
    )
    keys = sorted(f"{each.file.case.reference} {each.stage.key}" for each in in_order)
    day = in_order[0].file.today
    own = message_id("\0".join(("digest", organisation, address, str(day), *keys)), ports)
    return Letter(address, in_order, own, is_digest=True)


def send_letters(
    owed: Iterable[Letter],
    ports: Ports,
    has_time: Callable[[], bool],
    busy: set[str],
    unexpected: list[Exception],
) -> Iterator[Letter]:
    """Sends the mails while there is time, and yields each that need not be sent again.

    What the mail server refuses for good goes to the organisation's mailbox. An address that takes
    no mail now is added to `busy`, and gets no other mail in this sweep. An error that nobody
    expects is added to `unexpected`, and does not keep the other mails.
    """
    failures = 0
    for letter in owed:
        if failures == _MOST_FAILURES or not has_time():
            return
        if letter.address in busy:
            continue
        try:
            _send(letter, ports)
        except MailRetryable as error:
            log.warning("reminder waits for the next sweep: %s", error, extra=_log_fields(letter))
            count("MailsDeferred")
            busy.add(letter.address)
            # A full mailbox says nothing of the server: whoever comes after it is told.
            failures += not isinstance(error, MailboxUnavailable)
        except Exception as error:
            log.exception("reminder is not sent", extra=_log_fields(letter))
            unexpected.append(error)
        else:
            failures = 0
            yield letter


def _send(letter: Letter, ports: Ports) -> None:
    try:
        ports.mailer.send(_compose(letter, ports))
    except MailPermanent as error:
        log.error("reminder failed for good: %s", error, extra=_log_fields(letter))
        count("MailsFailed")
        _send_to_organisation(letter, ports)
    else:
        log.info("reminder sent", extra=_log_fields(letter))
        count("RemindersSent")


def _send_to_organisation(letter: Letter, ports: Ports) -> None:
    """Sends what a reader cannot be told to the organisation's mailbox, if that is another."""
    directory = ports.contracts.directory(letter.reminders[0].file.contract.organisation)
    if directory is None or directory.mailbox == letter.address:
        return
    own = message_id(f"undeliverable\0{letter.message_id}", ports)
    instead = replace(letter, address=directory.mailbox, message_id=own)
    try:
        ports.mailer.send(_compose(instead, ports, undeliverable=True))
    except MailPermanent as error:
        log.error("nobody can be reminded: %s", error, extra=_log_fields(instead))


def _compose(letter: Letter, ports: Ports, undeliverable: bool = False) -> EmailMessage:
    """The mail. Raises ContractError."""
    file = letter.reminders[0].file
    directory = ports.contracts.directory(file.contract.organisation)
    has_logins = directory is not None and bool(directory.staff)
    reading = Reading(
        organisation=(directory.name if directory else None) or file.contract.name,
        language=directory.language if directory else file.contract.language,
        at=file.local(file.now),
        desk=ports.site_url + DESK if has_logins else "",
        undeliverable=undeliverable,
        colours=directory.colours if directory else None,
    )
    lines = tuple(_line(each, letter.address, ports) for each in letter.reminders)
    envelope = letter.address, ports.sender, letter.message_id
    if letter.is_digest:
        return compose_digest(lines, reading, *envelope)
    return compose_single(lines[0], reading, *envelope)


def _line(reminder: Reminder, address: str, ports: Ports) -> ReminderLine:
    """A line whose link opens the desk; if nobody could open it there, that of the mailbox."""
    file = reminder.file
    link, sealed = f"{ports.site_url}{DESK}/{file.case.reference}", False
    if not reminder.at_desk and is_mailbox_of(address, file, ports):
        token = handling_token(file.case, address, ports)
        link, sealed = f"{ports.site_url}/cases/handle?token={token}", True
    return ReminderLine(
        file=file,
        step=reminder.step,
        stage=reminder.stage.name,
        link=link,
        sealed=sealed,
        escalated=reminder.escalated,
        followed_by=reminder.followed_by,
    )


def _log_fields(letter: Letter) -> dict[str, str]:
    """The log fields that identify a mail, and its case if there is only one."""
    first = letter.reminders[0].file.case.reference
    fields = {"mail": letter.message_id}
    return fields if letter.is_digest else fields | {"reference": first}
