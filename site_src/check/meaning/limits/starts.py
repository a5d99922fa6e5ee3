"""What a time limit runs from must be what its clause says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from functions.model.contract.terms import BUILT_IN
from site_src.check.meaning.cited_clause import CitedClause, parts
from site_src.check.meaning.limits.cases import own_case
from site_src.check.meaning.limits.occurrences import LENGTHS, Claim
from site_src.check.meaning.limits.start_events import classify, earlier_events, note_events
from site_src.check.meaning.messages import fact_finding
from site_src.policy.finding import Finding
from site_src.policy.model.limits import LimitFact


@dataclass(frozen=True)
class ReadStart:
    """What a clause says of a start: the words, the events they can be, and how plainly."""

    words: str
    events: frozenset[str]
    stated: bool


def start_findings(cited: CitedClause, claimed: tuple[Claim, ...]) -> Iterator[Finding]:
    """Limits that run from something else than their clause says."""
    for claim in claimed:
        limit = claim.limit
        if limit.by is not None or limit.before is not None or limit.extends is not None:
            continue
        if limit.recurring:
            if limit.starts != "each_period":
                yield _wrong(
                    cited, claim, ReadStart(claim.number.words, frozenset({"each_period"}), True)
                )
            continue
        yield from _check_start(cited, claim, find_start(cited, claim))


def _check_start(cited: CitedClause, claim: Claim, start: ReadStart | None) -> Iterator[Finding]:
    limit = claim.limit
    names = limit.later_of or (limit.starts,)
    note = cited.words(limit.note) if limit.note else None
    if not (start and start.stated) and (later := _later_start(cited, claim, start, note)):
        if set(names) <= later.events:
            return
        start = start and ReadStart(later.words, start.events | later.events, False)
    if start is None:
        if names == ("unstated",):
            if note and (events := note_events(cited, limit, note)):
                yield _wrong(cited, claim, ReadStart(note, events, True))
        elif note is None or not set(names) <= note_events(cited, limit, note):
            yield fact_finding(
                cited,
                claim.placed,
                "from",
                "start-ambiguous",
                length=claim.number.words,
                event=_shown(limit),
                name=_event_name(cited, str(names[0])),
            )
    elif names == ("unstated",):
        if start.stated or (note is None and _in_own_case(cited, claim, start)):
            yield fact_finding(
                cited,
                claim.placed,
                "from",
                "start-unstated",
                length=claim.number.words,
                text=start.words,
                event="unstated",
                events=_either(start.events),
            )
    elif not start.events:
        if not any(name not in BUILT_IN and name is not None for name in names) or start.stated:
            yield fact_finding(
                cited,
                claim.placed,
                "from",
                "start-lacks-event",
                length=claim.number.words,
                text=start.words,
                event=_shown(limit),
            )
    elif not set(names) & start.events:
        yield _wrong(cited, claim, start)


def _in_own_case(cited: CitedClause, claim: Claim, start: ReadStart) -> bool:
    """Whether the words of a start may not be said of another length's case alone."""
    begins, _ = own_case(cited, claim.number)
    first, _ = cited.sentence(claim.number.start, cited.lexicon.part_end)
    return begins == first or start.words not in cited.text[first:begins]


def _later_start(
    cited: CitedClause, claim: Claim, start: ReadStart | None, note: str | None
) -> ReadStart | None:
    """What the sentence names after a start that it does not state, or a note of the author."""
    words = start.words if start else ""
    events = earlier_events(cited, claim, words)
    if note is not None:
        events |= note_events(cited, claim.limit, note) - {*BUILT_IN}
    return ReadStart(words, events, False) if events else None


def _wrong(cited: CitedClause, claim: Claim, start: ReadStart) -> Finding:
    return fact_finding(
        cited,
        claim.placed,
        "from",
        "start-not-in-text",
        length=claim.number.words,
        text=start.words,
        event=_shown(claim.limit),
        events=_either(start.events),
    )


def find_start(cited: CitedClause, claim: Claim) -> ReadStart | None:
    """What the clause says that the limit runs from; None if it says nothing."""
    number, text, lexicon = claim.number, cited.text, cited.lexicon
    first, last = cited.sentence(number.start)
    left, right = text[first : number.start], text[number.end : last]
    after = lexicon.starts_after.match(right)
    if after:
        start = _start(cited, claim, _found(after), stated=True)
        if start.events:
            return start
    # A length between a start and this one may use the start up.
    for match in reversed(list(lexicon.starts_before.finditer(left))):
        words = _found(match)
        start = _start(
            cited,
            claim,
            words,
            stated=not _length_between(cited, first + match.end(), number.start),
        )
        if start.events or match.lastgroup in ("since", "day"):
            return start
    if after:
        return _start(cited, claim, _found(after), stated=True)
    return _weak(cited, claim, left) or _of_review(cited, claim)


def _weak(cited: CitedClause, claim: Claim, left: str) -> ReadStart | None:
    """The nearest segment before the length that names an event."""
    lexicon = cited.lexicon
    own = cited.words(claim.limit.action)
    for _, segment in reversed(list(parts(left, lexicon.segment_end))):
        words = segment.strip()
        if not words or (lexicon.negative.search(words) and not is_dissatisfied(cited, words)):
            continue
        marked = lexicon.weak_start.search(words) is not None
        events = classify(cited, claim.limit, words)
        follows = events <= {"forwarded", "registered", "appealed"} and events
        if marked and events:
            return ReadStart(words, events, False)
        if follows and cited.share(words, own) < 0.5:
            return ReadStart(words, frozenset(follows), False)
        if lexicon.takes_in.search(words) and "received" in events:
            return ReadStart(words, frozenset({"received"}), False)
    return None


def _of_review(cited: CitedClause, claim: Claim) -> ReadStart | None:
    """A review begins with the request for it, which the text need not repeat."""
    for review in cited.source.policy.reviews:
        if claim.limit.id in review.limits and claim.limit.party == "organisation":
            return ReadStart(
                cited.words(review.text), frozenset({"appealed", "dissatisfied"}), False
            )
    return None


def is_dissatisfied(cited: CitedClause, words: str) -> bool:
    """Whether the words say that somebody is dissatisfied."""
    return any(
        event == "dissatisfied" and pattern.search(words) for event, pattern in cited.lexicon.events
    )


def _start(cited: CitedClause, claim: Claim, words: str, stated: bool) -> ReadStart:
    events = classify(cited, claim.limit, words)
    # Where somebody decides whether to accept, acceptance is later than receipt.
    if cited.lexicon.accepted.search(words) and cited.lexicon.decides_to_accept.search(
        cited.source.procedure
    ):
        events -= {"received"}
    return ReadStart(words, events, stated)


def _length_between(cited: CitedClause, start: int, end: int) -> bool:
    return any(
        number.kind in LENGTHS and start <= number.start and number.end <= end
        for number in cited.numbers
    )


def _found(match: re.Match[str]) -> str:
    words = match[match.lastgroup] if match.lastgroup and match.lastgroup != "got" else match[0]
    return re.sub(r"\s+(?:or|and)$", "", (words or match[0]).strip())


def _shown(limit: LimitFact) -> str:
    return ", ".join(limit.later_of) or str(limit.starts)


def _either(events: frozenset[str]) -> str:
    return " / ".join(sorted(events)) or "…"


def _event_name(cited: CitedClause, id: str) -> str:
    named = (cited.words(event.name) for event in cited.source.policy.events if event.id == id)
    return next(named, id)
