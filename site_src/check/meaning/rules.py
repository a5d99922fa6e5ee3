"""Runs every rule on meaning over the clauses of an edition."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from site_src.check.meaning.channels import channel_findings
from site_src.check.meaning.cited_clause import CitedClause, called_roles
from site_src.check.meaning.conditions import condition_findings
from site_src.check.meaning.filers import filer_findings
from site_src.check.meaning.formalities import formality_findings
from site_src.check.meaning.kinds import kind_findings, kinds_without_filers
from site_src.check.meaning.levels import level_findings
from site_src.check.meaning.limits.actors import actor_findings
from site_src.check.meaning.limits.markers import marker_findings
from site_src.check.meaning.limits.occurrences import claims, occurrence_findings
from site_src.check.meaning.limits.parties import party_findings
from site_src.check.meaning.limits.starts import start_findings
from site_src.check.meaning.limits.suspensions import suspension_findings
from site_src.check.meaning.listed import listed_findings, uncited_items
from site_src.check.meaning.reviews import review_findings
from site_src.check.meaning.routes import repeated_routes, route_findings
from site_src.check.meaning.single_facts.details import detail_findings
from site_src.check.meaning.single_facts.negations import negation_findings
from site_src.check.meaning.single_facts.refusals import refusal_findings
from site_src.check.meaning.single_facts.representatives import representative_findings
from site_src.check.meaning.wording import wording_findings
from site_src.policy.clauses import Clause
from site_src.policy.edition import Edition
from site_src.policy.facts import PlacedFact
from site_src.policy.finding import Finding

_RULES = (
    negation_findings,
    suspension_findings,
    representative_findings,
    refusal_findings,
    channel_findings,
    formality_findings,
    review_findings,
    filer_findings,
    route_findings,
    kind_findings,
    detail_findings,
    listed_findings,
)


def meaning_findings(source: Edition, clauses: Iterable[CitedClause]) -> Iterator[Finding]:
    """The findings where facts and text differ in what they mean; `clauses` are all of them."""
    for cited in clauses:
        claimed = claims(cited)
        yield from occurrence_findings(cited, claimed)
        yield from start_findings(cited, claimed)
        yield from marker_findings(cited, claimed)
        yield from actor_findings(cited, claimed)
        yield from party_findings(cited, claimed)
        yield from condition_findings(cited, claimed)
        yield from level_findings(cited, claimed)
        yield from wording_findings(cited, claimed)
        for rule in _RULES:
            yield from rule(cited)
    yield from kinds_without_filers(source)
    yield from repeated_routes(source)
    yield from uncited_items(source)


def cited_clauses(source: Edition) -> Iterator[CitedClause]:
    """Each clause with the facts that cite it; a number that is repeated counts once."""
    citing: defaultdict[str, list[PlacedFact]] = defaultdict(list)
    for placed in source.facts:
        citing[placed.fact.clause].append(placed)
    seen: set[str] = set()
    called = called_roles(source)
    for clause in source.clauses:
        if clause.id not in seen:
            seen.add(clause.id)
            around = "\n".join(outer.lines[0].words for outer in _outer(source, clause))
            yield CitedClause(source, clause, tuple(citing[clause.id]), around, called)


def _outer(source: Edition, clause: Clause) -> Iterator[Clause]:
    """The clauses that this one stands in, by their numbers."""
    for other in source.clauses:
        inside = clause.id.startswith(other.id) and clause.id != other.id
        following = clause.id[len(other.id) :][:1]
        if inside and (
            following in tuple(".、（(") or (following.isdigit() and not other.id[-1].isdigit())
        ):
            yield other
