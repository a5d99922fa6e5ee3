"""Proposes what stops the clock of limits, from one event until another."""

import re

from site_src.bilingual import Bilingual
from site_src.check.meaning.cited_clause import CitedClause, parts
from site_src.proposing.limits.limits import ProposedTimes
from site_src.proposing.limits.starts import name_event
from site_src.proposing.proposal import ProposedFact, cited
from site_src.proposing.reading import ProcedureText

_BETWEEN = (
    re.compile(
        r"(?:自|"
        r"从)(?P<begins>[^，。；\n]{2,30}?)(?:起)(?P<ends>[^，。；\n]{0,2}至[^，。；\n]{2,30}?)(?:止|"
        r"的时间|的期间|期间|，|$)"
    ),
    re.compile(
        r"\b(?:stops?|is (?:stopped|paused|suspended))\b(?:[^.;\n]{0,20}?)\b(?:with|when|on|"
        r"from|once)\s+(?P<begins>[^.;,\n]{3,60}?)\s+and\s+"
        r"(?:runs? on|resumes?|restarts?|starts? again|continues?)\s+(?:again\s+)?(?:with|when|"
        r"on|once|from)\s+(?P<ends>[^.;,\n]{3,60})",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:time|period) (?:between|from)\s+(?P<begins>[^.;,\n]{3,50}?)\s+(?:and|until|"
        r"to)\s+(?P<ends>[^.;,\n]{3,50}?)\s+"
        r"(?:is|does|are) not",
        re.IGNORECASE,
    ),
)
_WHICH = Bilingual("which limits does it stop?", "停止计算的是哪些期限？")
_UNTIL = re.compile(r"^[^至]{0,2}至")


def propose_suspensions(
    text: ProcedureText, known: tuple[ProposedFact, ...], times: ProposedTimes
) -> tuple[ProposedFact, ...]:
    """The stops that a sentence says with both of their events; adds the events to `times`."""
    found: list[ProposedFact] = []
    limits = [
        one
        for one in times.limits
        if one.data.get("party", "organisation") == "organisation" and not one.data.get("recurring")
    ]
    for clause in text.cited(known):
        for at, sentence in parts(clause.text, clause.lexicon.part_end):
            if not clause.lexicon.stops.search(sentence) or not limits:
                continue
            match = next(filter(None, (one.search(sentence) for one in _BETWEEN)), None)
            if match is None:
                continue
            begins = _event(clause, match["begins"], times)
            ends = _event(clause, _UNTIL.sub("", match["ends"]), times)
            if begins == ends:
                continue
            others = [one for one in limits if one.clause != clause.clause.id] or limits
            words = cited(clause.clause.words, at, at + len(sentence))
            data = {
                "limits": [str(one.data["id"]) for one in others],
                "from": begins,
                "until": ends,
                "text": words[:200],
            }
            unsure = _WHICH if len(limits) > 1 else None
            found.append(ProposedFact("suspensions", clause.clause.id, words, data, unsure))
    return tuple(found)


def _event(clause: CitedClause, words: str, times: ProposedTimes) -> str:
    event = name_event(clause, words, "organisation", times.events)
    if event not in times.events:
        times.events.append(event)
    return str(event.data["id"])
