"""Takes a filing: validates it and stores it once, with its mails."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from email.utils import make_msgid
from functools import partial
from json import dumps

from functions.cases.current_calendar import current_calendar
from functions.cases.notifications import sender_domain
from functions.cases.ports.case_store import (
    Acceptance,
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
from functions.cases.staff.handlers import handlers
from functions.model.answers.submission import (
    AnswerProblem,
    AnswerProblems,
    Submission,
    read_submission,
)
from functions.model.attachment import Attachment
from functions.model.case import Case
from functions.model.contract.contract import Contract
from functions.model.contract.terms import KindId
from functions.model.derived_keys import keyed
from functions.model.language import Language
from functions.model.mail import OutboxMail
from functions.model.reference import new_reference

_EASTERNMOST = timezone(timedelta(hours=14))
"""Where a day begins first: no filer, wherever they are, is refused their own today."""

_SAME_FILING = timedelta(hours=24)
"""How long equal content is the same filing: a second click, a reload, a retry."""


@dataclass(frozen=True)
class Filing:
    """A filing as it arrives: the answers as sent, and the digest of the page's contract.

    `address` is the client's network address, `browser` what tells its browser from others, and
    `once` the quota that the proof of work uses up.
    `files_refused` means that a file was not accepted, so that the filing is incomplete.
    """

    kind_id: KindId
    contract_digest: str
    language: Language
    answers: Mapping[str, str]
    address: str
    browser: str = ""
    idempotency_key: str | None = None
    attachments: tuple[Attachment, ...] = ()
    files_refused: bool = False
    once: Quota | None = None


@dataclass(frozen=True)
class Accepted:
    """The filing is stored with its mails, now or by an earlier request (`repeated`)."""

    case: Case
    repeated: bool


@dataclass(frozen=True)
class Rejected:
    """The answers are invalid; without problems, a file was refused."""

    problems: tuple[AnswerProblem, ...]


@dataclass(frozen=True)
class Conflicting:
    """The client used one idempotency key for two different filings."""


@dataclass(frozen=True)
class TooMany:
    """The quota of the client's address is used up; nothing is stored. Retry at `again`."""

    again: datetime


@dataclass(frozen=True)
class Used:
    """The proof of work was used for another filing; nothing is stored."""


Submitted = Accepted | Rejected | Conflicting | TooMany | Used
"""What became of a filing."""


def validate(filing: Filing, contract: Contract, ports: Ports) -> Submission | AnswerProblems:
    """The submission that the filing would store, or all problems; stores nothing."""
    return read_submission(contract.kinds[filing.kind_id], filing.answers, latest_day(ports))


def latest_day(ports: Ports) -> date:
    """The latest day that it is anywhere: a filer may be ahead of the organisation."""
    return ports.now().astimezone(_EASTERNMOST).date()


def begin_submit(filing: Filing, contract: Contract, ports: Ports) -> Callable[[], Submitted]:
    """Validates a filing against its contract, and returns what stores it with its mails.

    That must be called. What is begun until then shares a commit, where the store has such. If the
    quota of acknowledgements to the mailbox is used up, the filing is stored without one. Both
    raise StoreError; StoreUncertain means that the filing may be stored.
    """
    now = ports.now()
    submission = validate(filing, contract, ports)
    if isinstance(submission, AnswerProblems):
        return partial(Rejected, submission.found)
    if filing.files_refused:
        return partial(Rejected, ())
    calendar, _ = current_calendar(contract, ports)
    key, fingerprint = _make_idempotency(filing, contract, submission, ports.key)
    sender = from_address(ports.key, filing.address, now)
    once = (filing.once,) if filing.once else ()
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
        calendar=calendar,
    )
    idempotency = Idempotency(key=key, fingerprint=fingerprint, expires_at=now + _SAME_FILING)
    stored = begin_new(case, contract, idempotency, (*once, *sender), ports)
    return partial(_submitted, stored, once)


def _submitted(
    stored: Callable[[], Accepted | KeyReused | Spent], once: tuple[Quota, ...]
) -> Submitted:
    match stored():
        case Accepted() as accepted:
            return accepted
        case KeyReused():
            return Conflicting()
        case Spent(quota):
            return Used() if quota in once else TooMany(quota.ends)


def begin_new(
    case: Case,
    contract: Contract,
    idempotency: Idempotency,
    quotas: tuple[Quota, ...],
    ports: Ports,
) -> Callable[[], Accepted | KeyReused | Spent]:
    """Takes a new case, and returns what stores it once with its mails; that must be called.

    It is stored under another reference if its own is taken, and without an acknowledgement if the
    mailbox had its share of them; `Spent` is of one of the `quotas`. Raises StoreError.
    """
    mailbox = to_mailbox(ports.key, case.submission.email, ports.now())

    def begin() -> Callable[[], Acceptance]:
        mails = first_mails(case, contract, ports)
        accepting = (case, mails, idempotency, (*quotas, *mailbox))
        if ports.grouping is not None:
            return ports.grouping.begin_accept(*accepting)
        return partial(ports.store.accept, *accepting)

    accept = begin()

    def store() -> Accepted | KeyReused | Spent:
        nonlocal case, mailbox, accept
        while True:
            match accept():
                case Stored():
                    return Accepted(case, repeated=False)
                case Repeated(earlier):
                    return Accepted(earlier, repeated=True)
                case ReferenceTaken():
                    case = case.model_copy(update={"reference": new_reference(contract.prefix)})
                case Spent(quota) if quota in mailbox:
                    mailbox, case = (), case.model_copy(update={"mail_withheld": True})
                case KeyReused() | Spent() as refused:
                    return refused
            accept = begin()

    return store


def filed_content(
    head: Iterable[str], submission: Submission, attachments: Iterable[Attachment]
) -> str:
    """What makes two filings the same: the words of `head`, the answers, and the files."""
    files = sorted(file.sha256 for file in attachments)
    return dumps([*head, submission.model_dump(mode="json"), *files], ensure_ascii=False)


def _make_idempotency(
    filing: Filing, contract: Contract, submission: Submission, key: bytes
) -> tuple[str, str]:
    """The idempotency key and fingerprint of a filing, keyed with OMBUD_KEY (`key`).

    Nobody else can thus find the content by guessing. A form sends no key; the same content from
    the same browser then is the same filing. From another it may be another person's, who must
    not be shown the access code.
    """
    head = (contract.organisation, filing.kind_id)
    content = filed_content(head, submission, filing.attachments)
    fingerprint = keyed(key, "filing", content)
    if filing.idempotency_key is None:
        of_browser = keyed(key, "browser", f"{filing.browser}\0{content}")
        return f"content:{of_browser}", fingerprint
    scoped_key = f"{contract.organisation}\0{filing.idempotency_key}"
    return f"client:{keyed(key, 'idempotency', scoped_key)}", fingerprint


def first_mails(case: Case, contract: Contract, ports: Ports) -> tuple[OutboxMail, ...]:
    """A notice to everybody who has the case, and an acknowledgement if the filer gets one."""
    domain = sender_domain(ports.sender)
    notices = tuple(
        OutboxMail(
            message_id=make_msgid(domain=domain),
            reference=case.reference,
            type="notice",
            recipient=recipient.mailbox,
            language=contract.language,
        )
        for recipient in handlers(case, contract, (), ports)
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
