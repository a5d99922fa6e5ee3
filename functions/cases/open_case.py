"""Opens a case: loads its contract and pages, and computes its progress."""

from functions.cases.current_calendar import current_calendar
from functions.cases.desk.case_holder import case_holder, filer_role_name
from functions.cases.desk.satisfaction import asking_clause
from functions.cases.ports.ports import Ports
from functions.cases.tokens import RECEIPT_LINK
from functions.model.case import Case, CaseEvent
from functions.model.case_log import case_acts, recorded_acts, scan_states
from functions.model.contract.contract import Contract
from functions.model.contract.kind import Kind
from functions.model.deadlines.calendar import Calendar
from functions.model.deadlines.milestones import Calendars
from functions.model.errors import ContractMissing
from functions.model.language import chosen
from functions.model.mail import TO_FILER
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
    kind = kind_of(case, contract, ports)
    now = ports.now()
    calendars = known_calendars(case, contract, events, ports)
    language = chosen((*wanted, case.language), contract.pages, contract.language)
    reached = progress(contract, kind, case, events, calendars, now)
    happened, recorded = reached.happened, recorded_acts(events)
    named = {act.entry.to_role for act in recorded if act.entry.to_role}
    return CaseFile(
        case=case,
        contract=contract,
        kind=kind,
        pages=ports.contracts.pages(case.contract, language),
        progress=reached,
        calendar=calendars.current,
        access_code=access_code(ports.key, case.reference),
        token=ports.tokens.seal("receipt", case.reference, now + RECEIPT_LINK),
        site_url=ports.site_url,
        scans=scan_states(case, events),
        undelivered=tuple(filter(_is_lost_to_filer, events)),
        now=now,
        holder=case_holder(case, contract, happened, ports),
        all_acts=recorded,
        role_names={role: filer_role_name(role, case, contract, ports) for role in named},
        scanned=ports.scanner is not None,
        asks=asking_clause(case, contract, happened, events, now, ports),
    )


def kind_of(case: Case, contract: Contract, ports: Ports) -> Kind:
    """What the contract promises to the case: one that staff entered has its channel's limits, too.

    Raises ContractError.
    """
    kind = contract.kinds[case.kind]
    if case.entered is None or contract.procedure is None:
        return kind
    procedure = ports.contracts.procedure(contract.procedure).kinds[case.kind]
    limits = procedure.channel_limits.get(case.entered.channel, ())
    return kind.model_copy(update={"limits": (*kind.limits, *limits)})


def _is_lost_to_filer(event: CaseEvent) -> bool:
    """Whether a mail to the filer failed, came back or was reported as unwanted."""
    lost = event.type in ("mail_failed", "mail_bounced", "mail_complained")
    return lost and event.detail.partition(":")[0] in TO_FILER


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
