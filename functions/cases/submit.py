"""The use case that everything is for: take a filing, once and for good."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import make_msgid
from json import dumps
from zoneinfo import ZoneInfo

from functions.cases.notifications import sender_domain
from functions.cases.open_case import current_calendar
from functions.cases.ports.case_store import (
    Idempotency,
    KeyReused,
    ReferenceTaken,
    Repeated,
    Spent,
    Stored,
)
from functions.cases.ports.counters import Quota
from functions.cases.ports.ports import Ports
from functions.cases.quotas import from_address, to_mailbox
from functions.model.answers.submission import (
    AnswerProblem,
    AnswerProblems,
    Submission,
    read_submission,
)
from functions.model.attachment import Attachment
from functions.model.case import Case
from functions.model.contract.contract import Contract
from functions.model.contract.kind import Kind
from functions.model.contract.terms import KindId
from functions.model.derived_keys import keyed
from functions.model.language import FIRST, Language
from functions.model.mail import OutboxMail
from functions.model.reference import new_reference

_SAME_FILING = timedelta(hours=24)
"""For so long the same words are the same filing: a second click, a reload, a retry."""


@dataclass(frozen=True)
class Filing:
    """What arrived: the answers as sent, and the contract of the page they were written on.

    `address` is where it came from, `once` the count that a proof of work uses up.
    `files_refused` says that some file was not taken, so that the filing is not whole.
    """

    kind_id: KindId
    contract_digest: str
    language: Language
    answers: Mapping[str, str]
    address: str
    idempotency_key: str | None = None
    attachments: tuple[Attachment, ...] = ()
    files_refused: bool = False
    once: Quota | None = None


@dataclass(frozen=True)
class Accepted:
    """The filing is stored with its mails, now or by an earlier try (`repeated`)."""

    case: Case
    repeated: bool


@dataclass(frozen=True)
class Rejected:
    """The answers do not satisfy the form."""

    problems: tuple[AnswerProblem, ...]


@dataclass(frozen=True)
class Conflicting:
    """The client used one idempotency key for two different filings."""


@dataclass(frozen=True)
class TooMany:
    """As much has come from this address as is taken; nothing is stored, try again at `again`."""

    again: datetime


@dataclass(frozen=True)
class Used:
    """Another filing was taken with this proof of work; nothing is stored."""


def validate(filing: Filing, contract: Contract, ports: Ports) -> Submission | AnswerProblems:
    """What the filing would be stored as, or everything wrong with it; nothing is stored."""
    today = ports.now().astimezone(ZoneInfo(contract.timezone)).date()
    return read_submission(contract.kinds[filing.kind_id], filing.answers, today)


def submit(
    filing: Filing, contract: Contract, ports: Ports
) -> Accepted | Rejected | Conflicting | TooMany | Used:
    """Validates a filing against its contract and stores it with the mails it owes.

    A mailbox that has had its share of acknowledgements is owed none; the filing is taken.
    """
    kind = contract.kinds[filing.kind_id]
    now = ports.now()
    submission = validate(filing, contract, ports)
    if isinstance(submission, AnswerProblems):
        return Rejected(submission.found)
    if filing.files_refused:
        return Rejected(())
    calendar, _ = current_calendar(contract, ports)
    idempotency = _idempotency(filing, contract, submission, ports.key)
    sender = from_address(ports.key, filing.address, now)
    once = (filing.once,) if filing.once else ()
    mailbox, withheld = to_mailbox(ports.key, submission.email, now), False
    while True:
        case = Case(
            reference=new_reference(contract.prefix),
            organisation=contract.organisation,
            kind=filing.kind_id,
            contract=filing.contract_digest,
            language=filing.language,
            received_at=now,
            retained_until=contract.retained_until(now),
            submission=submission,
            attachments=filing.attachments,
            mail_withheld=withheld,
            calendar=calendar,
        )
        stored = ports.store.accept(
            case,
            _mails(case, kind, ports.sender),
            Idempotency(
                key=idempotency[0], fingerprint=idempotency[1], expires_at=now + _SAME_FILING
            ),
            (*once, *sender, *mailbox),
        )
        match stored:
            case Stored():
                return Accepted(case, repeated=False)
            case Repeated(earlier):
                return Accepted(earlier, repeated=True)
            case KeyReused():
                return Conflicting()
            case ReferenceTaken():
                continue
            case Spent(quota) if quota in once:
                return Used()
            case Spent(quota) if quota in sender:
                return TooMany(quota.ends)
            case Spent():
                mailbox, withheld = (), True


def _idempotency(
    filing: Filing, contract: Contract, submission: Submission, key: bytes
) -> tuple[str, str]:
    """The key and fingerprint of a filing, hashed with OMBUD_KEY: nobody else can try words.

    A page without script cannot make a key, so the words themselves are one.
    """
    content = dumps(
        [
            contract.organisation,
            filing.kind_id,
            submission.model_dump(mode="json"),
            *sorted(one.sha256 for one in filing.attachments),
        ],
        ensure_ascii=False,
    )
    fingerprint = keyed(key, "filing", content)
    if filing.idempotency_key is None:
        return f"content:{fingerprint}", fingerprint
    named = f"{contract.organisation}\0{filing.idempotency_key}"
    return f"client:{keyed(key, 'idempotency', named)}", fingerprint


def _mails(case: Case, kind: Kind, sender: str) -> tuple[OutboxMail, ...]:
    """A notice to each role that the routes name, and an acknowledgement where there is a way."""
    domain = sender_domain(sender)
    notices = tuple(
        OutboxMail(
            message_id=make_msgid(domain=domain),
            reference=case.reference,
            type="notice",
            recipient=address,
            language=FIRST,
        )
        for address in kind.mailboxes_for(case.submission.category)
    )
    if case.submission.email is None or case.mail_withheld:
        return notices
    acknowledgement = OutboxMail(
        message_id=make_msgid(domain=domain),
        reference=case.reference,
        type="acknowledgement",
        recipient=case.submission.email,
        language=case.language,
    )
    return (acknowledgement, *notices)
