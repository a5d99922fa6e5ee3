"""Rules on a policy as a whole: each kind has its filers, and one route takes what is left."""

from collections.abc import Iterator

from site_src.check.meaning.messages import clause_finding, policy_finding
from site_src.policy.clauses import Clause
from site_src.policy.facts import PlacedFact, facts
from site_src.policy.finding import Finding
from site_src.policy.load import Edition
from site_src.policy.model.filing import KindFact
from site_src.policy.model.handling import RouteFact


_LISTED = {"filers", "channels", "formalities", "reviews", "categories"}


def whole_findings(source: Edition) -> Iterator[Finding]:
    """Kinds that nobody may file, and routes that both take every filing."""
    routes: list[PlacedFact] = []
    for placed in facts(source.policy):
        fact = placed.fact
        if isinstance(fact, KindFact):
            if not any(filer.holds_for(fact.id) for filer in source.policy.filers):
                name = fact.name.words(source.policy.language)
                yield policy_finding(source, placed, "id", "filer-missing", kind=name, id=fact.id)
        if isinstance(fact, RouteFact) and _is_for_all(fact):
            for other in routes:
                if _both(fact, other.fact):
                    yield policy_finding(
                        source, placed, "role", "route-repeated", role=fact.role,
                        other=getattr(other.fact, "role", ""), place=other.fact.clause,
                    )
            routes.append(placed)
    yield from _items(source)


def _items(source: Edition) -> Iterator[Finding]:
    """Items of a list that no fact cites, where facts of one list cite all others."""
    citing: dict[str, set[str]] = {}
    for placed in facts(source.policy):
        list = "filers" if placed.list == "representatives" else placed.list
        citing.setdefault(placed.fact.clause, set()).add(list)
    groups: dict[str, list[Clause]] = {}
    for clause in source.clauses:
        outer = clause.id.removesuffix(clause.label)
        if outer != clause.id and outer and not clause.heading:
            groups.setdefault(outer, []).append(clause)
    heads = {clause.id: clause.words.strip() for clause in source.clauses}
    for outer, group in groups.items():
        if not heads.get(outer.removesuffix("、"), "").endswith(("：", ":")):
            continue
        lacking = [clause for clause in group if clause.id not in citing]
        cited = [citing[clause.id] for clause in group if clause.id in citing]
        if len(lacking) == 1 and cited and (common := sorted(set.intersection(*cited) & _LISTED)):
            clause = lacking[0]
            values = {"text": clause.words, "list": common[0]}
            yield clause_finding(clause, "listed-unclaimed", **values)


def _is_for_all(route: RouteFact) -> bool:
    return route.condition is None and route.category is None and route.level is None


def _both(route: RouteFact, other: object) -> bool:
    """Whether two routes of different clauses and roles take the same filings."""
    return (
        isinstance(other, RouteFact)
        and other.role != route.role
        and other.clause != route.clause
        and (route.kind is None or other.kind is None or route.kind == other.kind)
    )
