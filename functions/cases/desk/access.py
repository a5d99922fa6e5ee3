"""Decides who may open a case at the desk."""

from dataclasses import dataclass

from functions.cases.desk.holding import (
    ORGANISATION,
    Holding,
    current_member,
    holding,
    is_kept_from,
)
from functions.cases.ports.ports import Ports
from functions.model.case import Case
from functions.model.case_log import CaseAct
from functions.model.contract.contract import Contract
from functions.model.desk.staff import StaffMember, marks

DESK = "/cases/desk"
"""The address that everything of the desk begins with."""


@dataclass(frozen=True)
class Person:
    """A member of staff who is logged in, or reads a link of their own.

    `marks` are what stands for them on cases: the mark of today, then those of earlier keys.
    """

    organisation: str
    member: StaffMember
    marks: tuple[str, ...]

    @property
    def mark(self) -> str:
        """What is stored for them from now on."""
        return self.marks[0]

    @property
    def names(self) -> tuple[str, ...]:
        """What cases of theirs are listed under: each role, and themselves."""
        return (*self.member.roles, *self.marks)


def find_person(organisation: str, sought: str, ports: Ports) -> Person | None:
    """The member of staff with this mark, as of today; None if there is none or access is revoked.

    Raises ContractError, StoreError.
    """
    member = current_member(ports.contracts.directory(organisation), sought, ports)
    return as_person(organisation, member, ports) if member else None


def as_person(organisation: str, member: StaffMember, ports: Ports) -> Person:
    """The member of staff, with what stands for them on cases."""
    return Person(organisation, member, marks(ports.keys, organisation, member.address))


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
    entered = case.entered is not None and case.entered.mark in person.marks
    nobody = ORGANISATION in (*held.roles, *held.readers)
    return (
        nobody or entered or held.person == person.mark or not roles.isdisjoint(person.member.roles)
    )
