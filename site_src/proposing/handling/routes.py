"""Proposes which role takes which filings: all of a kind, those of a category, or on a condition.

Only one role has all filings of a kind first; of what else the text gives to a role, it says when.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from site_src.bilingual import Bilingual
from site_src.check.meaning.cited_clause import CitedClause, names_of_role, parts
from site_src.check.meaning.conditions import conditional_segments, says_only_who_files
from site_src.check.meaning.role_names import taking
from site_src.policy.model.handling import Role
from site_src.proposing.proposal import ProposedFact, cited
from site_src.proposing.reading import ProcedureText
from site_src.proposing.scope import kind_spoken_of

_SHORTEST_CONDITION, _LONGEST_CONDITION = 4, 60
_HANDS = re.compile(
    r"[，,]?(?:再|后|并|则)?(?:由|交给?|转给?|转交|提交给?|报告给?|报|联系|找|送交?|"
    r"(?:passed |sent )?to(?: the)?)$"
)
_FIRST = Bilingual("does it have every filing first?", "是否都先由它受理？")
_MARKS = re.compile(r"^(?:如果?|若|凡|if|where|when)\s*|的$", re.IGNORECASE)


def propose_routes(
    text: ProcedureText, known: tuple[ProposedFact, ...]
) -> tuple[ProposedFact, ...]:
    """The role that has each kind first, and those that a category or a condition leads to."""
    found: list[ProposedFact] = []
    for clause in text.cited(known):
        for role in clause.source.policy.roles:
            routes = sorted(_of_role(text, clause, role), key=lambda one: not _for_all(one))
            if not routes:
                continue
            first = routes[0]
            if not (_for_all(first) and any(_overlap(first, other) for other in found)):
                found.append(first)
            elif conditional := _after_another(clause, role, first):
                found.append(conditional)
    return tuple(found)


def _after_another(clause: CitedClause, role: Role, route: ProposedFact) -> ProposedFact | None:
    """The route on the condition of what the clause says before the role; None if nothing."""
    name = names_of_role(clause.source, role)[0]
    at = clause.text.lower().find(name.lower())
    first, _ = clause.sentence(max(at, 0), clause.lexicon.part_end)
    before = _HANDS.sub("", clause.text[first:at]).strip(" ，,、") if at >= 0 else ""
    given = next(taking(clause, role, clause.lexicon.takes, clause.text), None)
    if given is None or len(before) < _SHORTEST_CONDITION:
        return None
    return replace(route, data={**route.data, "condition": before[-_LONGEST_CONDITION:]})


def propose_intake(
    kinds: tuple[ProposedFact, ...],
    routes: tuple[ProposedFact, ...],
    steps: tuple[ProposedFact, ...],
) -> tuple[ProposedFact, ...]:
    """For each kind that the text gives to nobody, a route to whoever acts on it first."""
    taken = {route.data.get("kind") for route in routes if _for_all(route)}
    if None in taken:
        return ()
    found: list[ProposedFact] = []
    for kind in [one.data["id"] for one in kinds] if taken else [None]:
        if kind in taken:
            continue
        own = [one for one in steps if one.data.get("kind") == kind and not _decides(one)]
        own = own or [one for one in steps if kind is None or one.data.get("kind") is None]
        takes = (one for one in own if kind is None and "receive" in one.data.get("acts", ()))
        first = next(takes, None) or next(iter(own), None)
        if first is not None and "role" in first.data:
            data = {**({"kind": kind} if kind else {}), "role": first.data["role"]}
            found.append(ProposedFact("routes", first.clause, first.words, data, _FIRST))
    return tuple(found)


def _decides(step: ProposedFact) -> bool:
    """Whether a step is only a decision."""
    return bool(step.data.get("acts")) and set(step.data["acts"]) <= {"decide", "approve"}


def _only_decides(clause: CitedClause, words: str) -> bool:
    """Whether somebody is only said to decide, which is not to take a filing."""
    lexicon = clause.lexicon
    return lexicon.decides.search(words) is not None and lexicon.taken_up.search(words) is None


def _for_all(route: ProposedFact) -> bool:
    return not {"condition", "category", "level"} & route.data.keys()


def _overlap(route: ProposedFact, other: ProposedFact) -> bool:
    """Whether two routes take every filing of one kind."""
    kinds = {route.data.get("kind"), other.data.get("kind")}
    return _for_all(other) and (None in kinds or len(kinds) == 1)


def _of_role(text: ProcedureText, clause: CitedClause, role: Role) -> Iterator[ProposedFact]:
    lexicon = clause.lexicon
    for pattern in (text.words.in_charge, lexicon.takes, lexicon.receives):
        for match in taking(clause, role, pattern, clause.text):
            begin, end = clause.sentence(match.start)
            first, last = clause.sentence(match.start, clause.lexicon.part_end)
            part = clause.text[first:last]
            if not text.words.takes_filings.search(part) or _only_decides(clause, match.words):
                continue
            kind = kind_spoken_of(text, clause, match.start)
            data: dict[str, Any] = {**({"kind": kind} if kind else {}), "role": role.id}
            data |= _when(text, clause, role, part, first)
            words = cited(clause.clause.words, begin, end)
            yield ProposedFact("routes", clause.clause.id, words, data)


def _when(
    text: ProcedureText, clause: CitedClause, role: Role, part: str, first: int
) -> dict[str, str]:
    """The category or level that the part names, else its condition in words."""
    name = names_of_role(clause.source, role)[0]
    before = part.lower().partition(name.lower())[0]
    before = part[: len(before)]
    policy = clause.source.policy
    for category in policy.categories:
        same = category.clause == clause.clause.id and clause.words(category.name) in part
        if same:
            return {"category": category.id}
    for level in policy.levels:
        if clause.words(level.name) in before:
            return {"level": level.id}
    conditions = [
        _MARKS.sub("", segment).strip()
        for segment in conditional_segments(clause, before)
        if not says_only_who_files(clause, segment, "")
    ]
    if not any(conditions):
        conditions = list(_said_before(text, clause, before))
    said = [one for one in conditions if one]
    return {"condition": said[-1][:_LONGEST_CONDITION]} if said else {}


def _said_before(text: ProcedureText, clause: CitedClause, before: str) -> Iterator[str]:
    """What the part says that the role is given, if that is not every filing of a kind."""
    for _, segment in parts(before, clause.lexicon.segment_end):
        subject = text.words.subject.match(segment.strip())
        if subject:
            yield subject["of"]
