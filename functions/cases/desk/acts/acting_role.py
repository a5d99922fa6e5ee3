"""Finds in which of their roles somebody acts who has several."""

from collections.abc import Iterator

from functions.cases.desk.access import Person
from functions.cases.desk.handling import Handling
from functions.cases.desk.permissions import FREE
from functions.model.contract.terms import StaffAct
from functions.model.text import Text


def acting_role(work: Handling, person: Person, act: StaffAct) -> Text:
    """What the role is called in which somebody acts; the organisation's name if it is none.

    Of the roles to which a step gives the act, it is the one that has the case, else the one whose
    turn it is. Many procedures give the first steps to any member of staff, too.
    """
    own = person.member.roles
    for role in (*_roles(work, act), *own):
        if role in own and role in work.names:
            return work.names[role]
    return work.file.contract.name


def _roles(work: Handling, act: StaffAct) -> Iterator[str]:
    """The roles that may act so, the surest first."""
    having = work.held.roles
    by_step = [role for duty in work.duties if duty.act == act for role in duty.step.roles]
    if work.approval and act in ("approved", "returned"):
        yield from work.approval.roles
    yield from (role for role in having if role in by_step)
    yield from (role for duty in work.awaited() if duty.act == act for role in duty.step.roles)
    if act in FREE:
        yield from having
    yield from by_step
    yield from having
