"""Registers a filing for somebody who called, came or wrote, in the form that filers fill."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from functions.cases.current_calendar import current_calendar
from functions.cases.desk.access import Person
from functions.cases.desk.found_by import cases_found_by, traits
from functions.cases.desk.index import refresh
from functions.cases.ports.case_store import Idempotency
from functions.cases.ports.ports import Ports
from functions.cases.submit import Accepted, Filing, begin_new, filed_content, validate
from functions.model.acts import ActProblem
from functions.model.answers.submission import AnswerProblem, AnswerProblems, Submission
from functions.model.answers.typed_date import read_day
from functions.model.attachment import Attachment
from functions.model.case import Case, Entered
from functions.model.contract.contract import Contract
from functions.model.contract.procedure import Way
from functions.model.contract.terms import KindId
from functions.model.derived_keys import keyed
from functions.model.language import Language
from functions.model.reference import new_reference

_EARLIEST = timedelta(days=366)
"""How long ago a filing can have reached the organisation: an older one is a slip in its date."""

_SAME_FORM = timedelta(hours=24)
"""How long a form that is sent again is the same form."""


@dataclass(frozen=True)
class EnteredFiling:
    """A filing as staff enter it: the answers, by which channel it came, and when.

    `received_on` and `received_at` are as typed, in the organisation's time; `once` is a random
    text of the form. `language` is the filer's, for mails and receipt.
    """

    kind_id: KindId
    answers: Mapping[str, str]
    channel: str
    received_on: str
    received_at: str
    once: str
    language: Language
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Enterable:
    """A filing that can be entered: what it says, and when it reached the organisation."""

    submission: Submission
    received: datetime


@dataclass(frozen=True)
class EntryRefused:
    """The filing was not entered, for these problems with its answers and with how it came."""

    answers: tuple[AnswerProblem, ...]
    entry: tuple[ActProblem, ...]


def enter(filing: EnteredFiling, person: Person, ports: Ports) -> Accepted | EntryRefused:
    """Stores the filing under the version in force, with its mails, and summarises it.

    Raises ContractError, StoreError.
    """
    found = examine(filing, person, ports)
    if isinstance(found, EntryRefused):
        return found
    digest, contract = in_force(person.organisation, ports)
    entered = Entered(
        at=ports.now(), channel=filing.channel, person=person.member.name, mark=person.mark
    )
    accepted = _stored(filing, found, digest, contract, entered, ports)
    refresh(accepted.case.reference, ports)
    return accepted


def examine(filing: EnteredFiling, person: Person, ports: Ports) -> Enterable | EntryRefused:
    """What would be stored, or what is wrong with it; stores nothing. Raises ContractError."""
    digest, contract = in_force(person.organisation, ports)
    received = _read_received(filing, contract, ports.now())
    known = {way.id for way in ways(contract, filing.kind_id, ports)}
    problems = [] if received else [ActProblem("received_on", "received")]
    if filing.channel not in (known or {""}):
        problems.append(ActProblem("channel", "channel"))
    submission = validate(_as_filed(filing, digest), contract, ports)
    if isinstance(submission, AnswerProblems) or problems or received is None:
        wrong = submission.found if isinstance(submission, AnswerProblems) else ()
        return EntryRefused(wrong, tuple(problems))
    return Enterable(submission, received)


def ways(contract: Contract, kind_id: KindId, ports: Ports) -> tuple[Way, ...]:
    """The channels by which such a filing can have come; empty where the procedure names none.

    Raises ContractError.
    """
    if contract.procedure is None:
        return ()
    return ports.contracts.procedure(contract.procedure).kinds[kind_id].channels


def filed_before(case: Case, ports: Ports) -> tuple[str, ...]:
    """References of other cases of the same filer in the same organisation, the latest first.

    They gave the same address, number or plate. Raises StoreError.
    """
    found = []
    for reference in cases_found_by(traits(case), ports):
        if reference == case.reference:
            continue
        summary = ports.lists.summary(reference)
        if summary is not None and summary.organisation == case.organisation:
            found.append(summary)
    found.sort(key=lambda summary: summary.received_at, reverse=True)
    return tuple(summary.reference for summary in found)


def in_force(organisation: str, ports: Ports) -> tuple[str, Contract]:
    """The contract under which a filing is entered now, with its digest. Raises ContractError."""
    directory = ports.contracts.directory(organisation)
    named = directory.contract if directory else None
    digest = named or ports.contracts.current().organisations[organisation]
    return digest, ports.contracts.contract(digest)


def _as_filed(filing: EnteredFiling, digest: str) -> Filing:
    return Filing(
        kind_id=filing.kind_id,
        contract_digest=digest,
        language=filing.language,
        answers=filing.answers,
        address="",
    )


def _read_received(filing: EnteredFiling, contract: Contract, now: datetime) -> datetime | None:
    """When the filing reached the organisation; None if malformed, ahead or absurdly early."""
    day = read_day(filing.received_on)
    try:
        at = time.fromisoformat(filing.received_at.strip())
    except ValueError:
        return None
    if day is None or at.tzinfo is not None:
        return None
    received = datetime.combine(day, at, ZoneInfo(contract.timezone))
    return received.astimezone(UTC) if now - _EARLIEST <= received <= now else None


def _stored(
    filing: EnteredFiling,
    found: Enterable,
    digest: str,
    contract: Contract,
    entered: Entered,
    ports: Ports,
) -> Accepted:
    """Stores the case once."""
    calendar, _ = current_calendar(contract, ports)
    submission, received = found.submission, found.received
    idempotency = _idempotency(filing, submission, received, entered, ports.key)
    case = Case(
        reference=new_reference(contract.prefix),
        organisation=contract.organisation,
        kind=filing.kind_id,
        contract=digest,
        language=filing.language,
        received_at=received,
        retained_until=contract.retained_until(received),
        submission=submission,
        attachments=filing.attachments,
        calendar=calendar,
        entered=entered,
    )
    accepted = begin_new(case, contract, idempotency, (), ports)()
    assert isinstance(accepted, Accepted), "the key is the content's own, and no quota is counted"
    return accepted


def _idempotency(
    filing: EnteredFiling, submission: Submission, received: datetime, entered: Entered, key: bytes
) -> Idempotency:
    """The same form with the same content is the same filing, whoever sends it again."""
    head = (filing.kind_id, filing.channel, received.isoformat())
    content = filed_content(head, submission, filing.attachments)
    fingerprint = keyed(key, "filing", content)
    own = keyed(key, "entered", f"{entered.mark}\0{filing.once}\0{fingerprint}")
    return Idempotency(
        key=f"entered:{own}", fingerprint=fingerprint, expires_at=entered.at + _SAME_FORM
    )
