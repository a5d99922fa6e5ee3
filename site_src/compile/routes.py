"""Compiles whom a filing goes to, and whom staff may pass it on to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from functions.model.contract.kind import Handover, Route
from functions.model.contract.terms import KindId
from functions.model.text import Text
from site_src.policy.model.filing import Category
from site_src.policy.model.handling import RouteFact, StepFact
from site_src.policy.model.policy import Policy
from site_src.policy.terms import Act

_INTAKE: tuple[Act, ...] = ("register", "receive")
"""Who does one of these has every filing first: registering names them more surely."""


def routes(policy: Policy, kind: KindId) -> Iterator[Route]:
    """Who is told of a filing; the machine follows no route that has a condition in words."""
    if (intake := _intake_role(policy, kind)) is not None:
        yield _route(policy, intake, intake=True)
    for filer in policy.filers:
        if filer.route is not None and filer.holds_for(kind):
            yield _route(policy, filer.route, filer=filer.id)
    for branch in policy.branches:
        if branch.route is not None and branch.holds_for(kind):
            yield _route(policy, branch.route, branch=branch.id)
    relevant = [route for route in _of_kind(policy, kind) if route.condition is None]
    for above, leaf in leaves(policy.categories):
        for route in relevant:
            if route.category in (*above, leaf.id):
                yield _route(policy, route.role, category=leaf.id)
    general = [route for route in relevant if not (route.category or route.level)]
    for route in relevant:
        if route.level is not None and route.category is None:
            yield _route(policy, route.role, level=route.level)
        elif route in general:
            yield _route(policy, route.role)
    if intake is None and not general:
        yield Route(role=None)


@dataclass(frozen=True)
class Readers:
    """The roles that are told of every filing of a kind, and those that are told of some."""

    always: tuple[Text, ...]
    some: tuple[Text, ...]


def readers(policy: Policy, kind: KindId) -> Readers:
    """Who reads a filing; where a filer's own route replaces the others, nobody reads all."""
    told = tuple(routes(policy, kind))
    by_filer = any(route.filer for route in told)
    by_matter = any(route.category for route in told)

    def reads_all(route: Route) -> bool:
        general = not (route.category or route.level or route.filer or by_matter)
        return not by_filer and (route.intake or general)

    def name(route: Route) -> Text:
        return route.role or policy.organisation.name

    always = _unique(name(route) for route in told if reads_all(route))
    some = _unique(
        (*(name(route) for route in told), *(each.role for each in handovers(policy, kind)))
    )
    return Readers(always, tuple(role for role in some if role not in always))


def _unique(roles: Iterable[Text]) -> tuple[Text, ...]:
    """Each role once, in their order."""
    found: list[Text] = []
    for role in roles:
        if role not in found:
            found.append(role)
    return tuple(found)


def handovers(policy: Policy, kind: KindId) -> Iterator[Handover]:
    """The routes that have a condition, which staff judge when they pass the case on."""
    for route in _of_kind(policy, kind):
        if route.condition is not None:
            role = policy.role(route.role)
            yield Handover(
                role=role.name, role_id=role.id, condition=route.condition, clause=route.clause
            )


def leaves(
    categories: tuple[Category, ...], above: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Category]]:
    """The categories that a filer can choose, each with the ids of the categories around it."""
    for category in categories:
        if category.children:
            yield from leaves(category.children, (*above, category.id))
        else:
            yield above, category


def _of_kind(policy: Policy, kind: KindId) -> list[RouteFact]:
    return [route for route in policy.routes if route.holds_for(kind)]


def _intake_role(policy: Policy, kind: KindId) -> str | None:
    """The role with a mailbox whose step registers, else receives, what comes by the form."""
    steps = [step for step in policy.steps if step.holds_for(kind) and _is_for_all(step)]
    for act in _INTAKE:
        for step in steps:
            for role in step.role_ids if act in step.acts else ():
                if policy.role(role).mailbox is not None:
                    return role
    return None


def _is_for_all(step: StepFact) -> bool:
    when = step.when
    return not (
        when.category or when.level or when.filer or when.channel or when.branch or when.condition
    )


def _route(
    policy: Policy,
    role_id: str,
    category: str | None = None,
    level: str | None = None,
    filer: str | None = None,
    branch: str | None = None,
    intake: bool = False,
) -> Route:
    role = policy.role(role_id)
    return Route(
        role=role.name,
        role_id=role.id,
        category=category,
        level=level,
        filer=filer,
        branch=branch,
        intake=intake,
    )
