"""Finds which roles and which person have a case, and who else may open it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from functions.cases.ports.ports import Ports
from functions.model.acts import current_level
from functions.model.case import Case
from functions.model.contract.contract import Contract
from functions.model.contract.directory import Directory
from functions.model.contract.kind import Route
from functions.model.desk.staff import StaffMember, mark, marks
from functions.model.text import Text

if TYPE_CHECKING:  # a filing asks who has it, and reads neither its log nor the procedure
    from functions.model.case_log import CaseAct
    from functions.model.contract.procedure import KindProcedure, Step

ORGANISATION = "organisation"
"""Stands for a role where the procedure names none: whoever reads the organisation's mailbox."""


@dataclass(frozen=True)
class Holding:
    """Who has a case: ids of roles, and the mark of a person if it was handed on to one.

    `readers` are other roles that may open it: those that had it, that were told of it, that must
    approve the answer or that follow how it is handled. `since` is the act that handed it on last.
    """

    roles: tuple[str, ...]
    person: str | None
    readers: tuple[str, ...]
    since: "CaseAct | None"

    @property
    def holders(self) -> tuple[str, ...]:
        """What the case is listed under: the person alone, else each role."""
        return (self.person,) if self.person else self.roles


@dataclass(frozen=True)
class CaseStaff:
    """Who works at a case's organisation today, and who of them is `able` to handle the case:
    neither named by the filer nor recused.
    """

    current: tuple[StaffMember, ...]
    able: tuple[StaffMember, ...]

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles that somebody has."""
        return frozenset(role for member in self.current for role in member.roles)

    @cached_property
    def able_roles(self) -> frozenset[str]:
        """The roles that somebody has who is able to handle the case."""
        return frozenset(role for member in self.able for role in member.roles)

    def is_kept_out(self, role: str) -> bool:
        """Whether a role is had, and everybody who has it is kept from the case."""
        return role in self.roles and role not in self.able_roles


def holding(
    case: Case, contract: Contract, happened: "tuple[CaseAct, ...]", ports: Ports
) -> Holding:
    """Who has the case after these acts. Raises ContractError."""
    from functions.cases.desk.approval import answer_approval

    had, roles, member, since = _handed_on(case, contract, happened, ports)
    person = mark(ports.key, case.organisation, member.address) if member else None
    had += [role for act in happened for role in act.entry.tells]
    steps = applicable_steps(case, contract, happened, ports)
    watching = [role for step in steps for role in _watching(step)]
    approval = answer_approval(steps)
    watching += approval.roles if approval else ()
    readers = tuple(role for role in dict.fromkeys((*had, *watching)) if role not in roles)
    return Holding(roles, person, readers, since)


def holders(
    case: Case, contract: Contract, happened: "tuple[CaseAct, ...]", ports: Ports
) -> tuple[tuple[str, ...], StaffMember | None]:
    """The roles that have the case, and the person to whom one of them handed it on.

    Of a filing that just arrived on this site the procedure is not read. Raises ContractError.
    """
    _, roles, member, _ = _handed_on(case, contract, happened, ports)
    return roles, member


def current_member(directory: Directory | None, sought: str, ports: Ports) -> StaffMember | None:
    """The member of staff with this mark, unless they have left or their access was revoked."""
    if directory is None:
        return None
    from functions.cases.desk.revocations import is_access_revoked

    day = ports.now().astimezone(ZoneInfo(directory.timezone)).date()
    for member in directory.staff:
        own = marks(ports.keys, directory.organisation, member.address)
        if sought in own and member.is_current(day):
            revoked = is_access_revoked(directory.organisation, member.address, ports)
            return None if revoked else member
    return None


def current_staff(directory: Directory, ports: Ports) -> tuple[StaffMember, ...]:
    """Who works there today and whose access was not revoked, in one read. Raises StoreError."""
    day = ports.now().astimezone(ZoneInfo(directory.timezone)).date()
    current = tuple(member for member in directory.staff if member.is_current(day))
    if not current or not (revoked := ports.lists.revoked(directory.organisation)):
        return current
    return tuple(
        member
        for member in current
        if revoked.isdisjoint(marks(ports.keys, directory.organisation, member.address))
    )


def case_staff(case: Case, happened: "tuple[CaseAct, ...]", ports: Ports) -> CaseStaff:
    """Who works at the case's organisation today, in one read. Raises ContractError, StoreError."""
    directory = ports.contracts.directory(case.organisation)
    current = current_staff(directory, ports) if directory else ()
    able = (each for each in current if not is_kept_from(each, case, happened, ports))
    return CaseStaff(current, tuple(able))


def is_kept_from(
    member: StaffMember, case: Case, happened: "tuple[CaseAct, ...]", ports: Ports
) -> bool:
    """Whether somebody is kept from the case: named by the filer, or recused."""
    recused = (act.entry.barred for act in happened if act.act == "recused")
    own = marks(ports.keys, case.organisation, member.address)
    return is_barred(member, own, case.submission.involved or "", recused)


def is_barred(
    member: StaffMember, own: tuple[str, ...], involved: str, recused: Iterable[str | None]
) -> bool:
    """Whether a filer's words name the member, or one of their own marks is of whom is recused."""
    named = bool(involved) and member.is_named_in(involved)
    return named or any(each in own for each in recused)


def role_name(role: str | None, contract: Contract, ports: Ports) -> Text:
    """What a role is called; the organisation's own name for what is no role of it.

    Raises ContractError.
    """
    directory = ports.contracts.directory(contract.organisation)
    known = directory.roles.get(role or "") if directory else None
    if known and contract.procedure is not None:
        named = ports.contracts.procedure(contract.procedure).roles.get(role or "")
        return named or known[-1]
    return known[-1] if known else contract.name


def kind_procedure(case: Case, contract: Contract, ports: Ports) -> "KindProcedure | None":
    """What staff must do with the case; None under a contract of before 0.2.0."""
    if contract.procedure is None:
        return None
    return ports.contracts.procedure(contract.procedure).kinds[case.kind]


def applicable_steps(
    case: Case, contract: Contract, happened: "Iterable[CaseAct]", ports: Ports
) -> "tuple[Step, ...]":
    """The steps of the procedure that are for this case, those with a condition in words, too."""
    procedure = kind_procedure(case, contract, ports)
    if procedure is None:
        return ()
    submission = case.submission
    level = current_level(happened) or contract.kinds[case.kind].level_of(submission.category)
    category = submission.category
    around = (*procedure.parents.get(category or "", ()), *filter(None, (category,)))
    channel = case.entered.channel if case.entered else None
    return tuple(
        step
        for step in procedure.steps
        if step.is_for(around, level, submission.relation, channel, submission.branch)
    )


def _handed_on(
    case: Case, contract: Contract, happened: "tuple[CaseAct, ...]", ports: Ports
) -> "tuple[list[str], tuple[str, ...], StaffMember | None, CaseAct | None]":
    """The roles that had the case, and the roles, the person and the act of the last hand-over.

    What was handed on to a person who has left, or may not handle it, is with their roles.
    """
    directory = ports.contracts.directory(contract.organisation)
    roles = tuple(dict.fromkeys(_routed(case, contract, happened, directory, ports)))
    had, person, since = list(roles), None, None
    for act in happened:
        if act.act == "forwarded" and (act.entry.to_role or act.entry.to_person):
            roles = (act.entry.to_role,) if act.entry.to_role else roles
            person, since = act.entry.to_person, act
            had += roles
    member = current_member(directory, person, ports) if person else None
    if member is not None and is_kept_from(member, case, happened, ports):
        member = None
    return had, roles, member, since


def _routed(
    case: Case,
    contract: Contract,
    happened: "tuple[CaseAct, ...]",
    directory: Directory | None,
    ports: Ports,
) -> Iterator[str]:
    """The roles that have a case first; a channel may have a role of its own that receives."""
    submission, kind = case.submission, contract.kinds[case.kind]
    level = current_level(happened) or kind.level_of(submission.category)
    receiving = _receiving(case, contract, happened, ports)
    yield from receiving
    for route in kind.routes_for(
        submission.category, level, submission.relation, submission.branch
    ):
        named = route.category or route.level or route.filer or route.branch
        if named or not receiving:
            yield _role(route, directory) or ORGANISATION


def _receiving(
    case: Case, contract: Contract, happened: "tuple[CaseAct, ...]", ports: Ports
) -> tuple[str, ...]:
    """The roles that receive what comes by the channel of a case that staff entered."""
    if case.entered is None:
        return ()
    return tuple(
        role
        for step in applicable_steps(case, contract, happened, ports)
        if step.channel == case.entered.channel and "receive" in step.acts
        for role in step.roles
    )


def _role(route: Route, directory: Directory | None) -> str | None:
    if route.role_id is not None or route.role is None or directory is None:
        return route.role_id
    return directory.role_named(route.role)


def _watching(step: "Step") -> Iterator[str]:
    if step.approved_by is not None:
        yield step.approved_by
    if not {"approve", "track"}.isdisjoint(step.acts):
        yield from step.roles
