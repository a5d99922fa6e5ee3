"""How a length is meant must be said beside it: before an event, as an extension, as a minimum."""

from collections.abc import Iterator

from functions.model.contract.terms import BUILT_IN
from site_src.check.meaning.cited_clause import CitedClause
from site_src.check.meaning.limits.occurrences import Claim
from site_src.check.meaning.limits.start_events import event_words
from site_src.check.meaning.messages import fact_finding
from site_src.policy.finding import Finding
from site_src.policy.model.limits import LimitFact

_NAMED = 0.6
"""The share of an event's words that a sentence must say to name it."""

_BESIDE = 9
"""Characters around a length among which a word that adds it stands."""

_ALIKE = 0.8
"""The share of an action's words that another must say to be the same act."""


def marker_findings(cited: CitedClause, claimed: tuple[Claim, ...]) -> Iterator[Finding]:
    """`before`, `extends` and `not_before` that the clause does not say, or not so."""
    for claim in claimed:
        yield from _markers(cited, claim)
        if claim.limit.before is not None:
            yield from _event(cited, claim, claim.limit.before)
        if claim.limit.extends is not None:
            yield from _extended(cited, claim, claim.limit.extends)


def _markers(cited: CitedClause, claim: Claim) -> Iterator[Finding]:
    """The markers need their words, and their words need them."""
    limit, number, lexicon = claim.limit, claim.number, cited.lexicon
    first, last = cited.sentence(number.start)
    left, right = cited.text[first : number.start], cited.text[number.end : last]
    near = cited.text[slice(*cited.sentence(number.start, lexicon.part_end))]
    beside = left[-_BESIDE:] + number.words + right[:_BESIDE]
    before = lexicon.before.search(right[:40]) or lexicon.before.search(left[-6:])
    notice = lexicon.notice.search(right[:40]) or lexicon.notice.search(left)
    least = lexicon.earliest if limit.before is not None else lexicon.least
    said = {
        "before": bool(before or notice or lexicon.anywhere_before.search(near)),
        "extends": bool(lexicon.extends.search(near) or lexicon.adds.search(beside)),
        "not_before": bool(least.search(left) or lexicon.waits.match(right)),
    }
    has = {
        "before": limit.before is not None,
        "extends": limit.extends is not None,
        "not_before": limit.not_before,
    }
    for key, given in has.items():
        if given and not said[key]:
            yield _wrong(cited, claim, key, key, near)
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


def _event(cited: CitedClause, claim: Claim, id: str) -> Iterator[Finding]:
    """A limit that ends before an event needs the event's name in its sentence."""
    near = cited.text[slice(*cited.sentence(claim.number.start))]
    if not cited.lexicon.anywhere_before.search(near):
        # Notice is given before what the clauses around tell of.
        return
    if id in BUILT_IN:
        first, last = cited.sentence(claim.number.start, cited.lexicon.segment_end)
        beside = f"{cited.text[first : claim.number.start]} … {cited.text[claim.number.end : last]}"
        found = cited.lexicon.before_event.search(beside)
        words = found["event"] if found else beside
        said = any(event == id and pattern.search(words) for event, pattern in cited.lexicon.events)
    else:
        names = [
            event_words(cited, event) for event in cited.source.policy.events if event.id == id
        ]
        said = not names or cited.share(names[0], near) >= _NAMED
    if not said:
        yield _wrong(cited, claim, "before", f"before: {id}", near)


def _extended(cited: CitedClause, claim: Claim, id: str) -> Iterator[Finding]:
    """What is extended stands before the extension: in its clause, or nearest above it."""
    policy = cited.source.policy
    limits = {limit.id: limit for limit in policy.limits}
    seen = {claim.limit.id}
    # What extends an extension extends the limit below both.
    while id in limits and limits[id].extends is not None and id not in seen:
        seen.add(id)
        id = str(limits[id].extends)
    base = limits.get(id)
    if base is None:
        return
    order = {clause.id: at for at, clause in enumerate(cited.source.clauses)}
    candidates = [
        limit
        for limit in policy.limits
        if limit.extends is None
        and limit.value is not None
        and not limit.recurring
        and limit.party == base.party
        and limit.clause in order
    ]
    text = cited.text[: claim.number.start]
    here = [limit for limit in candidates if limit.clause == cited.clause.id]
    before = [limit for limit in here if _says_length(cited, limit, claim)]
    if before:
        right = base in before
    elif base.clause == cited.clause.id:
        right = True
    else:
        above = [limit for limit in candidates if order[limit.clause] < order[cited.clause.id]]
        nearest = max(above, key=lambda limit: order[limit.clause], default=None)
        own = cited.words(base.action)
        right = base in above and (
            nearest is None
            or base.clause == nearest.clause
            or base.clause in text
            or cited.share(own, cited.words(nearest.action)) >= _ALIKE
            or cited.share(own, cited.text) >= _ALIKE
        )
    levels = {base.level_id, claim.limit.level_id} - {None}
    if not right or len(levels) > 1:
        yield _wrong(cited, claim, "extends", f"extends: {id}", cited.text)


def _says_length(cited: CitedClause, limit: LimitFact, claim: Claim) -> bool:
    """Whether the clause says a limit's length before the extension."""
    return any(
        number.duration is not None
        and number.end <= claim.number.start
        and (number.duration.value, number.duration.unit) == (limit.value, limit.unit)
        for number in cited.numbers
    )


def _wrong(cited: CitedClause, claim: Claim, key: str, marker: str, text: str) -> Finding:
    return fact_finding(
        cited,
        claim.placed,
        key,
        "marker-not-in-text",
        length=claim.number.words,
        marker=marker,
        text=text,
    )
