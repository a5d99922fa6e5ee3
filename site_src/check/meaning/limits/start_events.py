"""Which events the words of a start, or of an author's note, can be."""

import re

from site_src.check.meaning.cited_clause import CitedClause, parts
from site_src.check.meaning.limits.occurrences import LENGTHS, Claim
from site_src.policy.model.limits import EventFact, LimitFact

_NAMED_ENOUGH = 0.7
"""The share of a named event's words that a start must say."""

_WHOLE = 0.9
"""The share that is all but a character: 收到申请 in 收到复核申请."""


def classify(cited: CitedClause, limit: LimitFact, words: str) -> frozenset[str]:
    """The events that the words of a start can be, first those that the policy names."""
    policy = cited.source.policy
    named = {
        event.id: share + cited.share(words, event_words(cited, event))
        for event in policy.events
        if (share := cited.share(event_words(cited, event), words)) >= _NAMED_ENOUGH
    }
    if named:
        best = max(named.values())
        return frozenset(id for id, share in named.items() if share == best)
    return _built_in(cited, limit, words) | _fuller(cited, limit, words)


def _fuller(cited: CitedClause, limit: LimitFact, words: str) -> frozenset[str]:
    """The events whose names say more than the start, in words that clause or review say."""
    begins = list(cited.lexicon.start_begins.finditer(words))
    # 主任自收到申请: the subject stands before.
    words = words[begins[-1].end() :] if begins else words
    if cited.share(words, "") == 1:
        return frozenset()
    reviews = [one for one in cited.source.policy.reviews if limit.id in one.limits]
    said = "\n".join((cited.text, *(cited.words(one.text) for one in reviews)))
    return frozenset(
        event.id
        for event in cited.source.policy.events
        if cited.share(words, name := event_words(cited, event)) >= _WHOLE
        and cited.share(name, said) >= _WHOLE
    )


def _built_in(cited: CitedClause, limit: LimitFact, words: str) -> frozenset[str]:
    """The built-in events that the words of a start can be; the most specific wins."""
    policy = cited.source.policy
    found = [event for event, pattern in cited.lexicon.events if pattern.search(words)]
    if not found:
        return frozenset()
    first = found[0]
    in_review = any(limit.id in review.limits for review in policy.reviews)
    if first == "dissatisfied" and limit.party == "filer":
        # What a filer is dissatisfied with is what they may act on.
        following = [
            event for event in found[1:] if event in ("report", "answered_again", "decision")
        ]
        if following[:1] in ([], ["decision"]):
            return _decision(cited, limit, words, in_review) | {"dissatisfied"}
        return frozenset((*following[:1], "dissatisfied"))
    if first == "answered_again" and limit.party != "filer" and "dissatisfied" in found:
        return frozenset({"dissatisfied"})
    if first == "answered_again" and cited.lexicon.final.search(words):
        return frozenset({first}) | _decision(cited, limit, words, in_review)
    if first == "appealed" and any(kind.id == "appeal" for kind in policy.kinds):
        own = limit.only_for
        return frozenset({"received"} if own == "appeal" else {"appealed", "received"})
    if first == "decision":
        return _decision(cited, limit, words, in_review)
    if first == "received" and in_review:
        asked = cited.lexicon.asks.search(words)
        return frozenset({"appealed"} if asked else {"appealed", "received"})
    return frozenset({first})


def _decision(cited: CitedClause, limit: LimitFact, words: str, in_review: bool) -> frozenset[str]:
    """Whether the decision itself or its receipt starts a limit.

    Receipt is the ruling; but the receipt of what an appeal is against is the decision's date.
    """
    got = cited.lexicon.got.search(words) is not None
    own = limit.only_for
    if got and (in_review or limit.party != "filer"):
        return frozenset({"ruling"})
    if in_review or (got and own not in ("appeal", "objection")):
        return frozenset({"decision", "ruling"})
    return frozenset({"decision"})


def event_words(cited: CitedClause, event: EventFact) -> str:
    """An event's name without what every start says."""
    return re.sub(r"之日|之时|当日|届满", "", cited.words(event.name))


def note_events(cited: CitedClause, limit: LimitFact, note: str) -> frozenset[str]:
    """The events that a note names."""
    named = {
        event.id
        for event in cited.source.policy.events
        if cited.share(event_words(cited, event), note) >= _NAMED_ENOUGH
    }
    if re.search(r"没有写明|未写明|未明确|没有说明|does not say|not stated|names no", note):
        return frozenset(named)
    return frozenset(
        named | {event for event, pattern in cited.lexicon.events if pattern.search(note)}
    )


def earlier_events(cited: CitedClause, claim: Claim, start: str) -> frozenset[str]:
    """The events that a sentence names between the words of a start and a length.

    材料不全的，客服部在两日内告知，投诉人在五日内补齐: the five days run from 告知. Without another
    length between, only events that the policy names count.
    """
    lexicon, number = cited.lexicon, claim.number
    first, _ = cited.sentence(number.start)
    begins = cited.text.find(start, first) if start else first
    begins = begins + len(start) if first <= begins < number.start else first
    lengths = [
        other.end
        for other in cited.numbers
        if other.kind in LENGTHS and begins <= other.start and other.end <= number.start
    ]
    found: set[str] = set()
    for at, segment in parts(cited.text[begins : number.start], lexicon.segment_end):
        last = begins + at + len(segment) == number.start
        timed = any(begins + at < end <= begins + at + len(segment) for end in lengths)
        if lexicon.negative.search(segment) or (last and not timed):
            continue
        found |= {
            event.id
            for event in cited.source.policy.events
            if cited.share(happening(cited, event), segment) >= _NAMED_ENOUGH
        }
        if timed:
            acts = [event for event, pattern in lexicon.events if pattern.search(segment)]
            found |= set(acts[:1]) - {"received"}
    return frozenset(found)


def happening(cited: CitedClause, event: EventFact) -> str:
    """An event's name without that somebody gets it: 告知 of 收到告知之日."""
    return re.sub(r"^(?:收到|接到|接获)(?=.)", "", event_words(cited, event))
