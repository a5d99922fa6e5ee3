"""Who handles filings must be who the clauses say."""

import re
from collections.abc import Iterator

from site_src.check.meaning.cited_clause import CitedClause, role_names
from site_src.check.meaning.messages import fact_finding, text_finding
from site_src.policy.finding import Finding
from site_src.policy.model.handling import Role, RouteFact
from site_src.policy.model.limits import LimitFact


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
    led = {one.route for one in (*policy.filers, *policy.branches)}
    led |= {route.role for route in policy.routes}
    bodies = [cited.words(review.body) for review in policy.reviews]
    bound = {one.fact.role for one in cited.facts if isinstance(one.fact, LimitFact)}
    patterns = [lexicon.takes]
    if not any(_is_for_all(route) for route in policy.routes):
        patterns.append(lexicon.receives)
    for role in roles.values():
        named = role_names(cited.source, role)
        if role.id in led | bound or any(name in body for name in named for body in bodies):
            continue
        match = next(filter(None, (_find(cited, role, pattern) for pattern in patterns)), None)
        if match:
            yield text_finding(
                cited,
                max(0, match.start() - len(cited.around) - 1),
                "route-unclaimed",
                text=match[0],
                role=role.id,
            )


def _is_for_all(route: RouteFact) -> bool:
    return route.condition is None and route.category is None and route.level is None


def _find(cited: CitedClause, role: Role, pattern: str) -> re.Match[str] | None:
    """Where the clause says this of the role."""
    names = "|".join(map(re.escape, role_names(cited.source, role)))
    pattern = pattern.replace("{role}", f"(?:{names})")
    return re.search(pattern, cited.whole, re.IGNORECASE)
