"""Sends the mails in the outbox, each at least once under one Message-ID."""

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.message import EmailMessage

from functions.cases.notifications import confirmed_act, undelivered
from functions.cases.open_case import open_case
from functions.cases.ports.outbox import LONGEST_PAUSE
from functions.cases.ports.ports import Ports
from functions.cases.retention import keep_files
from functions.cases.staff.links import handling_token
from functions.model.case import Case, CaseEvent
from functions.model.errors import (
    ContractError,
    FilesUnavailable,
    MailPermanent,
    MailRetryable,
    StoredTextUnreadable,
    StoreError,
)
from functions.model.mail import TO_FILER, LeasedMail, MailType, OutboxMail, UnreadableMail
from functions.observability.metrics import count
from functions.views.mails import compose

log = logging.getLogger("ombud.outbox")

LEASE = timedelta(minutes=5)
"""How long one worker has a mail to itself: longer than any attempt to send it can take."""

_LONGEST_SENDING = timedelta(minutes=3)
"""The longest time to send one mail: a new login and eight answers, 20 s timeout each."""

_CLAIMING: tuple[MailType, ...] = ("notice", "added")
"""The mails whose first try claims files: who takes a filing or a message has no right to those of
cases (infra/roles.yml), and every filing and message owes staff one of these."""

_BATCH = 20
_FIRST_PAUSE = timedelta(seconds=30)
_MOST_ATTEMPTS = 20
"""With pauses of 30 s, doubling up to 6 h, a mail is tried for about three days."""


def drain(ports: Ports, has_time: Callable[[], bool] = lambda: True) -> int:
    """Sends the due mails until `has_time` is false; returns how many were tried.

    An unexpected error does not stop the other mails; its mail is tried again when its lease
    ends. Raises the first unexpected error at the end, and StoreError at once.
    """
    tried = 0
    unexpected: list[Exception] = []
    for mail in _lease_due_mails(ports):
        try:
            deliver(mail, ports)
        except StoreError:
            # It concerns the store, and so every mail; what cannot be read is deferred.
            raise
        except Exception as error:
            log.exception("%s is neither sent nor deferred", mail.type, extra=_log_fields(mail))
            unexpected.append(error)
        tried += 1
        if not has_time():
            break
    if unexpected:
        raise unexpected[0]
    return tried


def oldest_owed(ports: Ports) -> int | None:
    """Seconds since the oldest unsent mail was stored; None if there is none.

    Raises StoreError.
    """
    since = ports.outbox.owed_since()
    if since is None:
        return None
    return max(0, round((ports.now() - since).total_seconds()))


def _lease_due_mails(ports: Ports) -> Iterator[LeasedMail]:
    """Yields due mails that have enough of their lease left; a slow server may use up a batch's."""
    now = ports.now()
    while mails := ports.outbox.lease_mails(now, now + LEASE, _BATCH):
        for mail in mails:
            if ports.now() - now > LEASE - _LONGEST_SENDING:
                break
            yield mail
        now = ports.now()


def deliver(mail: LeasedMail, ports: Ports) -> None:
    """Tries to send one mail and records the outcome: sent, deferred or failed for good.

    A mail or case that cannot be read is deferred like one that no server takes: the operator can
    bring a lost key back.
    """
    try:
        case, events = _read(mail, ports)
    except StoredTextUnreadable as error:
        _defer(mail, _readable_case(mail.reference, ports), str(error), ports)
        return
    if case is None:
        ports.outbox.mail_failed(mail, ports.now(), "the case is gone")
        return
    if isinstance(mail, UnreadableMail):
        _defer(mail, case, mail.why, ports)
        return
    try:
        if mail.type in _CLAIMING:
            keep_files(case, events, ports)
        ports.mailer.send(composed(mail, case, events, ports))
    except MailPermanent as error:
        log.error("%s failed for good: %s", mail.type, error, extra=_log_fields(mail))
        _give_up(mail, case, str(error), ports)
    except (MailRetryable, ContractError, FilesUnavailable, StoredTextUnreadable) as error:
        _defer(mail, case, str(error), ports)
    else:
        log.info("%s sent", mail.type, extra=_log_fields(mail))
        count("MailsSent")
        ports.outbox.mail_sent(mail, ports.now())


def _defer(mail: LeasedMail, case: Case | None, why: str, ports: Ports) -> None:
    """Records a failed attempt, and gives up after the last; `case` is None if unreadable."""
    if mail.attempts + 1 >= _MOST_ATTEMPTS:
        log.error("%s given up: %s", mail.type, why, extra=_log_fields(mail))
        _give_up(mail, case, f"given up: {why}", ports)
        return
    pause = min(_FIRST_PAUSE * 2**mail.attempts, LONGEST_PAUSE)
    unreadable = case is None or isinstance(mail, UnreadableMail)
    level = logging.ERROR if unreadable else logging.WARNING
    log.log(level, "%s deferred by %s: %s", mail.type, pause, why, extra=_log_fields(mail))
    count("MailsDeferred")
    ports.outbox.mail_deferred(mail, ports.now() + pause, why)


def _read(mail: LeasedMail, ports: Ports) -> tuple[Case | None, tuple[CaseEvent, ...]]:
    """The case of a mail, and the events that its text depends on."""
    if mail.type == "acknowledgement":
        # It says what the receipt says, whatever happens before it is sent.
        return ports.store.case(mail.reference), ()
    return ports.store.case_with_events(mail.reference)


def _readable_case(reference: str, ports: Ports) -> Case | None:
    """The case, also where an event of it cannot be read."""
    try:
        return ports.store.case(reference)
    except StoredTextUnreadable:
        return None


def composed(
    mail: OutboxMail, case: Case, events: tuple[CaseEvent, ...], ports: Ports
) -> EmailMessage:
    """The message of a mail, from the case as it is now and the contract it was filed under."""
    file = open_case(case, ports, (mail.language,), events)
    token = "" if mail.type in TO_FILER else handling_token(case, mail.recipient, ports)
    act = confirmed_act(mail, case, file.progress.happened, ports)
    directory = ports.contracts.directory(case.organisation)
    colours = directory.colours if directory else None
    return compose(mail, file, ports.sender, token, ports.scanner is not None, act, colours)


def _give_up(mail: LeasedMail, case: Case | None, reason: str, ports: Ports) -> None:
    """Records the failure; for a mail to the filer, also queues mails that ask staff to call."""
    count("MailsFailed")
    mails: tuple[OutboxMail, ...] = ()
    if case and mail.type in TO_FILER:
        try:
            mails = undelivered(case, ports)
        except ContractError as error:
            log.error("staff cannot be told to call the filer: %s", error, extra=_log_fields(mail))
    ports.outbox.mail_failed(mail, ports.now(), reason, mails)


def _log_fields(mail: LeasedMail) -> dict[str, str]:
    """The log fields that identify a mail."""
    return {"reference": mail.reference, "mail": mail.message_id}
