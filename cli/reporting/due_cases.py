"""Summarises the cases that are due, so that what is reported or archived has their last acts."""

from dataclasses import dataclass
from datetime import datetime

from functions.cases.desk.index import refresh
from functions.cases.ports.ports import Ports
from functions.model.contract.directory import Directory
from functions.model.desk.summary import CaseSummary
from functions.model.errors import ContractError, StoredTextUnreadable, StoreError

_MOST_DUE = 10_000


@dataclass(frozen=True)
class StaleCase:
    """A case whose summary could not be made anew, and why; `received_at` is None if it has none
    that says so.
    """

    reference: str
    why: str
    received_at: datetime | None


def refresh_due(directory: Directory, ports: Ports) -> tuple[StaleCase, ...]:
    """Makes the summaries of all due cases anew; returns the organisation's for which that failed.

    Cases of others stay due, and the sweep tells of them. Raises ContractError, StoreError.
    """
    failed: list[StaleCase] = []
    for reference in ports.lists.due_cases(ports.now(), _MOST_DUE):
        try:
            refresh(reference, ports)
        except (ContractError, StoreError) as error:
            summary = _summary(reference, ports)
            if summary is not None and summary.organisation == directory.organisation:
                failed.append(StaleCase(reference, str(error), summary.received_at))
            elif summary is None and _has_prefix_of(directory, reference, ports):
                failed.append(StaleCase(reference, str(error), None))
    return tuple(failed)


def _summary(reference: str, ports: Ports) -> CaseSummary | None:
    try:
        return ports.lists.summary(reference)
    except StoredTextUnreadable:
        return None


def _has_prefix_of(directory: Directory, reference: str, ports: Ports) -> bool:
    """Whose case it is by the prefix of its reference, which no two organisations share."""
    organisations = ports.contracts.current().organisations
    digest = directory.contract or organisations[directory.organisation]
    return reference.partition("-")[0] == ports.contracts.contract(digest).prefix
