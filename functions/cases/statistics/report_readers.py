"""Says who may read an organisation's reports, by what its procedure has each role do."""

from functions.cases.desk.access import Person
from functions.cases.ports.ports import Ports
from functions.model.contract.contract import Contract
from functions.model.contract.directory import Directory
from functions.model.contract.procedure import Procedure

_READ_BY = frozenset(("analyse", "track", "approve", "decide", "receive", "register"))
"""The acts whose roles read reports: who analyses, follows, approves, decides or takes filings in.
"""


def may_read_reports(person: Person, directory: Directory, ports: Ports) -> bool:
    """Whether a member of staff may read reports: by a role that analyses, follows, approves,
    decides or takes filings in. Where no role does any of it, everybody may. Raises ContractError.
    """
    procedure = current_procedure(current_contract(directory, ports), ports)
    if procedure is None:
        return True
    steps = tuple(step for kind in procedure.kinds.values() for step in kind.steps)
    roles = {role for step in steps if not _READ_BY.isdisjoint(step.acts) for role in step.roles}
    roles |= {step.approved_by for step in steps if step.approved_by}
    roles |= {role for analysis in procedure.analyses for role in analysis.roles}
    return not roles or not roles.isdisjoint(person.member.roles)


def current_contract(directory: Directory, ports: Ports) -> Contract | None:
    """The contract that is in force at an organisation; None if the build that is there named none.

    Raises ContractError.
    """
    return ports.contracts.contract(directory.contract) if directory.contract else None


def current_procedure(contract: Contract | None, ports: Ports) -> Procedure | None:
    """What staff must do by a contract; None under one of before 0.2.0. Raises ContractError."""
    if contract is None or contract.procedure is None:
        return None
    return ports.contracts.procedure(contract.procedure)
