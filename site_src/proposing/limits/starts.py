"""Proposes what a time limit runs from: a built-in event, or one that the text names."""

import re
from dataclasses import dataclass
from typing import Any

from functions.model.contract.terms import BUILT_IN
from site_src.bilingual import Bilingual
from site_src.check.meaning.cited_clause import CitedClause
from site_src.check.meaning.limits.occurrences import LENGTHS, Claim
from site_src.check.meaning.limits.start_events import classify
from site_src.check.meaning.limits.starts import ReadStart, find_start
from site_src.proposing.ids import slug, unique
from site_src.proposing.proposal import ProposedFact, cited

_PREFERRED = (
    "forwarded",
    "registered",
    "report",
    "answered_again",
    "ruling",
    "decision",
    "appealed",
    "received",
    "dissatisfied",
)
_FILERS_OWN = re.compile(
    r"发生|知道|知悉|得知|发现|happen\w*|incident|occur\w*|events?\b|aware|discover\w*|learn\w*",
    re.IGNORECASE,
)
_NEXT_ACT = re.compile(
    r"\s+and\s+(?:then\s+)?\w+s\s+(?:the|an?|it|you|them|its|her|him)\b.*$", re.IGNORECASE
)
_SUBJECT = re.compile(r"^[\u4e00-\u9fff]{2,12}?(?:应当?|须)?(?:自|从)(?=[\u4e00-\u9fff]{2})")
_LATER = re.compile(r"较晚|较后|以后者为准|later of|whichever is (?:the )?later", re.IGNORECASE)
_LONGEST = 60
_UNSTATED = Bilingual("the clause does not say from when it runs", "该条没有写明从何时起算")
_RUNS_FROM = Bilingual("does it run from “{words}”?", "是否从“{words}”起算？")
_SEVERAL = Bilingual("the clause names several starts", "该条写了几个起算点")
_EITHER = Bilingual("from: {event}, or {others}?", "from 是 {event}，还是 {others}？")


@dataclass(frozen=True)
class ProposedStart:
    """The event that a limit runs from, the fact that names it if it is new, and a doubt."""

    event: str
    named: ProposedFact | None = None
    unsure: Bilingual | None = None


def propose_start(cited_in: CitedClause, claim: Claim, named: list[ProposedFact]) -> ProposedStart:
    """What a limit runs from by its clause; `named` are the events that are proposed already."""
    start = _read(cited_in, claim)
    if start is None:
        return ProposedStart("unstated", unsure=_UNSTATED)
    sentence = cited_in.text[slice(*cited_in.sentence(claim.number.start))]
    unsure = None if start.stated else _RUNS_FROM.filled(words=_short(start.words))
    if _LATER.search(sentence):
        unsure = _SEVERAL
    built_in = [event for event in _PREFERRED if event in start.events]
    if built_in:
        event = _chosen(cited_in, start.words, built_in)
        if len(built_in) > 1:
            others = " / ".join(one for one in built_in if one != event)
            unsure = unsure or _EITHER.filled(event=event, others=others)
        return ProposedStart(event, unsure=unsure)
    known = [event for event in start.events if event not in BUILT_IN]
    if known:
        return ProposedStart(known[0], unsure=unsure)
    if not start.stated:
        return ProposedStart("unstated", unsure=unsure)
    event_fact = name_event(cited_in, start.words, claim.limit.party, named)
    return ProposedStart(str(event_fact.data["id"]), event_fact, unsure)


def _read(cited_in: CitedClause, claim: Claim) -> ReadStart | None:
    """The start as the checker reads it, without the next act: "receipt and sends a reply"."""
    start = find_start(cited_in, claim)
    if start is not None and not start.stated and _of_part_before(cited_in, claim, start.words):
        return _own_start(cited_in, claim)
    if start is not None and _is_filing_itself(cited_in, claim, start):
        return ReadStart(start.words, frozenset(), start.stated)
    if start is None or not _NEXT_ACT.search(start.words):
        return start
    words = _NEXT_ACT.sub("", start.words)
    return ReadStart(words, classify(cited_in, claim.limit, words), start.stated)


def _own_start(cited_in: CitedClause, claim: Claim) -> ReadStart | None:
    """A start of no built-in event in the own part of the sentence: 赔偿单开具后."""
    begins, _ = cited_in.sentence(claim.number.start, cited_in.lexicon.part_end)
    own = cited_in.text[begins : claim.number.start]
    for match in cited_in.lexicon.starts_before.finditer(own):
        words = match["since"] or match["day"] or match["after"]
        if words:
            bare = [*cited_in.lexicon.start_begins.finditer(words)]
            return ReadStart(words[bare[-1].end() if bare else 0 :], frozenset(), True)
    return None


def _is_filing_itself(cited_in: CitedClause, claim: Claim, start: ReadStart) -> bool:
    """Whether a filer's time to file would begin with the filing: it begins with what they got."""
    return (
        claim.limit.party == "filer"
        and bool(start.events)
        and start.events <= {"received", "registered"}
        and cited_in.lexicon.filing.search(cited_in.words(claim.limit.action)) is not None
    )


def _of_part_before(cited_in: CitedClause, claim: Claim, words: str) -> bool:
    """Whether the words start another length, in a part of the sentence that has ended."""
    first, _ = cited_in.sentence(claim.number.start)
    begins, _ = cited_in.sentence(claim.number.start, cited_in.lexicon.part_end)
    at = cited_in.text.find(words, first)
    return first <= at < begins and any(
        other.kind in LENGTHS and at < other.start < begins for other in cited_in.numbers
    )


def _chosen(cited_in: CitedClause, words: str, events: list[str]) -> str:
    """The event that the words stand for most plainly, of several that they can be."""
    rules = next(pattern for event, pattern in cited_in.lexicon.events if event == "ruling")
    if "ruling" in events and not (cited_in.lexicon.got.search(words) and rules.search(words)):
        return next((event for event in events if event != "ruling"), "ruling")
    if {"appealed", "received"} <= set(events) and not cited_in.lexicon.asks.search(words):
        return "received"
    return events[0]


def name_event(
    cited_in: CitedClause, words: str, party: str, named: list[ProposedFact]
) -> ProposedFact:
    """The event of these words, as one that is named already or as a new one."""
    name = _SUBJECT.sub("", words.strip(" ，,。.;；"))[:_LONGEST]
    for one in named:
        if str(one.data["name"]).lower() == name.lower():
            return one
    at = cited_in.text.find(name)
    begin, end = cited_in.sentence(max(0, at))
    matter = party == "filer" and _FILERS_OWN.search(name) is not None
    theirs = matter or (party == "filer" and cited_in.lexicon.got.search(name) is not None)
    recorded_by = "filer" if theirs else "authority" if party == "authority" else "staff"
    id = unique(slug(name), [*BUILT_IN, *(str(one.data["id"]) for one in named)])
    data: dict[str, Any] = {"id": id, "name": name, "recorded_by": recorded_by}
    if matter:
        data["matter"] = True
    said = cited(cited_in.clause.words, begin, end)
    return ProposedFact("events", cited_in.clause.id, said, data)


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else words[:_LONGEST] + "…"
