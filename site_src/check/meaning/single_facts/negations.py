"""A fact must negate what its clause negates, and nothing else."""

from collections.abc import Iterator

from site_src.check.meaning.cited_clause import CitedClause
from site_src.check.meaning.messages import fact_finding
from site_src.check.words.negation import inversions
from site_src.policy.finding import Finding
from site_src.policy.model.handling import Role

_DECLARED = {"words", "note", "question"}
"""Texts that are the organisation's own, not the procedure's."""


def negation_findings(cited: CitedClause) -> Iterator[Finding]:
    """Texts of facts that say the opposite of what their clause says."""
    language = cited.source.policy.language
    for placed in cited.facts:
        fact = placed.fact
        # A duty sums up the whole procedure; refused anonymity has a finding of its own.
        if isinstance(fact, Role) or vars(fact).get("type") == "anonymous_allowed":
            continue
        for key, text in placed.texts:
            if key in _DECLARED:
                continue
            for found in inversions(cited.words(text), cited.whole, language):
                # What holds otherwise may be said by the alternative alone.
                if key == "when" and found.added and cited.lexicon.otherwise.search(cited.text):
                    continue
                yield fact_finding(
                    cited, placed, key, "negation-differs", words=found.own, text=found.other
                )
                break
