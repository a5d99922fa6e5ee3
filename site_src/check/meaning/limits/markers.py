"""Words such as before, at least and extend need their key, and the key needs its words."""

from collections.abc import Iterator

from site_src.check.meaning.cited_clause import CitedClause
from site_src.check.meaning.limits.occurrences import Claim
from site_src.check.meaning.messages import fact_finding
from site_src.policy.finding import Finding


def marker_findings(cited: CitedClause, claim: Claim) -> Iterator[Finding]:
    """`before`, `extends` and `not_before` need their words, and their words need them."""
    limit, number, lexicon = claim.limit, claim.number, cited.lexicon
    first, last = cited.sentence(number.start)
    left, right = cited.text[first : number.start], cited.text[number.end : last]
    near = cited.text[slice(*cited.sentence(number.start, lexicon.part_end))]
    before = lexicon.before.search(right[:40]) or (lexicon.before.search(left[-6:]))
    notice = lexicon.notice.search(right[:40]) or lexicon.notice.search(left)
    said = {
        "before": bool(before or notice or lexicon.anywhere_before.search(near)),
        "extends": bool(lexicon.extends.search(near)),
        "not_before": bool(lexicon.not_before.search(near)),
    }
    has = {
        "before": limit.before is not None,
        "extends": limit.extends is not None,
        "not_before": limit.not_before,
    }
    for key, given in has.items():
        if given and not said[key]:
            yield fact_finding(
                cited,
                claim.placed,
                key,
                "marker-not-in-text",
                length=number.words,
                marker=key,
                text=near,
            )
    bounded = limit.by is None and not limit.recurring and not limit.not_before
    if before and not has["before"] and bounded:
        yield fact_finding(
            cited,
            claim.placed,
            "from",
            "marker-unclaimed",
            length=number.words,
            marker="before",
            text=near,
        )
