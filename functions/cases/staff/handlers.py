"""Finds who has a case, at the mailboxes that are current."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from functions.cases.desk.holding import ORGANISATION, holders
from functions.cases.ports.ports import Ports
from functions.model.acts import current_level
from functions.model.case import Case
from functions.model.contract.contract import Contract
from functions.model.contract.directory import Directory
from functions.model.contract.kind import Kind
from functions.model.errors import ContractMissing
from functions.model.text import Text

if TYPE_CHECKING:
    from functions.model.case_log import CaseAct


@dataclass(frozen=True)
class Handler:
    """Who has the case, and where they are written to: a role, or a member of staff in a role.

    `role` is None for the organisation itself; `role_id` is its id, as acts name it.
    """

    role: Text | None
    mailbox: str
    role_id: str | None = None


def handlers(
    case: Case, contract: Contract, happened: "Iterable[CaseAct]", ports: Ports
) -> tuple[Handler, ...]:
    """Everybody who has the case, each mailbox once; the person alone if it is with one.

    Raises ContractError.
    """
    known, kind = tuple(happened), contract.kinds[case.kind]
    directory = ports.contracts.directory(contract.organisation)
    if directory is None:
        return _of_earlier_contract(case, kind, known)
    roles, member = holders(case, contract, known, ports)
    if member is not None:
        return (Handler(_name(roles[0], kind, directory), member.address, roles[0]),)
    found: dict[str, Handler] = {}
    for role in roles:
        id_ = None if role == ORGANISATION else role
        mailbox = directory.address(id_)
        found.setdefault(mailbox, Handler(_name(role, kind, directory), mailbox, id_))
    return tuple(found.values())


def _name(role: str, kind: Kind, directory: Directory) -> Text | None:
    """What a role is called by the version, or else by any version of the policy."""
    for route in kind.routes:
        if route.role_id == role:
            return route.role
    known = directory.roles.get(role)
    return known[-1] if known else None


def _of_earlier_contract(
    case: Case, kind: Kind, happened: "tuple[CaseAct, ...]"
) -> tuple[Handler, ...]:
    """The mailboxes that contracts before 0.2.0 name, where the build wrote no directory."""
    submission = case.submission
    level = current_level(happened) or kind.level_of(submission.category)
    found: dict[str, Handler] = {}
    for route in kind.routes_for(
        submission.category, level, submission.relation, submission.branch
    ):
        if route.address is None:
            raise ContractMissing("there is no directory of the organisation; build the site again")
        found.setdefault(route.address, Handler(route.role, route.address))
    return tuple(found.values())
