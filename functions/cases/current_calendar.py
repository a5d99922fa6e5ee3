"""Finds the days off that a case's dates are counted on."""

from functions.cases.ports.ports import Ports
from functions.model.case import Case, CaseEvent
from functions.model.case_log import case_acts
from functions.model.contract.contract import Contract
from functions.model.deadlines.calendar import Calendar
from functions.model.deadlines.milestones import Calendars
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


def known_calendars(
    case: Case, contract: Contract, events: tuple[CaseEvent, ...], ports: Ports
) -> Calendars:
    """The days off as they are known now, at the filing and at each act of the case."""
    digest, current = current_calendar(contract, ports)
    known = {digest: current}

    def at(name: str | None) -> Calendar:
        if name not in known:
            try:
                known[name] = ports.contracts.calendar(name or "")
            except ContractMissing:
                known[name] = current
        return known[name]

    filed = contract.filed_calendar or at(case.calendar)
    earlier = {act.entry.calendar or "": at(act.entry.calendar) for act in case_acts(events)}
    return Calendars(current, filed, earlier)
