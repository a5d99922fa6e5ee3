"""Decides who may open a case at the desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from functions.cases.desk.holding import ORGANISATION, Holding, holding, is_kept_from
from functions.cases.desk.revocations import is_access_revoked
from functions.cases.ports.ports import Ports
from functions.model.case import Case
from functions.model.case_log import CaseAct
from functions.model.contract.contract import Contract
from functions.model.desk.staff import StaffMember, mark
from functions.model.desk.summary import CaseSummary

DESK = "/cases/desk"
"""The address that everything of the desk begins with."""


@dataclass(frozen=True)
class Person:
    """A member of staff who is logged in, or reads a link of their own."""

    organisation: str
    member: StaffMember
    mark: str

    @property
    def names(self) -> tuple[str, ...]:
        """What cases of theirs are listed under: each role, and themselves."""
        return (*self.member.roles, self.mark)


def find_person(organisation: str, sought: str, now: datetime, ports: Ports) -> Person | None:
    """The member of staff with this mark, as of today; None if there is none or access is revoked.

    Raises ContractError, StoreError.
    """
    directory = ports.contracts.directory(organisation)
    if directory is None:
        return None
    for member in directory.staff:
        for key in (ports.key, *ports.earlier_keys):
            if mark(key, organisation, member.address) != sought:
                continue
            own = mark(ports.key, organisation, member.address)
            day = now.astimezone(ZoneInfo(directory.timezone)).date()
            if not member.is_current(day) or is_access_revoked(organisation, member.address, ports):
                return None
            return Person(organisation, member, own)
    return None


def may_open(
    person: Person, case: Case, contract: Contract, happened: tuple[CaseAct, ...], ports: Ports
) -> bool:
    """Whether a member of staff may open a case: it is, or was, with a role of theirs or with them.

    A person whom the filer named, or who is recused, may not, whatever their role.
    """
    if case.organisation != person.organisation:
        return False
    if is_kept_from(person.member, case, happened, ports):
        return False
    held = holding(case, contract, happened, ports)
    return reads(person, held, case)


def reads(person: Person, held: Holding, case: Case) -> bool:
    """Whether the case is, or was, with a role of theirs or with them."""
    roles = {*held.roles, *held.readers} - {ORGANISATION}
    entered = case.entered is not None and case.entered.mark == person.mark
    nobody = ORGANISATION in (*held.roles, *held.readers)
    return (
        nobody or entered or held.person == person.mark or not roles.isdisjoint(person.member.roles)
    )


def is_barred(person: Person, case: Case, happened: tuple[CaseAct, ...]) -> bool:
    """Whether the person is kept from the case: named by the filer, or recused."""
    recused = (act.entry.barred for act in happened if act.act == "recused")
    return _is_kept_out(person, case.submission.involved or "", recused)


def is_barred_from(person: Person, summary: CaseSummary) -> bool:
    """The same of a case in a list, which is not opened to know it."""
    return _is_kept_out(person, summary.involved, summary.recused)


def _is_kept_out(person: Person, involved: str, recused: Iterable[str | None]) -> bool:
    return person.mark in recused or bool(involved and person.member.is_named_in(involved))
