"""Decides which acts a member of staff may record on a case, by the steps of its procedure."""

from collections.abc import Iterator, Set

from functions.cases.desk.access import Person, reads
from functions.cases.desk.approval import (
    Consent,
    extendable,
    extension_approver,
    latest_proposal,
    pending_consents,
)
from functions.cases.desk.handling import Handling
from functions.cases.desk.holding import ORGANISATION, is_kept_from
from functions.cases.ports.ports import Ports
from functions.model.case_log import CaseAct
from functions.model.contract.limit import Limit
from functions.model.contract.terms import StaffAct
from functions.model.statistics.measure import open_measures
from functions.views.case_file import CaseFile

FREE: frozenset[StaffAct] = frozenset(("message", "forwarded", "told", "asked", "referred"))
"""What everybody who has a case may do."""

_SHARED: tuple[StaffAct, ...] = ("acknowledged", "registered", "measure", "closed")
"""What the steps may give to some roles, and else everybody who has a case may do."""

_AFTERWARDS: frozenset[StaffAct] = frozenset(("note", "corrected"))
"""What can be recorded once a case is closed; and that an open measure was carried out."""

_CONSENTING: tuple[StaffAct, ...] = ("approved", "returned")

_WITHDRAWN: frozenset[StaffAct] = frozenset(
    ("message", "note", "told", "measure", "recused", "forwarded", "closed", "corrected")
)
"""What can be recorded once a filing was withdrawn: nothing more is decided."""


def has_case(work: Handling, person: Person) -> bool:
    """Whether the case is with the person: handed on to them, or with a role of theirs."""
    if work.held.person is not None:
        return work.held.person == person.mark
    return ORGANISATION in work.held.roles or not set(work.held.roles).isdisjoint(
        person.member.roles
    )


def allowed_acts(work: Handling, person: Person, ports: Ports) -> Set[StaffAct]:
    """What the person may record, whether or not its turn has come. Raises ContractError."""
    case = work.file.case
    if not reads(person, work.held, case) or is_kept_from(
        person.member, case, work.happened, ports
    ):
        return frozenset()
    found = set(_allowed(work, person))
    if not _may_close(work, person):
        found.discard("closed")
    match work.file.progress.state:
        case "closed":
            able = _AFTERWARDS | {"measure"} if open_measures(work.happened) else _AFTERWARDS
            return found & able
        case "withdrawn":
            return found & _WITHDRAWN
    return found


def correctable(work: Handling, person: Person) -> tuple[CaseAct, ...]:
    """The entries that the person may take back: their own, and all if they take filings in.

    What somebody consented to is taken back by them alone; a recusal by those who may keep others
    out, too, and never by whom it keeps out.
    """
    registers = _registers(work, person)
    others: dict[str, bool] = dict.fromkeys(_CONSENTING, False)
    others["recused"] = may_keep_out(work, person)
    return tuple(
        act
        for act in work.happened
        if act.party == "organisation"
        and act.act != "corrected"
        and (others.get(act.act, registers) or act.entry.mark in person.marks)
        and act.entry.barred not in person.marks
    )


def may_keep_out(work: Handling, person: Person) -> bool:
    """Whether the person has a role that takes filings in or consents to answers, and so may keep
    others from the case.
    """
    intake = {
        role
        for step in work.steps
        if {"receive", "register", "assign"} & set(step.acts)
        for role in step.roles
    }
    consenting = set(work.approval.roles) if work.approval else set()
    routed = {route.role_id for route in work.file.kind.routes if route.intake and route.role_id}
    known = intake | consenting | routed
    return not known or not known.isdisjoint(person.member.roles)


def stopping_events(file: CaseFile) -> tuple[str, ...]:
    """The events with which a question to the filer stops a clock of this case, by a clause."""
    limits = {step.milestone.limit.id for step in file.progress.steps}
    by_staff = {event.id for event in file.kind.events if event.recorded_by == "staff"}
    return tuple(
        dict.fromkeys(
            suspension.begins
            for suspension in file.kind.suspensions
            if suspension.begins in by_staff and not limits.isdisjoint(suspension.limits)
        )
    )


def _allowed(work: Handling, person: Person) -> Iterator[StaffAct]:
    yield from ("note", "recused")
    if correctable(work, person):
        yield "corrected"
    if consents_of(work, person):
        yield from _CONSENTING
    if not has_case(work, person):
        return
    yield from FREE
    yield from (act for act in _SHARED if _is_given(work, person, act))
    if work.file.kind.levels and _is_given(work, person, "classified"):
        yield "classified"
    if work.file.kind.events:
        yield "event"
    if work.file.progress.open_steps:
        yield "done"
    if _reads_back(work):
        yield "read_back"
    if work.procedure is None or _is_given(work, person, "accepted", surely=True):
        yield from ("accepted", "not_accepted")
    if any(may_extend(work, person, step.milestone.limit) for step in extendable(work.file)):
        yield "extended"
    if may_propose(work, person) or _asks_to_extend(work):
        yield "proposed"
    if _may_answer(work, person):
        yield "decision"


def _registers(work: Handling, person: Person) -> bool:
    """Whether the person takes filings in: by a step that says so; under a contract of before
    0.2.0, which has none, whoever has the case.
    """
    if work.procedure is None:
        return has_case(work, person)
    return _is_given(work, person, "registered", surely=True)


def _is_given(work: Handling, person: Person, act: StaffAct, surely: bool = False) -> bool:
    """Whether a step gives the act to a role of the person's.

    Unless it must be `surely` so, what no step surely gives to a role that somebody has is for
    whoever has the case.
    """
    given = [duty for duty in work.duties if duty.act == act]
    if any(not set(duty.step.roles).isdisjoint(person.member.roles) for duty in given):
        return True
    return not surely and not any(
        duty.step.condition is None and not work.staff.roles.isdisjoint(duty.step.roles)
        for duty in given
    )


def _reads_back(work: Handling) -> bool:
    wanted = work.procedure is None or work.procedure.read_back is not None
    return wanted or work.file.case.entered is not None


def consents_of(work: Handling, person: Person) -> tuple[Consent, ...]:
    """What waits for the person's consent: nobody consents to their own proposal."""
    return tuple(
        consent
        for consent in pending_consents(work.file, work.steps)
        if consent.role in person.member.roles
        and consent.proposal.act.entry.mark not in person.marks
    )


def may_propose(work: Handling, person: Person) -> bool:
    """Whether the person may propose an answer, to which somebody else consents."""
    return work.needs_approval(person.member.roles) or any(
        duty.act == "proposed" and not set(duty.step.roles).isdisjoint(person.member.roles)
        for duty in work.duties
    )


def _asks_to_extend(work: Handling) -> bool:
    """Whether somebody's consent to an extension can be asked for."""
    return any(
        extension_approver(work.steps, step.milestone.limit.clause)
        for step in extendable(work.file)
    )


def _may_answer(work: Handling, person: Person) -> bool:
    """Whether the person may send an answer now: where consent is needed, once it is given."""
    given = _is_given(work, person, "decision")
    if work.approval is None or not work.needs_approval(person.member.roles):
        return given
    approved = work.proposal is not None and work.proposal.is_approved
    return approved and (given or bool(work.approval.exempt))


def has_consent_to_extend(work: Handling, person: Person, limit: Limit) -> bool:
    """Whether the person may make a limit longer now: nobody must consent, another has consented to
    what was proposed, or it is the person who consents. Whom the limit binds does not consent for
    themselves.
    """
    approver, bound = extension_approver(work.steps, limit.clause), _bound_role(work, limit)
    roles = person.member.roles
    if approver is None or (approver in roles and bound not in roles):
        return True
    proposal = latest_proposal(work.file.all_acts, limit.id)
    if proposal is None or proposal.verdict is None or not proposal.is_approved:
        return False
    return proposal.verdict.entry.mark not in person.marks


def _may_close(work: Handling, person: Person) -> bool:
    """Whether the person may close the case now: that is no way round another's consent.

    Where the answer needs it, it was given, or nothing is to be answered any more: the filing was
    answered, not accepted, referred to another body or withdrawn.
    """
    if not work.needs_approval(person.member.roles) or work.is_answered or work.is_over:
        return True
    is_approved = work.proposal is not None and work.proposal.is_approved
    return is_approved or work.is_referred


def may_extend(work: Handling, person: Person, limit: Limit) -> bool:
    """Whether the limit binds a role of the person's, or their consent makes it longer."""
    approver, bound = extension_approver(work.steps, limit.clause), _bound_role(work, limit)
    free = bound is None or bound not in work.staff.roles
    return free or bound in person.member.roles or approver in person.member.roles


def _bound_role(work: Handling, limit: Limit) -> str | None:
    """The role that a limit binds; None if the procedure names none."""
    return work.procedure.limit_roles.get(limit.id) if work.procedure else None
