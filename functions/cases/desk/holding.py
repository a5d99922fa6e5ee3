"""Finds which roles and which person have a case, and who else may open it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from functions.cases.ports.ports import Ports
from functions.model.case import Case
from functions.model.case_log import CaseAct, current_level
from functions.model.contract.contract import Contract
from functions.model.contract.directory import Directory
from functions.model.contract.kind import Route
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
    since: CaseAct | None

    @property
    def holders(self) -> tuple[str, ...]:
        """What the case is listed under: the person alone, else each role."""
        return (self.person,) if self.person else self.roles


def holding(case: Case, contract: Contract, happened: tuple[CaseAct, ...], ports: Ports) -> Holding:
    """Who has the case after these acts. Raises ContractError."""
    directory = ports.contracts.directory(contract.organisation)
    first = tuple(dict.fromkeys(_routed(case, contract, happened, directory)))
    roles, person, since, had = first, None, None, list(first)
    for act in happened:
        if act.act == "forwarded" and (act.entry.to_role or act.entry.to_person):
            roles = (act.entry.to_role,) if act.entry.to_role else roles
            person, since = act.entry.to_person, act
            had += roles
        had += act.entry.tells
    steps = applicable_steps(case, contract, happened, ports)
    watching = (role for step in steps for role in _watching(step))
    readers = tuple(role for role in dict.fromkeys((*had, *watching)) if role not in roles)
    return Holding(roles, person, readers, since)


def kind_procedure(case: Case, contract: Contract, ports: Ports) -> KindProcedure | None:
    """What staff must do with the case; None under a contract of before 0.2.0."""
    if contract.procedure is None:
        return None
    return ports.contracts.procedure(contract.procedure).kinds[case.kind]


def applicable_steps(
    case: Case, contract: Contract, happened: Iterable[CaseAct], ports: Ports
) -> tuple[Step, ...]:
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


def _routed(
    case: Case,
    contract: Contract,
    happened: tuple[CaseAct, ...],
    directory: Directory | None,
) -> Iterator[str]:
    submission, kind = case.submission, contract.kinds[case.kind]
    level = current_level(happened) or kind.level_of(submission.category)
    for route in kind.routes_for(
        submission.category, level, submission.relation, submission.branch
    ):
        yield _role(route, directory) or ORGANISATION


def _role(route: Route, directory: Directory | None) -> str | None:
    if route.role_id is not None or route.role is None or directory is None:
        return route.role_id
    return directory.role_named(route.role)


def _watching(step: Step) -> Iterator[str]:
    if step.approved_by is not None:
        yield step.approved_by
    if not {"approve", "track"}.isdisjoint(step.acts):
        yield from step.roles
