"""Sends the mails that cases owe: at least once, each under its one Message-ID."""

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.message import EmailMessage

from functions.cases.notifications import undelivered
from functions.cases.open_case import open_case
from functions.cases.ports.outbox import LONGEST_PAUSE
from functions.cases.ports.ports import Ports
from functions.cases.retention import keep_files
from functions.cases.staff_links import handling_token
from functions.model.case import Case
from functions.model.errors import (
    ContractError,
    FilesUnavailable,
    MailPermanent,
    MailRetryable,
    StoreError,
)
from functions.model.mail import OutboxMail
from functions.observability.metrics import count
from functions.views.mails import OF_EVENTS, TO_FILER, compose

log = logging.getLogger("ombud.outbox")

LEASE = timedelta(minutes=5)
"""How long a mail is one worker's alone: longer than any server takes to be given up."""

_LONGEST_HANDOVER = timedelta(minutes=3)
"""What one mail may take: a login anew and eight answers, each waited for 20 s."""

_BATCH = 20
_FIRST_PAUSE = timedelta(seconds=30)
_MOST_ATTEMPTS = 20
"""With pauses of 30 s, doubling up to 6 h, a mail is tried for about three days."""


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
    since = ports.outbox.owed_since()
    if since is None:
        return None
    return max(0, round((ports.now() - since).total_seconds()))


def _leased(ports: Ports) -> Iterator[OutboxMail]:
    """Due mails, each with enough of its lease left: a slow server may use up a batch's."""
    now = ports.now()
    while mails := ports.outbox.lease_mails(now, now + LEASE, _BATCH):
        for mail in mails:
            if ports.now() - now > LEASE - _LONGEST_HANDOVER:
                break
            yield mail
        now = ports.now()


def deliver(mail: OutboxMail, ports: Ports) -> None:
    """Tries one mail and records what came of it: sent, deferred or failed for good."""
    case = ports.store.case(mail.reference)
    if case is None:
        ports.outbox.mail_failed(mail, ports.now(), "the case is gone")
        return
    try:
        if mail.type == "notice":
            keep_files(case, ports)
        ports.mailer.send(composed(mail, case, ports))
    except MailPermanent as error:
        log.error("%s failed for good: %s", mail.type, error, extra=_names(mail))
        _give_up(mail, case, str(error), ports)
    except (MailRetryable, ContractError, FilesUnavailable) as error:
        if mail.attempts + 1 >= _MOST_ATTEMPTS:
            log.error("%s given up: %s", mail.type, error, extra=_names(mail))
            _give_up(mail, case, f"given up: {error}", ports)
            return
        pause = min(_FIRST_PAUSE * 2**mail.attempts, LONGEST_PAUSE)
        log.warning("%s deferred by %s: %s", mail.type, pause, error, extra=_names(mail))
        count("MailsDeferred")
        ports.outbox.mail_deferred(mail, ports.now() + pause, str(error))
    else:
        log.info("%s sent", mail.type, extra=_names(mail))
        count("MailsSent")
        ports.outbox.mail_sent(mail, ports.now())


def composed(mail: OutboxMail, case: Case, ports: Ports) -> EmailMessage:
    """The message, from the case as it is now and the contract it was filed under."""
    events = ports.store.events(case.reference) if mail.type in OF_EVENTS else ()
    file = open_case(case, ports, (mail.language,), events)
    token = "" if mail.type in TO_FILER else handling_token(case, mail.recipient, ports)
    return compose(mail, file, ports.sender, token, scanned=ports.scanner is not None)


def _give_up(mail: OutboxMail, case: Case, reason: str, ports: Ports) -> None:
    """Records the failure, and where it is the filer's mail owes staff the word to call."""
    count("MailsFailed")
    mails: tuple[OutboxMail, ...] = ()
    if mail.type == "acknowledgement":
        try:
            mails = undelivered(case, ports)
        except ContractError as error:
            log.error("nobody can be told to call: %s", error, extra=_names(mail))
    ports.outbox.mail_failed(mail, ports.now(), reason, mails)


def _names(mail: OutboxMail) -> dict[str, str]:
    """What a log line calls a mail by."""
    return {"reference": mail.reference, "mail": mail.message_id}
