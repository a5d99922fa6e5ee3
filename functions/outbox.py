"""Sends the mails that cases owe: at least once, each under its one Message-ID."""

import logging
from datetime import timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parseaddr

from functions.casefile import open_case
from functions.errors import ContractError, MailPermanent, MailRetryable
from functions.ports import Case, OutboxMail, Ports

log = logging.getLogger("ombud.outbox")

_LEASE = timedelta(minutes=5)
_BATCH = 20
_FIRST_PAUSE = timedelta(seconds=30)
_LONGEST_PAUSE = timedelta(hours=6)
_MOST_ATTEMPTS = 20
"""With pauses of 30 s, doubling up to 6 h, a mail is tried for about three days."""


def drain(ports: Ports) -> int:
    """Sends every mail that is due; returns how many were tried."""
    tried = 0
    while mails := ports.store.lease_mails(ports.now(), ports.now() + _LEASE, _BATCH):
        for mail in mails:
            deliver(mail, ports)
            tried += 1
    return tried


def deliver(mail: OutboxMail, ports: Ports) -> None:
    """Tries one mail and records what came of it: sent, deferred or failed for good."""
    case = ports.store.case(mail.reference)
    if case is None:
        ports.store.mail_failed(mail, ports.now(), "the case is gone")
        return
    try:
        ports.mailer.send(compose(mail, case, ports))
    except MailPermanent as error:
        log.error("mail %s failed for good: %s", mail.message_id, error)
        ports.store.mail_failed(mail, ports.now(), str(error))
    except (MailRetryable, ContractError) as error:
        if mail.attempts + 1 >= _MOST_ATTEMPTS:
            log.error("mail %s given up: %s", mail.message_id, error)
            ports.store.mail_failed(mail, ports.now(), f"given up: {error}")
            return
        pause = min(_FIRST_PAUSE * 2**mail.attempts, _LONGEST_PAUSE)
        log.warning("mail %s deferred by %s: %s", mail.message_id, pause, error)
        ports.store.mail_deferred(mail, ports.now() + pause, str(error))
    else:
        log.info("mail %s sent", mail.message_id)
        ports.store.mail_sent(mail, ports.now())


def compose(mail: OutboxMail, case: Case, ports: Ports) -> EmailMessage:
    """The message itself.

    An acknowledgement goes to an address that a stranger typed, so it carries none of the
    words that a stranger wrote: reference, code, the organisation's words and dates.
    """
    file = open_case(case, ports, mail.language)
    message = EmailMessage()
    message["Message-ID"] = mail.message_id
    message["Date"] = case.received_at
    message["Auto-Submitted"] = "auto-generated"
    message["From"] = Address(
        display_name=file.contract.name.words(mail.language), addr_spec=parseaddr(ports.sender)[1]
    )
    message["To"] = Address(addr_spec=mail.recipient)
    text = file.text()
    if mail.type == "acknowledgement":
        del text["answers"]
        message["Subject"] = file.skeletons.acknowledgement_subject.text(text)
        message.set_content(file.skeletons.acknowledgement_text.text(text))
        html = file.skeletons.acknowledgement_html.html(file.mail_html())
        message.add_alternative(str(html), subtype="html")
    else:
        message["Subject"] = file.skeletons.notice_subject.text(text)
        message.set_content(file.skeletons.notice_text.text(text))
    return message
