"""Proposes what stops the clock of limits, from one event until another."""

import re
from dataclasses import replace

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
_SPENT = re.compile(
    r"(?P<what>[^，。；\n]{0,14}?)(?:所用|所需|所花|占用|的|期间的?)?时间，?(?:均|都)?"
    r"不(?:予)?(?:计入|计算|算)"
    r"|\btime (?:spent|taken|needed)\s+(?:on|in|for|to)?"
    r"\s*(?P<on>[^.;,\n]{3,50}?)\s+(?:does|do|is|are)\s+not",
    re.IGNORECASE,
)
_ASKS = re.compile(r"告知|通知|要求|需要|\b(?:asked|requested|required)\b", re.IGNORECASE)
_DONE = re.compile(
    r"\bto (?P<done>(?:supply|provide|send|give|answer|reply|respond)\b[^.;,\n]{0,24})",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"^(?:如果?|若|if|where|when)\s*|的$", re.IGNORECASE)
_BARE, _NEED, _LONGEST = ("等待", "waiting", ""), "需要", 40
_WHEN = Bilingual(
    "from when until when does the clock stop, and for which limits?",
    "从何时起到何时止停止计算？停止的是哪些期限？",
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
    longer = [
        one
        for one in limits
        if one.data["unit"] not in ("minute", "hour")
        and not {"extends", "before"} & one.data.keys()
    ]
    for clause in text.cited(known):
        for at, sentence in parts(clause.text, clause.lexicon.part_end):
            if not clause.lexicon.stops.search(sentence) or not limits:
                continue
            match = next(filter(None, (one.search(sentence) for one in _BETWEEN)), None)
            if match is None:
                between = _spent(clause, at, sentence)
            else:
                between = match["begins"], _UNTIL.sub("", match["ends"])
            if between is None or between[0].strip() == between[1].strip():
                continue
            begins, ends = (_event(clause, words, times) for words in between)
            if begins == ends:
                continue
            others = [one for one in longer or limits if one.clause != clause.clause.id] or limits
            if match is None:
                _start_from(clause, begins, between[0], times)
            words = cited(clause.clause.words, at, at + len(sentence))
            data = {
                "limits": [str(one.data["id"]) for one in others],
                "from": begins,
                "until": ends,
                "text": words[:200],
            }
            unsure = _WHICH if len(limits) > 1 else None
            if match is None:
                unsure = _WHEN
            found.append(ProposedFact("suspensions", clause.clause.id, words, data, unsure))
    return tuple(found)


def _start_from(clause: CitedClause, event: str, words: str, times: ProposedTimes) -> None:
    """Lets limits of the clause that name no start run from what stops the clock: "is asked"."""
    for index, limit in enumerate(times.limits):
        same = limit.clause == clause.clause.id and limit.data.get("from") == "unstated"
        if same and words[:_LONGEST] in limit.words:
            times.limits[index] = replace(limit, data={**limit.data, "from": event})


def _spent(clause: CitedClause, at: int, sentence: str) -> tuple[str, str] | None:
    """From what until what a time is spent that does not count: 补正所用时间不计入.

    What begins it is what the clause says before, such as that somebody is asked for something.
    """
    spent = _SPENT.search(sentence)
    if spent is None:
        return None
    said = (spent["what"] or spent["on"] or "").strip()
    before = clause.text[:at] + sentence[: spent.start()]
    segments = [one.strip() for _, one in parts(before, clause.lexicon.segment_end)]
    asked = [one for one in segments if _ASKS.search(one)]
    if said in _BARE or not said:
        said = _CONDITION.sub("", segments[-1]) if segments else ""
    begins = _CONDITION.sub("", asked[-1]) if asked else said
    done = _DONE.search(clause.text[: at + len(sentence)])
    ends = done["done"] if done else said
    if begins == ends:
        need = said.startswith(_NEED) or _NEED not in clause.text
        begins = said if need else f"{_NEED}{said}"
        ends = said.removeprefix(_NEED).removeprefix("等待")
    return (begins[:_LONGEST], ends[:_LONGEST]) if begins and ends else None


def _event(clause: CitedClause, words: str, times: ProposedTimes) -> str:
    event = name_event(clause, words, "organisation", times.events)
    if event not in times.events:
        times.events.append(event)
    return str(event.data["id"])
