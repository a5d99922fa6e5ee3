"""Sends the mails that cases owe: at least once, each under its one Message-ID."""

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parseaddr

from functions.cases.notifications import handling_token
from functions.cases.open_case import open_case
from functions.cases.owed_mails import undelivered
from functions.cases.ports.ports import LONGEST_PAUSE, Ports
from functions.cases.retention import keep
from functions.model.case import Case
from functions.model.errors import (
    ContractError,
    MailPermanent,
    MailRetryable,
    ShelfUnavailable,
    StoreError,
)
from functions.model.mail import REFERENCE_HEADER, TYPE_HEADER, MailType, OutboxMail
from functions.model.pages.skeleton import Skeleton
from functions.observability.metrics import count

log = logging.getLogger("ombud.outbox")

LEASE = timedelta(minutes=5)
"""How long a mail is one worker's alone: longer than any server takes to be given up."""

_LONGEST_HANDOVER = timedelta(minutes=3)
"""What one mail may take: a login anew and eight answers, each waited for 20 s."""

_BATCH = 20
_FIRST_PAUSE = timedelta(seconds=30)
_MOST_ATTEMPTS = 20
"""With pauses of 30 s, doubling up to 6 h, a mail is tried for about three days."""

_LATER: tuple[MailType, ...] = ("update", "added", "infected")
"""The mails that are about something later than the filing."""

_SEVEN_BIT = policy.default.clone(cte_type="7bit")
"""Encodes what is not ASCII: SES advises it, and servers need not offer 8BITMIME."""


def drain(ports: Ports, has_time: Callable[[], bool] = lambda: True) -> int:
    """Sends what is due, asking after each mail whether to go on; returns how many were tried.

    An error that nobody foresaw holds up its own mail alone, which is tried again when its
    lease ends; the first of them is raised in the end.
    """
    tried = 0
    unforeseen: list[Exception] = []
    for mail in _leased(ports):
        try:
            deliver(mail, ports)
        except StoreError:
            raise
        except Exception as error:
            log.exception("%s is neither sent nor deferred", mail.type, extra=_names(mail))
            unforeseen.append(error)
        tried += 1
        if not has_time():
            break
    if unforeseen:
        raise unforeseen[0]
    return tried


def oldest_owed(ports: Ports) -> int | None:
    """How long the mail that waits longest has been owed, in seconds; None where none is.

    Raises StoreError.
    """
    since = ports.store.owed_since()
    if since is None:
        return None
    return max(0, round((ports.now() - since).total_seconds()))


def _leased(ports: Ports) -> Iterator[OutboxMail]:
    """Due mails, each with enough of its lease left: a slow server may use up a batch's."""
    now = ports.now()
    while mails := ports.store.lease_mails(now, now + LEASE, _BATCH):
        for mail in mails:
            if ports.now() - now > LEASE - _LONGEST_HANDOVER:
                break
            yield mail
        now = ports.now()


def deliver(mail: OutboxMail, ports: Ports) -> None:
    """Tries one mail and records what came of it: sent, deferred or failed for good."""
    case = ports.store.case(mail.reference)
    if case is None:
        ports.store.mail_failed(mail, ports.now(), "the case is gone")
        return
    try:
        if mail.type == "notice":
            keep(case, ports)
        ports.mailer.send(compose(mail, case, ports))
    except MailPermanent as error:
        log.error("%s failed for good: %s", mail.type, error, extra=_names(mail))
        _give_up(mail, case, str(error), ports)
    except (MailRetryable, ContractError, ShelfUnavailable) as error:
        if mail.attempts + 1 >= _MOST_ATTEMPTS:
            log.error("%s given up: %s", mail.type, error, extra=_names(mail))
            _give_up(mail, case, f"given up: {error}", ports)
            return
        pause = min(_FIRST_PAUSE * 2**mail.attempts, LONGEST_PAUSE)
        log.warning("%s deferred by %s: %s", mail.type, pause, error, extra=_names(mail))
        count("MailsDeferred")
        ports.store.mail_deferred(mail, ports.now() + pause, str(error))
    else:
        log.info("%s sent", mail.type, extra=_names(mail))
        count("MailsSent")
        ports.store.mail_sent(mail, ports.now())


def _give_up(mail: OutboxMail, case: Case, reason: str, ports: Ports) -> None:
    """Records the failure, and where it is the filer's mail owes staff the word to call."""
    count("MailsFailed")
    mails: tuple[OutboxMail, ...] = ()
    if mail.type == "acknowledgement":
        try:
            mails = undelivered(case, ports)
        except ContractError as error:
            log.error("nobody can be told to call: %s", error, extra=_names(mail))
    ports.store.mail_failed(mail, ports.now(), reason, mails)


def _names(mail: OutboxMail) -> dict[str, str]:
    """What a log line calls a mail by."""
    return {"reference": mail.reference, "mail": mail.message_id}


def compose(mail: OutboxMail, case: Case, ports: Ports) -> EmailMessage:
    """The message itself.

    An acknowledgement goes to an address that a stranger typed, so it carries none of the
    words that a stranger wrote: reference, code, the organisation's words and dates.
    """
    happened = mail.type in ("added", "infected")
    events = ports.store.events(case.reference) if happened else ()
    file = open_case(case, ports, (mail.language,), events)
    message = EmailMessage(_SEVEN_BIT)
    message["Message-ID"] = mail.message_id
    message["Date"] = ports.now() if mail.type in _LATER else case.received_at
    message["Auto-Submitted"] = "auto-generated"
    message[REFERENCE_HEADER] = mail.reference
    message[TYPE_HEADER] = mail.type
    message["From"] = Address(
        display_name=file.contract.name.words(mail.language), addr_spec=parseaddr(ports.sender)[1]
    )
    message["To"] = addressed(mail.recipient)
    text = file.text()
    match mail.type:
        case "acknowledgement":
            del text["answers"]
            message["Subject"] = file.skeletons.acknowledgement_subject.text(text)
            message.set_content(file.skeletons.acknowledgement_text.text(text))
            html = file.skeletons.acknowledgement_html.html(file.mail_html())
            message.add_alternative(str(html), subtype="html")
        case "notice":
            if case.attachments:
                said = "files_waiting" if ports.scanner else "files_unscanned"
                text["files"] = file.pages.words.say(said, reference=case.reference)
            text["handling"] = handling_token(case, mail.recipient, ports)
            message["Subject"] = file.skeletons.notice_subject.text(text)
            message.set_content(file.skeletons.notice_text.text(text))
        case "undelivered":
            text["phone"] = case.submission.phone or file.pages.words.say("phone_missing")
            message["Subject"] = file.skeletons.undelivered_subject.text(text)
            message.set_content(file.skeletons.undelivered_text.text(text))
        case "infected":
            message["Subject"] = file.skeletons.infected_subject.text(text)
            message.set_content(file.skeletons.infected_text.text(text))
        case "update":
            _fill(message, file.skeletons.update_subject, file.skeletons.update_text, text)
        case "added":
            text["handling"] = handling_token(case, mail.recipient, ports)
            _fill(message, file.skeletons.added_subject, file.skeletons.added_text, text)
    return message


def addressed(address: str) -> Address:
    """A mail address in a header, whatever script its letters are of (RFC 6532).

    Read as RFC 5322 has it, the part before the @ would have to be ASCII.
    """
    local, _, domain = address.rpartition("@")
    return Address(username=local, domain=domain)


def _fill(
    message: EmailMessage, subject: Skeleton | None, body: Skeleton | None, text: dict[str, str]
) -> None:
    """A mail about something later, which no contract without words for it leads to."""
    assert subject is not None, "no act is taken without one"
    assert body is not None, "subject and body are built together"
    message["Subject"] = subject.text(text)
    message.set_content(body.text(text))
