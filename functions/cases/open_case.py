"""Opens a case: loads its contract and pages, and computes its progress."""

from functions.cases.ports.ports import Ports
from functions.cases.tokens import RECEIPT_LINK
from functions.model.case import Case, CaseEvent
from functions.model.case_log import scan_states
from functions.model.language import chosen
from functions.model.progress import progress
from functions.model.reference import access_code
from functions.views.case_file import CaseFile


def open_case(
    case: Case,
    ports: Ports,
    wanted: tuple[str, ...] = (),
    events: tuple[CaseEvent, ...] = (),
) -> CaseFile:
    """The case's file, in the first `wanted` language that its contract has, else the filer's.

    Without `events` it is the file of a case that has just arrived. Raises ContractError.
    """
    contract = ports.contracts.contract(case.contract)
    kind = contract.kinds[case.kind]
    now = ports.now()
    language = chosen((*wanted, case.language), contract.pages)
    return CaseFile(
        case=case,
        contract=contract,
        kind=kind,
        pages=ports.contracts.pages(contract.pages[language]),
        progress=progress(contract, kind, case, events, now),
        access_code=access_code(ports.key, case.reference),
        token=ports.tokens.seal("receipt", case.reference, now + RECEIPT_LINK),
        site_url=ports.site_url,
        scans=scan_states(case, events),
        now=now,
    )
