"""Proposes the time limits of a procedure, and lengths of time that are none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from functions.model.contract.terms import Party
from site_src.bilingual import Bilingual
from site_src.check.meaning.cited_clause import CitedClause
from site_src.check.meaning.limits.occurrences import LENGTHS, Claim
from site_src.check.meaning.limits.parties import bound
from site_src.numbers.grammar import Number
from site_src.policy.facts import PlacedFact
from site_src.policy.model.limits import LimitFact
from site_src.proposing.ids import slug, unique
from site_src.proposing.limits.actions import action_of, case_of, role_of
from site_src.proposing.limits.ends import acts_that_end
from site_src.proposing.limits.lengths import sort_of
from site_src.proposing.limits.markers import Markers, read_markers
from site_src.proposing.limits.starts import name_event, propose_start
from site_src.proposing.proposal import ProposedFact, cited, joined
from site_src.proposing.reading import ProcedureText
from site_src.proposing.scope import kind_spoken_of

_READ = "read"
"""The id of a limit while its clause is read."""

_LIMIT = Bilingual("is it a time limit?", "是不是办理期限？")
_EXTENDS = Bilingual("does it extend {base}?", "延长的是不是 {base}？")
_MONTHS = re.compile(r"月|months?", re.IGNORECASE)


@dataclass
class ProposedTimes:
    """What the lengths of time in a text lead to; filled clause by clause."""

    limits: list[ProposedFact] = field(default_factory=list)
    events: list[ProposedFact] = field(default_factory=list)
    durations: list[ProposedFact] = field(default_factory=list)


def propose_times(text: ProcedureText, known: tuple[ProposedFact, ...]) -> ProposedTimes:
    """Every length of time as a limit or a duration, with the events that limits run from."""
    times = ProposedTimes()
    for clause in _with_reviews(text, known):
        for number in clause.numbers:
            if number.kind not in LENGTHS:
                continue
            sort = sort_of(clause, text.words, number)
            if sort == "limit":
                _add_limit(text, clause, number, times)
            elif sort != "none":
                times.durations.append(_duration(text, clause, number, sort))
    return times


def _with_reviews(text: ProcedureText, known: tuple[ProposedFact, ...]) -> Iterator[CitedClause]:
    """The clauses; in one that says where to go next, what is read belongs to the review."""
    reviewed = tuple(
        replace(one, data={**one.data, "limits": [_READ]}) if one.list == "reviews" else one
        for one in known
    )
    reviews = [one for one in known if one.list == "reviews"]
    clauses = {one.clause for one in reviews}
    bodies = [str(one.data["body"]).lower() for one in reviews if one.data["inside"]]
    for plain, in_review in zip(text.cited(known), text.cited(reviewed), strict=True):
        asked = plain.lexicon.asks.search(plain.text) and any(
            body in plain.text.lower() for body in bodies
        )
        yield in_review if plain.clause.id in clauses or asked else plain


def _duration(text: ProcedureText, clause: CitedClause, number: Number, sort: str) -> ProposedFact:
    begin, end = clause.sentence(number.start, clause.lexicon.part_end)
    says = clause.clause.words[number.start : number.end].strip()
    words = cited(clause.clause.words, begin, end)
    unsure = _LIMIT if sort == "other" else None
    return ProposedFact(
        "durations", clause.clause.id, words, {"says": says, "of": sort, "text": words}, unsure
    )


def _add_limit(
    text: ProcedureText, clause: CitedClause, number: Number, times: ProposedTimes
) -> None:
    length = _length(number)
    begin, end = clause.sentence(number.start)
    words = cited(clause.clause.words, begin, end)
    if length is None:
        times.durations.append(_duration(text, clause, number, "other"))
        return
    doubts: list[Bilingual] = []
    markers = read_markers(clause, number)
    action = action_of(text, clause, number)
    kind = kind_spoken_of(text, clause, number.start)
    probe = _claim(clause, number, length, action, kind, "organisation")
    party = bound(clause, probe)[0] or "organisation"
    if text.words.window.search(clause.text[begin : number.start]):
        party = "filer"
    claim = _claim(clause, number, length, action, kind, party)
    data: dict[str, Any] = {"id": unique(slug(action), [one.data["id"] for one in times.limits])}
    if kind:
        data["kind"] = kind
    data |= length
    base = _base(times) if markers.extends else None
    if base is not None:
        party = base.data.get("party", "organisation")
        data["extends"] = base.data["id"]
        doubts.append(_EXTENDS.filled(base=base.data["id"]))
    elif markers.before and not length.get("recurring"):
        event = _before(clause, markers, party, times)
        data["before"] = event
    elif length.get("recurring"):
        data["from"] = "each_period"
    else:
        start = propose_start(clause, claim, times.events)
        data["from"] = start.event
        if start.event == "unstated" and party == "organisation" and _after_appeal(clause, times):
            data["from"] = "appealed"
        if start.named and start.named not in times.events:
            times.events.append(start.named)
        if start.unsure:
            doubts.append(start.unsure)
    if markers.not_before and not length.get("recurring") and not base and data["value"]:
        data["not_before"] = True
    if party != "organisation":
        data["party"] = party
    elif role := role_of(clause, number):
        data["role"] = role
    data |= case_of(clause, claim)
    if party == "organisation" and not length.get("recurring") and "before" not in data:
        acts = acts_that_end(text.language, action) or (base.data.get("acts", ()) if base else ())
        data |= {"acts": list(acts)} if acts else {}
    data["action"] = action
    times.limits.append(ProposedFact("limits", clause.clause.id, words, data, joined(doubts)))


def _length(number: Number) -> dict[str, Any] | None:
    """Value and unit; None if no limit can have it, as two or three days."""
    duration = number.duration
    if duration is None or duration.value is None or duration.value.denominator != 1:
        return None
    data: dict[str, Any] = {"value": int(duration.value), "unit": duration.unit}
    if duration.unit == "year" and _MONTHS.search(number.words):
        data = {"value": int(duration.value) * 12, "unit": "month"}
    if duration.value == 0 and duration.unit not in ("day", "working_day"):
        return None
    if duration.within_hours:
        data["within_hours"] = True
    if duration.recurring:
        if duration.every.denominator != 1 or duration.value == 0:
            return None
        data["recurring"] = True
        if duration.every != 1:
            data["every"] = int(duration.every)
    elif duration.unit == "term":
        return None
    return data


def _claim(
    clause: CitedClause,
    number: Number,
    length: dict[str, Any],
    action: str,
    kind: str | None,
    party: Party,
) -> Claim:
    """The limit as the checker's rules want it, as far as it is known."""
    data = {
        "id": _READ,
        "clause": clause.clause.id,
        "from": "each_period" if length.get("recurring") else "unstated",
        "action": action,
        "party": party,
        "kind": kind,
        **length,
    }
    language = clause.source.policy.language
    limit = LimitFact.model_validate(data, context={"language": language})
    return Claim(PlacedFact(limit, "limits", ("limits", 0)), limit, number)


def _before(clause: CitedClause, markers: Markers, party: Party, times: ProposedTimes) -> str:
    event = name_event(clause, str(markers.before), party, times.events)
    if event not in times.events:
        times.events.append(event)
    return str(event.data["id"])


def _base(times: ProposedTimes) -> ProposedFact | None:
    """The limit that is extended: the nearest before of the organisation, else of anybody."""
    fitting = [
        one
        for one in reversed(times.limits)
        if "extends" not in one.data and not one.data.get("recurring")
    ]
    own = [one for one in fitting if "party" not in one.data]
    return next(iter((*own, *fitting)), None)


def _after_appeal(clause: CitedClause, times: ProposedTimes) -> bool:
    """Whether the clause lets filers appeal before: what follows answers the appeal."""
    appealed = next(words for event, words in clause.lexicon.events if event == "appealed")
    return any(
        one.clause == clause.clause.id
        and one.data.get("party") == "filer"
        and appealed.search(str(one.data["action"]))
        for one in times.limits
    )
