"""Finds the days off that a case's dates are counted on."""

from functions.cases.ports.ports import Ports
from functions.model.contract.contract import Contract
from functions.model.deadlines.calendar import Calendar
from functions.model.errors import ContractMissing


def current_calendar(contract: Contract, ports: Ports) -> tuple[str | None, Calendar]:
    """The digest and the days off that the contract's dates are counted on now.

    Where the build that is there wrote no calendar, those that the contract was compiled with.
    Raises ContractError.
    """
    digest = ports.contracts.current().calendars.get(contract.calendar)
    if digest is not None:
        return digest, ports.contracts.calendar(digest)
    if contract.filed_calendar is not None:
        return None, contract.filed_calendar
    raise ContractMissing(f"there is no calendar {contract.calendar}; build the site again")
