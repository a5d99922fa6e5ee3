"""Makes the mails that tell filer and staff of an act; the same cause gives the same mails.

The mails say that there is something to read and contain no text of the case: to read it, the
filer needs the access code, and staff need the sealed link.
"""

from collections.abc import Iterable
from datetime import datetime
from email.utils import parseaddr
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from functions.cases.ports.ports import Ports
from functions.cases.staff.handlers import Handler, handlers
from functions.model.case import Case
from functions.model.contract.kind import Kind
from functions.model.contract.terms import FilerAct, StaffAct
from functions.model.language import Language
from functions.model.mail import LaterMail, MailType, OutboxMail

if TYPE_CHECKING:
    from functions.model.case_log import CaseAct

_HOUR_SECONDS = 3600

_TOLD_BY_ITSELF: frozenset[StaffAct] = frozenset(
    ("asked", "decision", "not_accepted", "extended", "referred")
)
"""What the filer is told of at once: they must answer it, or have a time from it."""

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
    mail: OutboxMail, case: Case, happened: "Iterable[CaseAct]", ports: Ports
) -> "CaseAct | None":
    """The act that a mail confirms or tells of; None if it is of no one act.

    Where the Message-ID does not tell which, as with mails of an earlier release or another sender,
    it is the last act of that kind. An `update` may tell of several acts.
    """
    if mail.type == "update":
        told = (act for act in happened if _update_id(case, act.at, ports) == mail.message_id)
        return next(told, None)
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
    case: Case, kind: Kind, happened: "Iterable[CaseAct]", performed: "CaseAct", ports: Ports
) -> tuple[OutboxMail, ...]:
    """The mail that tells the filer of what staff `performed` after what `happened` before.

    What they must answer, or have a time from, is told at once, each by a mail of its own. Of all
    else at most one mail is due in each hour of the clock: later acts of an hour share one, due
    when the next hour begins. So every act is announced. None if the case has no address.
    """
    if case.submission.email is None:
        return ()
    update = OutboxMail(
        message_id=_update_id(case, performed.at, ports),
        reference=case.reference,
        type="update",
        recipient=case.submission.email,
        language=case.language,
    )
    if _is_told_by_itself(performed, kind):
        return (update,)
    hour = int(performed.at.timestamp()) // _HOUR_SECONDS
    mail_hours: set[int] = set()
    for act in happened:
        if act.party == "organisation" and not act.is_inside and not _is_told_by_itself(act, kind):
            act_hour = int(act.at.timestamp()) // _HOUR_SECONDS
            mail_hours.add(act_hour + (act_hour in mail_hours))
    later = hour in mail_hours
    gathered = message_id(f"gathered\0{case.reference}\0{hour + later}", ports)
    update = update.model_copy(update={"message_id": gathered})
    if not later:
        return (update,)
    due_at = datetime.fromtimestamp((hour + 1) * _HOUR_SECONDS, performed.at.tzinfo)
    return (LaterMail(**dict(update), due_at=due_at),)


def _is_told_by_itself(act: "CaseAct", kind: Kind) -> bool:
    """Whether the filer must answer it, or has a time from it that may be short."""
    if act.act in _TOLD_BY_ITSELF:
        return True
    runs = {event for limit in kind.limits if limit.party == "filer" for event in limit.events}
    return act.act == "event" and act.event in runs


def _update_id(case: Case, at: datetime, ports: Ports) -> str:
    return message_id(f"update\0{at.isoformat()}\0{case.reference}", ports)


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
    from functions.model.case_log import case_acts

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
