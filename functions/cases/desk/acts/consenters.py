"""Finds who can consent to a proposal, and whether anybody still can."""

from functions.cases.desk.access import Person
from functions.cases.desk.approval import extension_approver, pending_consents
from functions.cases.desk.handling import Handling
from functions.cases.desk.permissions import has_case, may_propose
from functions.cases.ports.ports import Ports
from functions.model.case_log import ActDetails
from functions.model.desk.staff import marks


def consenting_roles(work: Handling, proposed: ActDetails) -> tuple[str, ...]:
    """The roles of which one must consent to what is proposed: an answer, or an extension."""
    if not proposed.extends:
        return work.approval.roles if work.approval else ()
    approver = extension_approver(work.steps, proposed.clause)
    return (approver,) if approver else ()


def can_anybody_consent(
    work: Handling, roles: tuple[str, ...], proposers: tuple[str, ...], ports: Ports
) -> bool:
    """Whether somebody with one of the roles can consent today; `proposers` are the marks of who
    proposes.

    Nobody consents to their own proposal, nor who is kept from the case or has lost access.
    """
    organisation = work.file.case.organisation
    return any(
        not set(roles).isdisjoint(member.roles)
        and set(proposers).isdisjoint(marks(ports.keys, organisation, member.address))
        for member in work.staff.able
    )


def lacks_consenter(work: Handling, person: Person, ports: Ports) -> bool:
    """Whether nobody can consent to what waits for it, or to an answer that the person proposes."""
    waiting = tuple(pending_consents(work.file, work.steps))
    for each in {consent.proposal.act.at: consent for consent in waiting}.values():
        entry = each.proposal.act.entry
        if not can_anybody_consent(work, consenting_roles(work, entry), (entry.mark,), ports):
            return True
    if waiting or work.approval is None or work.is_over or work.is_answered:
        return False
    approved = work.proposal is not None and work.proposal.is_approved
    proposes = has_case(work, person) and may_propose(work, person)
    return (
        proposes
        and not approved
        and not can_anybody_consent(work, work.approval.roles, person.marks, ports)
    )
