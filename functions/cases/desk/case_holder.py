"""Names who has a case to its filer: roles in the policy's words, and never a person."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from functions.cases.desk.holding import Holding, holding
from functions.cases.ports.ports import Ports
from functions.model.case import Case
from functions.model.case_log import CaseAct, current_level
from functions.model.contract.contract import Contract
from functions.model.contract.directory import Directory
from functions.model.desk.staff import mark
from functions.model.text import Text
from functions.views.case_file import CaseHolder


def case_holder(
    case: Case, contract: Contract, happened: tuple[CaseAct, ...], ports: Ports
) -> CaseHolder:
    """Who has the case after these acts, and since when. Raises ContractError.

    Only what staff handed on needs more than the contract: the procedure, which names every role.
    """
    zone = ZoneInfo(contract.timezone)
    if not any(_hands_on(act) for act in happened):
        return CaseHolder(_first_holders(case, contract, happened), case.received_at)
    held = holding(case, contract, happened, ports)
    since = held.since.moment(zone) if held.since else case.received_at
    directory = ports.contracts.directory(contract.organisation)
    roles = _roles_of_person(held, contract, directory, ports) or held.roles
    names = (_name(role, case, contract, directory, ports) for role in roles)
    return CaseHolder(tuple(dict.fromkeys(names)), since)


def role_name(role: str, case: Case, contract: Contract, ports: Ports) -> Text:
    """A role by its id, in the words of the version that the case was filed under."""
    directory = ports.contracts.directory(contract.organisation)
    return _name(role, case, contract, directory, ports)


def _hands_on(act: CaseAct) -> bool:
    return act.act == "forwarded" and bool(act.entry.to_role or act.entry.to_person)


def _first_holders(
    case: Case, contract: Contract, happened: tuple[CaseAct, ...]
) -> tuple[Text, ...]:
    """Whom the filing goes to by its routes, each once."""
    submission, kind = case.submission, contract.kinds[case.kind]
    level = current_level(happened) or kind.level_of(submission.category)
    routes = kind.routes_for(submission.category, level, submission.relation, submission.branch)
    return tuple(dict.fromkeys(route.role or contract.name for route in routes))


def _roles_of_person(
    held: Holding, contract: Contract, directory: Directory | None, ports: Ports
) -> tuple[str, ...]:
    """The roles for which the person who has the case has it; empty if nobody in particular."""
    if held.person is None or directory is None:
        return ()
    for member in directory.staff:
        marks = (
            mark(key, contract.organisation, member.address)
            for key in (ports.key, *ports.earlier_keys)
        )
        if held.person in marks:
            shared = tuple(role for role in member.roles if role in held.roles)
            return shared or member.roles
    return ()


def _name(
    role: str, case: Case, contract: Contract, directory: Directory | None, ports: Ports
) -> Text:
    names = _names(role, case, contract, directory, ports)
    return next(names, contract.name)


def _names(
    role: str, case: Case, contract: Contract, directory: Directory | None, ports: Ports
) -> Iterator[Text]:
    """What the role is called, the case's own version first."""
    kind = contract.kinds[case.kind]
    for route in kind.routes:
        if route.role is not None and route.role_id == role:
            yield route.role
    if contract.procedure is not None:
        named = ports.contracts.procedure(contract.procedure).roles
        if role in named:
            yield named[role]
    if directory is not None:
        yield from directory.roles.get(role, ())
