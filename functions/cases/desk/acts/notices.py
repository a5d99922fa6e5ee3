"""Tells staff of an act: who has the case now, must know of it, or consents, and who proposed."""

from collections.abc import Iterator

from functions.cases.desk.acts.attempt import ActAttempt
from functions.cases.desk.acts.consenters import can_anybody_consent, consenting_roles
from functions.cases.desk.approval import followers
from functions.cases.desk.holding import current_member
from functions.cases.notifications import mails_to
from functions.cases.staff.handlers import Handler, handlers
from functions.model.case_log import ActDetails, CaseAct
from functions.model.mail import MailType, OutboxMail


def staff_notices(attempt: ActAttempt, act: CaseAct, key: str) -> tuple[OutboxMail, ...]:
    """The mails that the act causes; the same `key` gives the same mails.

    Each address gets one mail: what it must act on before what it must only know. Nobody is told of
    what they did themselves. Raises ContractError.
    """
    file, ports = attempt.work.file, attempt.ports
    types: dict[str, MailType] = {}
    for type_, address in _told(attempt, act):
        if address != attempt.person.member.address:
            types.setdefault(address, type_)
    language, cause = file.contract.language, f"staff\0{key}"
    return tuple(
        mail
        for address, type_ in types.items()
        for mail in mails_to((Handler(None, address),), file.case, language, type_, cause, ports)
    )


def _told(attempt: ActAttempt, act: CaseAct) -> Iterator[tuple[MailType, str]]:
    """The type of each mail and where it goes; an address may come more than once."""
    for address in _new_holders(attempt, act):
        yield "handed_on", address
    if act.act == "proposed":
        yield from _asked(attempt, act.entry)
    if act.act == "approved":
        for address in _proposer(attempt, act.entry):
            yield "proposal_approved", address
    if act.act == "returned":
        for address in _proposer(attempt, act.entry):
            yield "proposal_returned", address
    for role in act.entry.tells:
        for address in _at_role(attempt, role):
            yield "concerned", address


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


def _asked(attempt: ActAttempt, entry: ActDetails) -> Iterator[tuple[MailType, str]]:
    """Those who can consent to a proposal; where nobody can, those who follow the handling."""
    work = attempt.work
    consenting = consenting_roles(work, entry)
    if can_anybody_consent(work, consenting, attempt.person.marks, attempt.ports):
        for role in consenting:
            for address in _at_role(attempt, role):
                yield "consent_asked", address
    else:
        for address in _escalated(attempt, consenting):
            yield "no_consenter", address


def _proposer(attempt: ActAttempt, entry: ActDetails) -> Iterator[str]:
    """Where the one is written to whose proposal was consented to or sent back."""
    directory = attempt.ports.contracts.directory(attempt.person.organisation)
    for each in attempt.work.happened:
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
