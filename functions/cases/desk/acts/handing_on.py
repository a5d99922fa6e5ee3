"""The rules of who has a case: handed on, told of it, kept from it."""

from functions.cases.desk.acts.attempt import ActAttempt, Read
from functions.cases.desk.holding import current_member, is_kept_from
from functions.cases.desk.permissions import may_keep_out
from functions.model.acts import PERSON, TELLS, ActProblem
from functions.model.case_log import ActDetails
from functions.model.contract.directory import Directory
from functions.model.desk.staff import StaffMember, mark


def hand_on(attempt: ActAttempt, details: ActDetails) -> Read:
    """The case goes on to a role or a person, and is theirs from then on."""
    to = attempt.line("to")
    if to.startswith(PERSON):
        return _to_person(attempt, details, to.removeprefix(PERSON))
    if to not in attempt.work.names:
        return (ActProblem("to", "to"),)
    if attempt.work.staff.is_kept_out(to):
        return (ActProblem("to", "kept_out"),)
    return _telling(attempt, details.model_copy(update={"to_role": to}))


def tell(attempt: ActAttempt, details: ActDetails) -> Read:
    """Roles learn of the case that must know of it, and may read it."""
    return _telling(attempt, details) if attempt.ticked(TELLS) else (ActProblem("tells", "tells"),)


def recuse(attempt: ActAttempt, details: ActDetails) -> Read:
    """Somebody takes no part in the case: who acts, or whom those keep from it who take it in or
    approve the answer.
    """
    person, sought = attempt.person, attempt.line("barred") or attempt.person.mark
    if sought in person.marks:
        return details.model_copy(update={"barred": person.mark})
    member = current_member(_directory(attempt), sought, attempt.ports)
    if member is None or not may_keep_out(attempt.work, person):
        return (ActProblem("barred", "barred"),)
    if _is_kept_out(attempt, member):
        return (ActProblem("barred", "kept_out"),)
    own = mark(attempt.ports.key, person.organisation, member.address)
    return details.model_copy(update={"barred": own})


def _telling(attempt: ActAttempt, details: ActDetails) -> Read:
    """The act also tells the roles that are ticked."""
    roles = attempt.ticked(TELLS)
    if not set(roles) <= attempt.work.names.keys():
        return (ActProblem("tells", "tells"),)
    return details.model_copy(update={"tells": roles})


def _to_person(attempt: ActAttempt, details: ActDetails, sought: str) -> Read:
    """To a member of staff; their first role has the case if none of theirs had it."""
    member = current_member(_directory(attempt), sought, attempt.ports)
    if member is None:
        return (ActProblem("to", "to"),)
    if _is_kept_out(attempt, member):
        return (ActProblem("to", "kept_out"),)
    own = mark(attempt.ports.key, attempt.person.organisation, member.address)
    having = set(attempt.work.held.roles)
    first = next(iter(member.roles), None)
    role = None if having.intersection(member.roles) else first
    found = details.model_copy(update={"to_person": own, "to_role": role})
    return _telling(attempt, found)


def _is_kept_out(attempt: ActAttempt, member: StaffMember) -> bool:
    work = attempt.work
    return is_kept_from(member, work.file.case, work.happened, attempt.ports)


def _directory(attempt: ActAttempt) -> Directory | None:
    return attempt.ports.contracts.directory(attempt.person.organisation)
