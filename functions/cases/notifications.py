"""Makes the mails that tell filer and staff of an act; the same cause gives the same mails.

The mails say that there is something to read and contain no text of the case: to read it, the
filer needs the access code, and staff need the sealed link.
"""

from collections.abc import Iterable
from datetime import datetime
from email.utils import parseaddr
from functools import cache
from hashlib import sha256

from functions.cases.ports.ports import Ports
from functions.cases.staff.handlers import Handler, handlers
from functions.model.case import Case
from functions.model.case_log import CaseAct, case_acts
from functions.model.contract.terms import FilerAct
from functions.model.language import Language
from functions.model.mail import LaterMail, MailType, OutboxMail

_HOUR_SECONDS = 3600


_OF_ACTS: dict[FilerAct, MailType] = {
    "information": "added",
    "review_requested": "review_requested",
    "withdrawn": "withdrawn",
    "satisfaction": "satisfaction_said",
}
"""The mail that tells staff of each act of a filer."""

RECEIPT_MAILS: dict[FilerAct, MailType] = {
    "information": "information_receipt",
    "review_requested": "review_receipt",
    "withdrawn": "withdrawal_receipt",
    "satisfaction": "satisfaction_receipt",
}
"""The mail that confirms each act to its filer."""


def of_filer_act(case: Case, act: FilerAct, key: str, ports: Ports) -> tuple[OutboxMail, ...]:
    """The mails that tell staff which act it was; the same `key` gives the same mails.

    Raises ContractError and StoreError.
    """
    return staff_mails(case, _OF_ACTS[act], f"added\0{key}", ports)


def receipt_of(case: Case, act: FilerAct, at: datetime, ports: Ports) -> tuple[OutboxMail, ...]:
    """The mail that confirms to the filer what they did at this moment, if it has an address."""
    if case.submission.email is None or case.mail_withheld:
        return ()
    mail = OutboxMail(
        message_id=_receipt_id(case, at, ports),
        reference=case.reference,
        type=RECEIPT_MAILS[act],
        recipient=case.submission.email,
        language=case.language,
    )
    return (mail,)


def confirmed_act(
    mail: OutboxMail, case: Case, happened: Iterable[CaseAct], ports: Ports
) -> CaseAct | None:
    """The act that a mail confirms or tells of; None if it is of no one act.

    Where the Message-ID does not tell which, as with mails of an earlier release or another sender,
    it is the last act of that kind.
    """
    fitting = [
        act
        for act in happened
        for kind, types in _TYPES.items()
        if act.act == kind and mail.type in types
    ]
    confirmed = (act for act in fitting if _receipt_id(case, act.at, ports) == mail.message_id)
    return next(confirmed, fitting[-1] if fitting else None)


_TYPES = {act: (RECEIPT_MAILS[act], _OF_ACTS[act]) for act in RECEIPT_MAILS}
"""The mails about each act of a filer."""


def _receipt_id(case: Case, at: datetime, ports: Ports) -> str:
    return message_id(f"receipt\0{at.isoformat()}\0{case.reference}", ports)


def to_filer(
    case: Case, happened: Iterable[CaseAct], now: datetime, ports: Ports
) -> tuple[OutboxMail, ...]:
    """The mail that tells the filer of an act, if the case has an address.

    At most one mail is due in each hour of the clock. Later acts of an hour share one mail, due
    when the next hour begins, so every act is announced.
    """
    hour = int(now.timestamp()) // _HOUR_SECONDS
    mail_hours: set[int] = set()
    for act in happened:
        if act.party == "organisation" and not act.is_inside:
            act_hour = int(act.at.timestamp()) // _HOUR_SECONDS
            mail_hours.add(act_hour + (act_hour in mail_hours))
    later = hour in mail_hours
    due_at = datetime.fromtimestamp((hour + 1) * _HOUR_SECONDS, now.tzinfo) if later else now
    if case.submission.email is None:
        return ()
    mail = LaterMail(
        message_id=message_id(f"update\0{case.reference}\0{hour + later}", ports),
        reference=case.reference,
        type="update",
        recipient=case.submission.email,
        language=case.language,
        due_at=due_at,
    )
    return (mail,)


@cache  # the sender is a setting, so there are few
def sender_domain(sender: str) -> str:
    """The domain of the sender's address, with which Message-IDs end."""
    return parseaddr(sender)[1].rpartition("@")[2]


def message_id(content: str, ports: Ports) -> str:
    """The Message-ID of the mail that `content` identifies; equal content gives an equal ID."""
    digest = sha256(content.encode()).hexdigest()[:32]
    return f"<{digest}@{sender_domain(ports.sender)}>"


def staff_mails(case: Case, type_: MailType, cause: str, ports: Ports) -> tuple[OutboxMail, ...]:
    """A mail to everybody who has the case, at the mailboxes that are current.

    The same `cause` gives the same mails, so each mailbox is told once. Raises
    ContractError and StoreError.
    """
    contract = ports.contracts.contract(case.contract)
    happened = case_acts(ports.store.events(case.reference))
    told = handlers(case, contract, happened, ports)
    return mails_to(told, case, contract.language, type_, cause, ports)


def mails_to(
    told: tuple[Handler, ...],
    case: Case,
    language: Language,
    type_: MailType,
    cause: str,
    ports: Ports,
) -> tuple[OutboxMail, ...]:
    """A mail to each of these handlers; the same `cause` gives the same mails."""
    return tuple(
        OutboxMail(
            message_id=message_id(f"{cause}\0{case.reference}\0{recipient.mailbox}", ports),
            reference=case.reference,
            type=type_,
            recipient=recipient.mailbox,
            language=language,
        )
        for recipient in told
    )


def undelivered(case: Case, ports: Ports) -> tuple[OutboxMail, ...]:
    """The mails that ask staff to call, once for a case, as a mail did not reach the filer.

    It was refused, bounced or complained about. Raises ContractError.
    """
    return staff_mails(case, "undelivered", "undelivered", ports)
