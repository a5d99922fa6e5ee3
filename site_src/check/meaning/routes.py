"""Who handles filings must be who the clauses say."""

import re
from collections.abc import Iterator

from site_src.check.meaning.cited_clause import CitedClause, parts, role_names
from site_src.check.meaning.messages import fact_finding, text_finding
from site_src.policy.finding import Finding
from site_src.policy.model.handling import Role, RouteFact


def route_findings(cited: CitedClause) -> Iterator[Finding]:
    """Routes to a role that the clause gives nothing to, and roles that no route leads to."""
    roles = {role.id: role for role in cited.source.policy.roles}
    for placed in cited.facts:
        fact = placed.fact
        if isinstance(fact, RouteFact) and fact.role in roles:
            role = roles[fact.role]
            if not _handles(cited, role):
                yield fact_finding(
                    cited, placed, "role", "route-not-in-text",
                    role=cited.words(role.name), text=cited.text,
                )


def _handles(cited: CitedClause, role: Role) -> bool:
    """Whether the clause gives filings to the role."""
    names = "|".join(map(re.escape, role_names(cited.source, role)))
    pattern = cited.lexicon.handles.replace("{role}", f"(?:{names})")
    return re.search(pattern, cited.whole, re.IGNORECASE) is not None
