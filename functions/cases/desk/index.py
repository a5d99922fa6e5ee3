"""Summarises cases for the lists of the desk, and chains what is recorded of them."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from functions.cases.current_calendar import current_calendar
from functions.cases.desk.approval import pending_consents
from functions.cases.desk.found_by import index_case
from functions.cases.desk.holding import Holding, applicable_steps, holding, kind_procedure
from functions.cases.desk.satisfaction import ASKED_AFTER
from functions.cases.files.act_files import keep_act_files
from functions.cases.open_case import open_case
from functions.cases.ports.case_store import Outpaced, Spent
from functions.cases.ports.counters import Quota
from functions.cases.ports.ports import Ports
from functions.model.acts import current_level
from functions.model.case import Case, CaseEvent
from functions.model.case_log import OVER, CaseAct, is_waiting, standing_answer
from functions.model.contract.contract import Contract
from functions.model.desk.chain import head, link
from functions.model.desk.stages import Office, untold
from functions.model.desk.summary import CaseSummary, DueConsent, DueLimit
from functions.model.errors import StoreUnavailable
from functions.model.mail import OutboxMail
from functions.model.progress import LimitProgress
from functions.views.case_file import CaseFile

MOST_TRIES = 100
"""One party may record twenty acts at once; each attempt that is outpaced lets another one pass."""


def summarise(
    case: Case, events: tuple[CaseEvent, ...], ports: Ports, told: tuple[str, ...] = ()
) -> CaseSummary:
    """What the desk lists of a case after these events; `told` are the stages told so far.

    Raises ContractError.
    """
    file = open_case(case, ports, events=events)
    contract, progress = file.contract, file.progress
    digest, _ = current_calendar(contract, ports)
    held = holding(case, contract, progress.happened, ports)
    limits = tuple(
        _due_limit(step, case) for step in progress.steps if is_watched(step, progress.happened)
    )
    office, now = office_of(contract, ports), ports.now()
    moments = [stage.at for stage in untold(limits, told, office)]
    if (ask := ask_at(file, events, office, ports)) is not None:
        moments.append(ask)
    # What is late is told when the office opens: until then the sweep need not look again.
    next_due = min((office.when_open(max(at, now)) for at in moments), default=None)
    return CaseSummary(
        reference=case.reference,
        organisation=case.organisation,
        kind=case.kind,
        category=case.submission.category,
        level=current_level(progress.happened) or file.kind.level_of(case.submission.category),
        state=progress.state,
        waiting=is_waiting(progress.happened),
        received_at=case.received_at,
        answered_at=next((act.at for act in reversed(progress.happened) if act.answers), None),
        holders=held.holders,
        readers=_readers(held),
        limits=limits,
        told=told,
        next_due=next_due,
        calendar=digest,
        head=head(events),
        contract=case.contract,
        involved=case.submission.involved or "",
        recused=tuple(
            act.entry.barred
            for act in progress.happened
            if act.act == "recused" and act.entry.barred
        ),
        handed_to=held.since.entry.to_person if held.since and held.person is None else None,
        consents=tuple(_due_consents(file, ports)),
    )


def office_of(contract: Contract, ports: Ports) -> Office:
    """When the organisation works by what is in force, whichever version a case stands under.

    Raises ContractError.
    """
    directory = ports.contracts.directory(contract.organisation)
    _, calendar = current_calendar(contract, ports)
    if directory is None:
        return Office(ZoneInfo(contract.timezone), calendar, contract.hours)
    digest = ports.contracts.current().calendars.get(directory.calendar)
    in_force = ports.contracts.calendar(digest) if digest else calendar
    return Office(ZoneInfo(directory.timezone), in_force, directory.hours)


def is_watched(step: LimitProgress, happened: tuple[CaseAct, ...]) -> bool:
    """Whether staff are reminded of a limit: it is theirs, runs, is not kept and surely applies."""
    limit, extended = step.milestone.limit, {act.entry.extends for act in happened}
    return (
        limit.party == "organisation"
        and step.milestone.due is not None
        and step.done is None
        and not (step.settled or step.passed or limit.not_before)
        and (not limit.is_conditional or limit.id in extended)
    )


def ask_at(
    file: CaseFile, events: tuple[CaseEvent, ...], office: Office, ports: Ports
) -> datetime | None:
    """When the filer is to be asked whether they are satisfied; None if the procedure has nobody
    ask, no answer stands, or they were asked or have said it.
    """
    procedure = kind_procedure(file.case, file.contract, ports)
    answer = standing_answer(file.progress.happened)
    if procedure is None or procedure.follow_up is None or answer is None:
        return None
    asked = any(event.type in ("satisfaction_asked", "satisfaction") for event in events)
    if asked or file.case.submission.email is None or file.case.mail_withheld:
        return None
    return office.morning(answer.at + ASKED_AFTER)


def refresh(
    reference: str, ports: Ports, told: tuple[str, ...] = (), not_before: datetime | None = None
) -> bool:
    """Makes the summary of a case anew; `told` are stages that staff were told of just now.

    The first time it also makes the case findable by what the filer gave, even if no summary can
    be made. The sweep looks at it again at `not_before` at the earliest. False if the case is
    gone. Raises ContractError, StoreError.
    """
    known = ports.lists.summary(reference)
    if known is None:
        index_case(reference, ports)
    for _ in range(MOST_TRIES):
        case = ports.store.case(reference)
        if case is None:
            return False
        before = known.told if known else ()
        events = ports.store.events(reference)
        summary = summarise(case, events, ports, tuple(dict.fromkeys((*before, *told))))
        if not_before is not None and summary.next_due is not None:
            later = max(summary.next_due, not_before)
            summary = summary.model_copy(update={"next_due": later})
        if ports.lists.summarise(summary):
            return True
        known = ports.lists.summary(reference)
    raise StoreUnavailable(f"case {reference} changes all the time")


def record(
    case: Case,
    event: CaseEvent,
    mails: tuple[OutboxMail, ...],
    key: str,
    ports: Ports,
    due_at: datetime | None = None,
    quotas: tuple[Quota, ...] = (),
    summarised: bool = True,
) -> bool | Spent:
    """Adds an act to a case, chained to the one before it, with the case's summary.

    The files of an act of staff are kept before it is recorded.

    Without `summarised`, the sweep makes the summary. Raises StoreError, FilesUnavailable.
    """
    for _ in range(MOST_TRIES):
        seen = ports.store.events(case.reference)
        outcome = record_after(seen, case, event, mails, key, ports, due_at, quotas, summarised)
        if not isinstance(outcome, Outpaced):
            return outcome
    raise StoreUnavailable(f"case {case.reference} changes all the time")


def record_after(
    seen: tuple[CaseEvent, ...],
    case: Case,
    event: CaseEvent,
    mails: tuple[OutboxMail, ...],
    key: str,
    ports: Ports,
    due_at: datetime | None = None,
    quotas: tuple[Quota, ...] = (),
    summarised: bool = True,
) -> bool | Spent | Outpaced:
    """Adds an act as `record` does, unless another act was recorded after those that were `seen`.

    What was decided by what was seen then must be decided again. Raises StoreError,
    FilesUnavailable.
    """
    reference, previous = case.reference, head(seen)
    known = ports.lists.summary(reference) if summarised else None
    if summarised and known is None:
        index_case(reference, ports)  # whoever has a summary is findable
    keep_act_files(case, event, ports)
    linked = event.model_copy(update={"link": link(ports.key, reference, previous, event)})
    summary = None
    if summarised:
        summary = summarise(case, (*seen, linked), ports, known.told if known else ())
    return ports.store.add_event(reference, linked, mails, key, due_at, quotas, previous, summary)


def _due_limit(step: LimitProgress, case: Case) -> DueLimit:
    due = step.milestone.due
    assert due is not None, "is_watched wants it"
    return DueLimit(
        limit=step.milestone.limit.id,
        start=step.milestone.begins or case.received_at,
        due=due.at,
        exact=step.milestone.limit.is_exact,
        provisional=due.provisional,
    )


def _due_consents(file: CaseFile, ports: Ports) -> Iterator[DueConsent]:
    if file.progress.state in OVER:
        return
    steps = applicable_steps(file.case, file.contract, file.progress.happened, ports)
    for consent in pending_consents(file, steps):
        yield DueConsent(role=consent.role, proposed_by=consent.proposal.act.entry.mark)


def _readers(held: Holding) -> tuple[str, ...]:
    """Roles that may open it besides those it is listed under."""
    return tuple(role for role in (*held.roles, *held.readers) if role not in held.holders)
