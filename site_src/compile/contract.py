"""Compiles a policy into the contract that intake works by."""

from collections.abc import Iterator

from functions.model.contract.contract import Contract
from functions.model.contract.kind import Kind, Review, Route
from functions.model.contract.limit import Limit
from functions.model.contract.terms import KindId, StaffAct
from functions.model.deadlines.calendar import Calendar
from functions.model.language import Language
from site_src.compile.form_fields import fields, is_anonymous
from site_src.policy.model import Category, LimitFact, Policy, RouteFact
from site_src.policy.terms import Act

_KEEPS: dict[Act, StaffAct] = {
    "acknowledge": "acknowledged",
    "register": "registered",
    "assign": "forwarded",
    "decide": "decision",
    "answer": "decision",
    "notify": "decision",
}
"""What staff record when they do what the procedure calls so; the other acts leave no record of
their own."""


def compile_contract(
    policy: Policy, kinds: dict[KindId, Kind], calendar: Calendar, pages: dict[Language, str]
) -> Contract:
    """The contract of this version.

    `kinds` is what `compile_kind` made of each kind, `pages` the digests of its pages.
    """
    return Contract(
        organisation=policy.id,
        name=policy.organisation.name,
        version=policy.version,
        prefix=policy.organisation.prefix,
        timezone=policy.organisation.timezone,
        hours=policy.organisation.hours,
        kinds=kinds,
        calendar=calendar,
        pages=pages,
        retention_years=policy.privacy.retention_years,
    )


def compile_kind(policy: Policy, kind: KindId) -> Kind:
    """What holds for one kind of filing."""
    return Kind(
        name=next(fact.name for fact in policy.kinds if fact.id == kind),
        fields=fields(policy, kind),
        limits=tuple(_limit(policy, fact) for fact in policy.limits if fact.holds_for(kind)),
        reviews=tuple(
            Review(
                body=review.body, inside=review.inside, clause=review.clause, limits=review.limits
            )
            for review in policy.reviews
            if review.holds_for(kind)
        ),
        routes=tuple(_routes(policy, kind)),
        attachments=policy.attachments if policy.attachments.most else None,
        anonymous=is_anonymous(policy, kind),
    )


def _limit(policy: Policy, fact: LimitFact) -> Limit:
    return Limit(
        id=fact.id,
        value=fact.value,
        unit=fact.unit,
        starts=fact.starts,
        party=fact.party,
        action=fact.action,
        role=policy.role(fact.role).name if fact.role else None,
        clause=fact.clause,
        within_hours=fact.within_hours,
        note=fact.note,
        recurring=fact.recurring,
        level=fact.level,
        kept_by=tuple(_kept_by(policy, fact)),
        in_review=any(fact.id in review.limits for review in policy.reviews),
    )


def _kept_by(policy: Policy, fact: LimitFact) -> Iterator[StaffAct]:
    """The acts that keep a limit of the organisation; what is asked inside ends in an answer."""
    if fact.party != "organisation":
        return
    kept_by = [_KEEPS[act] for act in fact.acts if act in _KEEPS]
    if any(fact.id in review.limits for review in policy.reviews if review.inside):
        kept_by.append("decision")
    yield from dict.fromkeys(kept_by)


def _routes(policy: Policy, kind: KindId) -> Iterator[Route]:
    """The routes of each category that has its own, then those of everything else.

    A route with a condition in words but without category or level is for people to apply.
    """
    held = [route for route in policy.routes if route.holds_for(kind)]
    for above, category in _leaves(policy.categories):
        named = {*above, category.id}
        own = [route for route in held if route.category in named] or [
            route for route in held if route.level and route.level == category.level
        ]
        for route in own:
            yield _route(policy, route, category.id)
    general = [route for route in held if not (route.category or route.level or route.condition)]
    for route in general:
        yield _route(policy, route)
    if not general:
        yield Route(role=None, address=policy.organisation.mailbox)


def _route(policy: Policy, fact: RouteFact, category: str | None = None) -> Route:
    role = policy.role(fact.role)
    return Route(
        role=role.name, address=role.mailbox or policy.organisation.mailbox, category=category
    )


def _leaves(
    categories: tuple[Category, ...], above: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Category]]:
    """The categories that can be chosen, each with the ids of those it is nested in."""
    for category in categories:
        if category.children:
            yield from _leaves(category.children, (*above, category.id))
        else:
            yield above, category
