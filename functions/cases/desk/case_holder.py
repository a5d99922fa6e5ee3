"""Names who has a case to its filer: roles in the policy's words, and never a person."""

from zoneinfo import ZoneInfo

from functions.cases.desk.holding import holders, role_name
from functions.cases.ports.ports import Ports
from functions.model.case import Case
from functions.model.case_log import CaseAct
from functions.model.contract.contract import Contract
from functions.model.text import Text
from functions.views.case_file import CaseHolder


def case_holder(
    case: Case, contract: Contract, happened: tuple[CaseAct, ...], ports: Ports
) -> CaseHolder:
    """Who has the case after these acts, and since when. Raises ContractError.

    A person is told by the roles for which they have it.
    """
    roles, member = holders(case, contract, happened, ports)
    if member is not None:
        roles = tuple(role for role in member.roles if role in roles) or member.roles
    names = (filer_role_name(role, case, contract, ports) for role in roles)
    handed = [act for act in happened if act.act == "forwarded" and _hands_on(act)]
    since = handed[-1].moment(ZoneInfo(contract.timezone)) if handed else case.received_at
    return CaseHolder(tuple(dict.fromkeys(names)), since)


def filer_role_name(role: str, case: Case, contract: Contract, ports: Ports) -> Text:
    """What a role is called in the version that the case was filed under.

    The routes name most roles, so that a filing that just arrived needs nothing but its contract.
    """
    directory = ports.contracts.directory(contract.organisation)
    for route in contract.kinds[case.kind].routes:
        if route.role is None:
            continue
        known = route.role_id
        if known is None and directory is not None:
            known = directory.role_named(route.role)
        if known == role:
            return route.role
    return role_name(role, contract, ports)


def _hands_on(act: CaseAct) -> bool:
    return act.entry.to_role is not None or act.entry.to_person is not None
