"""Tells staff of an act: who has the case now, must know of it, or is asked for their consent."""

from collections.abc import Iterator

from functions.cases.desk.acts.attempt import ActAttempt
from functions.cases.desk.acts.consenters import can_anybody_consent, consenting_roles
from functions.cases.desk.approval import followers
from functions.cases.desk.holding import current_member
from functions.cases.notifications import mails_to
from functions.cases.staff.handlers import Handler, handlers
from functions.model.case_log import CaseAct
from functions.model.mail import OutboxMail


def staff_notices(attempt: ActAttempt, act: CaseAct, key: str) -> tuple[OutboxMail, ...]:
    """The mails that the act causes; the same `key` gives the same mails.

    Nobody is told of what they did themselves. Raises ContractError.
    """
    file = attempt.work.file
    own = attempt.person.member.address
    told = tuple(
        Handler(None, address)
        for address in dict.fromkeys((*_new_holders(attempt, act), *_concerned(attempt, act)))
        if address != own
    )
    language, ports = file.contract.language, attempt.ports
    return mails_to(told, file.case, language, "concerned", f"staff\0{key}", ports)


def _new_holders(attempt: ActAttempt, act: CaseAct) -> Iterator[str]:
    """Where those are written to who have the case since this act: to whom it was handed on, and
    whom a level adds.
    """
    file, ports = attempt.work.file, attempt.ports
    happened = file.progress.happened
    standing = tuple(each for each in happened if each.at != act.entry.corrects)
    before = handlers(file.case, file.contract, happened, ports)
    after = handlers(file.case, file.contract, (*standing, act), ports)
    for handler in after:
        if handler not in before or act.act == "forwarded":
            yield from _at_role(attempt, handler.role_id, handler.mailbox)


def _concerned(attempt: ActAttempt, act: CaseAct) -> Iterator[str]:
    """Where those are written to who must know, or consent, or wait for somebody's consent."""
    work, entry = attempt.work, act.entry
    for role in entry.tells:
        yield from _at_role(attempt, role)
    if act.act == "proposed":
        consenting = consenting_roles(work, entry)
        if can_anybody_consent(work, consenting, attempt.person.marks, attempt.ports):
            for role in consenting:
                yield from _at_role(attempt, role)
        else:
            yield from _escalated(attempt, consenting)
    if act.act in ("approved", "returned"):
        directory = attempt.ports.contracts.directory(attempt.person.organisation)
        for each in work.happened:
            if each.act == "proposed" and each.at == entry.proposed_at:
                member = current_member(directory, each.entry.mark, attempt.ports)
                if member is not None:
                    yield member.address


def _at_role(attempt: ActAttempt, role: str | None, mailbox: str | None = None) -> Iterator[str]:
    """The mailbox of a role; where it has none of its own, everybody who has the role.

    Whoever is kept from the case may read the mailbox of their role: then the others are written
    to at their own addresses, and the organisation where there are none.
    A `mailbox` that is no role's is of the person who has the case, or the organisation's.
    """
    directory = attempt.ports.contracts.directory(attempt.person.organisation)
    if directory is None:
        return
    members, able = (
        [member for member in staff if role in member.roles]
        for staff in (attempt.work.staff.current, attempt.work.staff.able)
    )
    own = directory.address(role)
    is_shared = role in directory.mailboxes or mailbox not in (None, own)
    if role is None or (is_shared and len(able) == len(members)):
        yield mailbox or own
        return
    if not able:
        yield directory.mailbox
    yield from (member.address for member in able)


def _escalated(attempt: ActAttempt, consenting: tuple[str, ...]) -> Iterator[str]:
    """Where those are written to who follow the handling, else the organisation, as nobody can
    consent.
    """
    for step in followers(attempt.work.steps):
        if roles := [role for role in step.roles if role not in consenting]:
            for role in roles:
                yield from _at_role(attempt, role)
            return
    directory = attempt.ports.contracts.directory(attempt.person.organisation)
    if directory is not None:
        yield directory.mailbox
