"""Finds who has a case, at the mailboxes that are current."""

from collections.abc import Iterable
from dataclasses import dataclass

from functions.cases.ports.ports import Ports
from functions.model.case import Case
from functions.model.case_log import CaseAct, current_level
from functions.model.contract.contract import Contract
from functions.model.contract.directory import Directory
from functions.model.contract.kind import Route
from functions.model.errors import ContractMissing
from functions.model.text import Text


@dataclass(frozen=True)
class Handler:
    """A role that has the case, None for the organisation itself, at its mailbox."""

    role: Text | None
    mailbox: str


def handlers(
    case: Case, contract: Contract, happened: Iterable[CaseAct], ports: Ports
) -> tuple[Handler, ...]:
    """Everybody who has the case, each mailbox once. Raises ContractError."""
    submission = case.submission
    kind = contract.kinds[case.kind]
    level = current_level(happened) or kind.level_of(submission.category)
    directory = ports.contracts.directory(contract.organisation)
    found: dict[str, Handler] = {}
    routes = kind.routes_for(submission.category, level, submission.relation, submission.branch)
    for route in routes:
        mailbox = _mailbox(route, directory)
        found.setdefault(mailbox, Handler(route.role, mailbox))
    return tuple(found.values())


def _mailbox(route: Route, directory: Directory | None) -> str:
    """The route's mailbox today; without a directory, the one of an earlier contract."""
    if directory is None:
        if route.address is None:
            raise ContractMissing("there is no directory of the organisation; build the site again")
        return route.address
    if route.role_id is not None:
        return directory.address(route.role_id)
    return directory.address(directory.role_named(route.role) if route.role else None)
