"""What stops the clock must be what the clauses say stops it."""

import re
from collections.abc import Iterator

from site_src.check.meaning.cited_clause import CitedClause, parts
from site_src.check.meaning.messages import fact_finding, text_finding
from site_src.policy.facts import PlacedFact
from site_src.policy.finding import Finding
from site_src.policy.model.limits import LimitFact, SuspensionFact

_NAMED = 0.65
"""The share of an event's words that a clause must say to name it."""

_PLAINLY = 0.3
"""How much better two events must fit the other way round to be said that way."""


def suspension_findings(cited: CitedClause) -> Iterator[Finding]:
    """Suspensions that the clause does not say, and those that no fact says."""
    lexicon = cited.lexicon
    here = False
    for placed in cited.facts:
        if isinstance(placed.fact, SuspensionFact):
            here = True
            yield from _check(cited, placed, placed.fact)
    if here or not any(_stops_for(limit) for limit in cited.source.policy.limits):
        return
    for at, sentence in parts(cited.text, lexicon.part_end):
        if (match := lexicon.stops.search(sentence)) and not lexicon.free_days.search(sentence):
            yield text_finding(cited, at + match.start(), "suspension-unclaimed", text=match[0])


def _check(cited: CitedClause, placed: PlacedFact, fact: SuspensionFact) -> Iterator[Finding]:
    lexicon, text = cited.lexicon, cited.text
    anew = lexicon.restarts.search(text)
    if not lexicon.stops.search(text) and not (fact.restarts and anew):
        yield _wrong(cited, placed, "text", cited.words(fact.text))
        return
    if fact.restarts != (anew is not None):
        key = "restarts" if fact.restarts else "text"
        yield _wrong(cited, placed, key, f"restarts: {str(fact.restarts).lower()}")
    for key, id in (("from", fact.begins), ("until", fact.ends)):
        if not _names(cited, id):
            yield _wrong(cited, placed, key, id)
    if _swapped(cited, fact):
        yield _wrong(cited, placed, "from", f"from: {fact.begins}, until: {fact.ends}")
    limits = {limit.id: limit for limit in cited.source.policy.limits}
    for id in fact.limits:
        if id in limits and (not _stops_for(limits[id]) or _of_other(cited, limits[id])):
            yield _wrong(cited, placed, "limits", id)


def _wrong(cited: CitedClause, placed: PlacedFact, key: str, words: str) -> Finding:
    return fact_finding(cited, placed, key, "suspension-not-in-text", words=words, text=cited.text)


def _stops_for(limit: LimitFact) -> bool:
    """Whether a clock can stop for the limit: it is a length that the organisation must keep."""
    return limit.party == "organisation" and not limit.recurring and limit.value is not None


def _of_other(cited: CitedClause, limit: LimitFact) -> bool:
    """Whether the clause names the clauses whose limits stop, and the limit's is none of them."""
    named = [
        match["clause"]
        for match in cited.lexicon.limit_of.finditer(cited.text)
        if any(match["clause"] == clause.id for clause in cited.source.clauses)
    ]
    return bool(named) and not any(limit.clause.startswith(clause) for clause in named)


def _event(cited: CitedClause, id: str) -> str | None:
    """The name of one of the policy's own events without what every event's says."""
    for event in cited.source.policy.events:
        if event.id == id:
            return re.sub(r"之日|之时|当日|届满", "", cited.words(event.name))
    return None


def _names(cited: CitedClause, id: str) -> bool:
    """Whether the clause speaks of the event."""
    name = _event(cited, id)
    if name is not None:
        return cited.share(name, cited.text) >= _NAMED
    return any(
        event == id and pattern.search(cited.text) for event, pattern in cited.lexicon.events
    )


def _swapped(cited: CitedClause, fact: SuspensionFact) -> bool:
    """Whether the clause says the event that ends the stop before the one that begins it."""
    begins, ends = _event(cited, fact.begins), _event(cited, fact.ends)
    if begins is None or ends is None:
        return False
    fit = {True: 0.0, False: 0.0}
    for at in cited.lexicon.turns.finditer(cited.text):
        left, right = cited.text[: at.start()], cited.text[at.end() :]
        right_way = cited.share(begins, left) + cited.share(ends, right)
        other_way = cited.share(ends, left) + cited.share(begins, right)
        fit[True] = max(fit[True], right_way - other_way)
        fit[False] = max(fit[False], other_way - right_way)
    return fit[False] > fit[True] + _PLAINLY
