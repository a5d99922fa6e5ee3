"""Where a filer can go next must be where the clauses say."""

from collections.abc import Iterator

from site_src.check.meaning.cited_clause import CitedClause, parts, role_names
from site_src.check.meaning.messages import fact_finding, text_finding
from site_src.policy.finding import Finding
from site_src.policy.model.reviews import ReviewFact


def review_findings(cited: CitedClause) -> Iterator[Finding]:
    """Reviews on the wrong side, and ways to go next that no review says."""
    policy, lexicon = cited.source.policy, cited.lexicon
    own = [
        *(name for role in policy.roles for name in role_names(cited.source, role)),
        cited.words(policy.organisation.name),
    ]
    here = False
    for placed in cited.facts:
        fact = placed.fact
        if not isinstance(fact, ReviewFact):
            continue
        here = True
        body = cited.words(fact.body)
        inside = any(name.lower() in body.lower() or body.lower() in name.lower() for name in own)
        outside = lexicon.outside.search(body) is not None and not inside
        if (fact.inside and outside) or (not fact.inside and inside):
            side = "outside" if outside else "inside"
            yield fact_finding(
                cited, placed, "inside", "review-side", words=body, side=side,
                inside=str(fact.inside).lower(), text=cited.text,
            )
    if here:
        return
    for at, sentence in parts(cited.text, lexicon.sentence_end):
        if match := lexicon.reviews.search(sentence):
            yield text_finding(cited, at + match.start(), "review-unclaimed", text=sentence)
