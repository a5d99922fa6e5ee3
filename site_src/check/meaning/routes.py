"""Who handles filings must be who the clauses say."""

from collections.abc import Iterator

from site_src.check.meaning.cited_clause import ENOUGH, CitedClause, names_of_role
from site_src.check.meaning.messages import fact_finding, policy_finding, text_finding
from site_src.check.meaning.role_names import Taking, taking
from site_src.numbers.numbers import find_numbers, grammar_of
from site_src.policy.edition import Edition
from site_src.policy.finding import Finding
from site_src.policy.model.handling import Role, RouteFact, StepFact


def route_findings(cited: CitedClause) -> Iterator[Finding]:
    """Routes to a role that the clause gives nothing to, and roles that no route leads to."""
    policy, lexicon = cited.source.policy, cited.lexicon
    roles = {role.id: role for role in policy.roles}
    for placed in cited.facts:
        fact = placed.fact
        if isinstance(fact, RouteFact) and fact.role in roles:
            role = roles[fact.role]
            if not _find(cited, role, lexicon.handles):
                yield fact_finding(
                    cited,
                    placed,
                    "role",
                    "route-not-in-text",
                    role=cited.words(role.name),
                    text=cited.text,
                )
    yield from _unled(cited, roles)


def _unled(cited: CitedClause, roles: dict[str, Role]) -> Iterator[Finding]:
    """Roles that the clause gives filings to, and to which no route leads."""
    policy, lexicon = cited.source.policy, cited.lexicon
    led = {filer.route for filer in policy.filers} | {branch.route for branch in policy.branches}
    bodies = [cited.words(review.body) for review in policy.reviews]
    for role in roles.values():
        if role.id not in cited.named_roles:
            continue
        named = names_of_role(cited.source, role)
        if not policy.routes and any(
            isinstance(placed.fact, StepFact) and role.id in placed.fact.role_ids
            for placed in cited.facts
        ):
            continue
        if role.id in led or any(body.endswith(name) for name in named for body in bodies):
            continue
        match = _find(cited, role, lexicon.takes) or _first_to_have(cited, role)
        if match is None or find_numbers(match.words, grammar_of(policy.language)):
            continue
        if lexicon.decides.search(match.words) and _has_step(cited, role):
            continue
        at = max(0, match.start - len(cited.around) - 1)
        sentence = cited.text[slice(*cited.sentence(at, lexicon.part_end))]
        if not any(
            _covers(cited, route, sentence) for route in policy.routes if route.role == role.id
        ):
            yield text_finding(cited, at, "route-unclaimed", text=match.words, role=role.id)


def _has_step(cited: CitedClause, role: Role) -> bool:
    """Whether a step says what the role does by the clause: to decide is not to take."""
    return any(
        isinstance(placed.fact, StepFact) and role.id in placed.fact.role_ids
        for placed in cited.facts
    )


def _first_to_have(cited: CitedClause, role: Role) -> Taking | None:
    """Where a role receives filings of a kind that no route takes as a whole."""
    match = _find(cited, role, cited.lexicon.receives)
    if match is None:
        return None
    starts = cited.lexicon.starts_before.finditer(cited.whole)
    if any(start.start() < match.end <= start.end() for start in starts):
        return None
    at = max(0, match.start - len(cited.around) - 1)
    here = cited.kinds_of(cited.text[slice(*cited.sentence(at))])
    taken = any(
        _is_for_all(route) and (route.kind is None or not here or route.kind in here)
        for route in cited.source.policy.routes
    )
    return None if taken else match


def _covers(cited: CitedClause, route: RouteFact, sentence: str) -> bool:
    """Whether a route of another clause says what the sentence says of its role."""
    if route.clause == cited.clause.id:
        return True
    here = cited.kinds_of(sentence)
    if route.kind is not None and here and route.kind not in here:
        return False
    if route.condition is not None:
        return cited.share(cited.words(route.condition), sentence) >= ENOUGH
    if route.level is not None:
        levels = [
            cited.words(one.name) for one in cited.source.policy.levels if one.id == route.level
        ]
        return any(cited.share(name, sentence) >= ENOUGH for name in levels)
    return True


def takes(cited: CitedClause, role: Role, text: str) -> bool:
    """Whether the text gives filings to the role."""
    return any(taking(cited, role, cited.lexicon.takes, text))


def _is_for_all(route: RouteFact) -> bool:
    return route.condition is None and route.category is None and route.level is None


def _find(cited: CitedClause, role: Role, pattern: str) -> Taking | None:
    """Where the clause says this of the role."""
    return next(taking(cited, role, pattern, cited.whole), None)


def repeated_routes(source: Edition) -> Iterator[Finding]:
    """Routes that both take every filing of a kind."""
    routes: list[RouteFact] = []
    for placed in source.facts:
        fact = placed.fact
        if not isinstance(fact, RouteFact) or not _is_for_all(fact):
            continue
        for other in routes:
            if _both(fact, other):
                yield policy_finding(
                    source,
                    placed,
                    "role",
                    "route-repeated",
                    role=fact.role,
                    other=other.role,
                    place=other.clause,
                )
        routes.append(fact)


def _both(route: RouteFact, other: RouteFact) -> bool:
    """Whether two routes of different clauses and roles take the same filings."""
    return (
        other.role != route.role
        and other.clause != route.clause
        and (route.kind is None or other.kind is None or route.kind == other.kind)
    )
