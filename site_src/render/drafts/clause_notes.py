"""Puts each finding of a draft beside its clause, on the page of the procedure."""

from collections.abc import Iterable, Mapping

from jinja2 import Environment
from markupsafe import Markup

from site_src.bilingual import author_language_of
from site_src.languages import SiteLanguage
from site_src.policy.edition import Edition
from site_src.policy.finding import Finding
from site_src.render.drafts.shown_findings import shown_findings


def beside_clauses(
    env: Environment, tongue: SiteLanguage, edition: Edition, findings: Iterable[Finding]
) -> Mapping[str, Markup]:
    """What stands after each clause of the edition that has findings."""
    by_clause: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.clause and finding.file.parent == edition.folder:
            by_clause.setdefault(finding.clause, []).append(finding)
    if not by_clause:
        return {}
    language, template = author_language_of(tongue.language), env.get_template("drafts/clause.html")
    return {
        clause: Markup(template.render(findings=shown_findings(found, language), spoken=language))
        for clause, found in by_clause.items()
    }
