"""Seals and opens the links by which staff open a case."""

import hmac
from collections.abc import Iterator
from dataclasses import dataclass

from functions.cases.desk.access import Person, find_person, may_open
from functions.cases.desk.approval import followers, pending_consents
from functions.cases.desk.handling import Handling, handling
from functions.cases.desk.index import is_watched
from functions.cases.desk.permissions import has_case
from functions.cases.ports.ports import Ports
from functions.cases.staff.handlers import Handler, handlers
from functions.cases.tokens import STAFF_LINK
from functions.model.case import Case
from functions.model.contract.directory import Directory
from functions.model.derived_keys import keyed
from functions.model.desk.staff import mark
from functions.model.errors import NamesSomebody, TokenInvalid
from functions.views.case_file import CaseFile


@dataclass(frozen=True)
class MailboxReader:
    """Whoever reads a mailbox: nobody in particular, so they decide and approve nothing.

    They may hand a case on that the role of the mailbox has; who was told of one only reads it.
    """

    handler: Handler
    may_hand_on: bool


def handling_token(case: Case, mailbox: str, ports: Ports) -> str:
    """The token of a staff link for `mailbox`, of which it has only a keyed hash."""
    claim = f"{case.reference}.{_hash_mailbox(mailbox, ports.key)}"
    return ports.tokens.seal("handling", claim, ports.now() + STAFF_LINK)


def read_handling_token(token: str, ports: Ports) -> tuple[str, str]:
    """The reference of the case and the mark (keyed hash) of the mailbox. Raises TokenInvalid."""
    reference, _, mailbox = ports.tokens.open("handling", token, ports.now()).partition(".")
    return reference, mailbox


def reader_of(mailbox: str, file: CaseFile, ports: Ports) -> Person | MailboxReader:
    """Who reads a link to the mailbox of this mark today.

    A member of staff, while the case is theirs, they were told of it, their consent is asked for or
    they owe something within a limit that runs; else whoever reads a mailbox of a role of which the
    same is true, or one that is reminded in place of people. Raises TokenInvalid if the case is
    nobody's of that mailbox, NamesSomebody if the filer named somebody or a role of the mailbox has
    somebody who is recused, ContractError and StoreError.
    """
    work = handling(file, ports)
    person = _find_person(mailbox, file, ports)
    if person is not None:
        case, happened = file.case, file.progress.happened
        if may_open(person, case, file.contract, happened, ports) and _concerns(work, person):
            return person
        raise TokenInvalid("the case is no longer with the member of staff")
    reader = _find_mailbox(mailbox, work, ports)
    if reader is None:
        raise TokenInvalid("the handling token is for a mailbox that does not get this case")
    if file.case.submission.involved:
        raise NamesSomebody("the filer named somebody, who may read the mailbox")
    if _is_read_by_recused(mailbox, work, ports):
        raise NamesSomebody("somebody is recused who has the role of the mailbox")
    return reader


def is_mailbox_of(address: str, file: CaseFile, ports: Ports) -> bool:
    """Whether the case is for this mailbox now. Raises ContractError, StoreError."""
    found = _find_mailbox(_hash_mailbox(address, ports.key), handling(file, ports), ports)
    return found is not None


def _is_read_by_recused(mailbox: str, work: Handling, ports: Ports) -> bool:
    """Whether somebody who is kept from the case has a role that the mailbox is read for."""
    directory = ports.contracts.directory(work.file.case.organisation)
    if directory is None:
        return False
    concerned = {*work.held.roles, *_concerned_roles(work), *_owing(work), *directory.mailboxes}
    roles = {role for role in concerned if _is_of(mailbox, directory.address(role), ports)}
    away = (member for member in work.staff.current if member not in work.staff.able)
    return any(not roles.isdisjoint(member.roles) for member in away)


def _find_person(mailbox: str, file: CaseFile, ports: Ports) -> Person | None:
    """The current member of staff whose own address it is. Raises TokenInvalid if revoked."""
    organisation = file.case.organisation
    directory = ports.contracts.directory(organisation)
    for member in directory.staff if directory else ():
        if _is_of(mailbox, member.address, ports):
            own = mark(ports.key, organisation, member.address)
            person = find_person(organisation, own, ports)
            if person is None and member.is_current(file.today):
                raise TokenInvalid("the access of the member of staff was revoked")
            return person
    return None


def _find_mailbox(mailbox: str, work: Handling, ports: Ports) -> MailboxReader | None:
    file = work.file
    for handler in handlers(file.case, file.contract, file.progress.happened, ports):
        if _is_of(mailbox, handler.mailbox, ports):
            return MailboxReader(handler, may_hand_on=True)
    directory = ports.contracts.directory(file.case.organisation)
    if directory is None:
        return None
    for role in _concerned_roles(work):
        if _is_of(mailbox, directory.address(role), ports):
            told = Handler(work.names.get(role), directory.address(role), role)
            return MailboxReader(told, may_hand_on=False)
    stands_in = _stands_in(work.held.roles, work, directory)
    if stands_in and _is_of(mailbox, directory.mailbox, ports):
        return MailboxReader(Handler(None, directory.mailbox), may_hand_on=True)
    for address in _reminded(work, directory):
        if _is_of(mailbox, address, ports):
            return MailboxReader(Handler(None, address), may_hand_on=False)
    return None


def _reminded(work: Handling, directory: Directory) -> Iterator[str]:
    """The mailboxes that are reminded of a limit which runs, also once it is overdue."""
    owing = _owing(work)
    yield from (directory.mailboxes[role] for role in owing if role in directory.mailboxes)
    if work.file.progress.overdue or _stands_in(owing, work, directory):
        yield directory.mailbox
    if work.file.progress.overdue:
        following = (role for step in followers(work.steps) for role in step.roles)
        yield from map(directory.address, following)


def _stands_in(roles: tuple[str, ...], work: Handling, directory: Directory) -> bool:
    """Whether the organisation's mailbox stands in for a role: nobody who may know of the case has
    it, and it has no mailbox, or one that whoever is kept from the case may read.
    """
    left = set(roles) - work.staff.able_roles
    return any(role in work.staff.roles or role not in directory.mailboxes for role in left)


def _concerns(work: Handling, person: Person) -> bool:
    concerned = {*_concerned_roles(work), *_owing(work)}
    return has_case(work, person) or not concerned.isdisjoint(person.member.roles)


def _concerned_roles(work: Handling) -> tuple[str, ...]:
    """The roles that were told of the case, and those whose consent is asked for."""
    told = [role for act in work.happened for role in act.entry.tells]
    return (*told, *(consent.role for consent in pending_consents(work.file, work.steps)))


def _owing(work: Handling) -> tuple[str, ...]:
    """The roles that are reminded of a limit which runs."""
    roles = work.procedure.limit_roles if work.procedure else {}
    watched = (step for step in work.file.progress.steps if is_watched(step, work.happened))
    owing = (roles.get(step.milestone.limit.id) for step in watched)
    return tuple(role for role in dict.fromkeys(owing) if role is not None)


def _is_of(mailbox: str, address: str, ports: Ports) -> bool:
    return any(hmac.compare_digest(_hash_mailbox(address, key), mailbox) for key in ports.keys)


def _hash_mailbox(mailbox: str, key: bytes) -> str:
    return keyed(key, "mailbox", mailbox)[:16]
