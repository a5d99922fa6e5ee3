"""Who may file must be who the clauses say."""

from collections.abc import Iterator

from site_src.check.meaning.cited_clause import CitedClause
from site_src.policy.finding import Finding


def filer_findings(cited: CitedClause) -> Iterator[Finding]:
    """People who may file and whom no filer says."""
    return iter(())
