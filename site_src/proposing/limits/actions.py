"""Reads what must be done within a length of time, and in which case."""

import re
from typing import Any

from site_src.check.meaning.cited_clause import CitedClause, names_of_role
from site_src.check.meaning.conditions import conditional_segments
from site_src.check.meaning.limits.cases import own_case
from site_src.check.meaning.limits.occurrences import LENGTHS, Claim
from site_src.check.meaning.limits.parties import mentions
from site_src.numbers.grammar import Number
from site_src.proposing.filing.table_rows import rows_of
from site_src.proposing.reading import ProcedureText

_LONGEST, _SHORTEST = 60, 2
_MODAL = re.compile(
    r"\b(?:must|shall|should|will|may|can)\s+(?:normally\s+|then\s+)?", re.IGNORECASE
)
_WITHIN = re.compile(
    r"\s*\b(?:within|in|no later than|not later than|at the latest|at most|at least|for|by|every|"
    r"on|and|no more than|(?:within )?an? (?:further|period|maximum)(?: of)?|further|another|up to|"
    r"has|have)\s*$",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?:的)?(?:时限|期限|时间|时效)$|\s*\b(?:time limit|time|deadline)$", re.IGNORECASE
)
_BRACKETS = re.compile(r"[（(][^（）()]*[)）]?")
_CHINESE_EDGE = re.compile(r"^(?:以|之)?内?[，,]?(?:应当?|须|必须|要|可以?|将|会)?|[，,、的]+$")
_NO_ACT = re.compile(r"^(?:最[长迟多]|不得?超过|至少|即|以内?)+$|^(?:且|但|最长|最迟)?不得?超过$")
_VERBS = {
    "raised": "raise",
    "made": "make",
    "submitted": "submit",
    "sent": "send",
    "lodged": "lodge",
    "filed": "file",
    "brought": "bring",
    "referred": "refer",
}
_PASSIVE = re.compile(rf"^be\s+(?P<verb>{'|'.join(_VERBS)})\b", re.IGNORECASE)
_FRINGE = re.compile(r"^(?:and|then|also|to|or|please)\s+", re.IGNORECASE)


def action_of(text: ProcedureText, clause: CitedClause, number: Number) -> str:
    """What must be done: the words behind the length, or before it in English."""
    if head := _head_of_cell(clause, number):
        return head
    first, last = clause.sentence(number.start, clause.lexicon.part_end)
    right = clause.text[number.end : last]
    after = clause.lexicon.starts_after.match(right)
    right = right[after.end() :] if after else right
    left = clause.text[first : number.start]
    if text.language == "zh-CN":
        return _chinese(clause, left, right)[:_LONGEST]
    said = _active(_english(clause, number, left, right))
    return (said[:1].upper() + said[1:])[: _LONGEST * 2]


def _head_of_cell(clause: CitedClause, number: Number) -> str:
    """What the column of a table says of a length: 办结 of 办结时限; empty outside of tables."""
    for row in rows_of(clause.text):
        for cell in row.cells:
            if cell.start <= number.start < cell.start + max(1, len(cell.words)):
                return _TIME.sub("", cell.head) or cell.head
    return ""


def _chinese(clause: CitedClause, left: str, right: str) -> str:
    names = [
        name for role in clause.source.policy.roles for name in names_of_role(clause.source, role)
    ]
    for segment in clause.lexicon.segment_end.split(right):
        said = _CHINESE_EDGE.sub("", segment.strip())
        for name in sorted(names, key=len, reverse=True):
            said = re.sub(rf"^由{re.escape(name)}(?:负责)?(?=..)", "", said)
        if len(said) >= _SHORTEST and not _adds_only(clause, segment):
            return said
    segments = [
        _CHINESE_EDGE.sub("", one.strip()) for one in clause.lexicon.segment_end.split(left)
    ]
    acts = [one for one in segments if len(one) >= _SHORTEST and not _NO_ACT.search(one)]
    return acts[-1] if acts else left.strip() or "办理"


def _adds_only(clause: CitedClause, segment: str) -> bool:
    """Whether a segment says what is done besides: 同时告知理由."""
    return re.match(r"\s*(?:同时|并(?!且)|但)", segment) is not None


def _english(clause: CitedClause, number: Number, left: str, right: str) -> str:
    left = left[_end_of_length_before(clause, number, len(left)) :]
    left = _BRACKETS.sub(" ", left)
    said = ""
    for segment in reversed(clause.lexicon.segment_end.split(left)):
        if clause.lexicon.conditions.search(segment.strip()) and not _MODAL.search(segment):
            continue
        said = _bare(clause, segment)
        if said and (_MODAL.search(segment) or clause.lexicon.handling.search(said)):
            break
    rest = [one.strip() for one in clause.lexicon.segment_end.split(right) if one.strip()]
    if len(said.split()) < _SHORTEST and rest:
        said = f"{said} {_FRINGE.sub('', rest[0])}".strip()
    return _FRINGE.sub("", said) or "act"


def _active(said: str) -> str:
    """What a filer does, not what is done with the filing: submit it, for "be submitted"."""
    passive = _PASSIVE.match(said)
    return f"{_VERBS[passive['verb'].lower()]} it{said[passive.end() :]}" if passive else said


def _bare(clause: CitedClause, segment: str) -> str:
    """A segment without who acts, modal verbs, and what leads up to a length."""
    said = segment.strip()
    while (shorter := _WITHIN.sub("", said).strip()) != said:
        said = shorter
    for mention in mentions(clause, said):
        said = said[mention.end :].strip()
        break
    return _FRINGE.sub("", _MODAL.split(said)[-1].strip())


def _end_of_length_before(clause: CitedClause, number: Number, left: int) -> int:
    """How far the words of another length reach into those before this one."""
    first = number.start - left
    ends = [
        other.end - first
        for other in clause.numbers
        if other.kind in LENGTHS and first <= other.start and other.end <= number.start
    ]
    return max(ends, default=0)


def case_of(clause: CitedClause, claim: Claim) -> dict[str, Any]:
    """The level that the case speaks of, or the condition in words."""
    first, last = own_case(clause, claim.number)
    case = clause.text[first:last].lower()
    language = clause.source.policy.language
    for level in clause.source.policy.levels:
        if level.name.words(language).lower() in case:
            return {"level": level.id}
    said = clause.text[first : claim.number.start]
    segments = [
        re.sub(r"^(?:如果?|若|if|where|when)\s*|的$", "", segment, flags=re.IGNORECASE)
        for segment in conditional_segments(clause, said)
        if not clause.lexicon.starts_before.search(segment + "，")
    ]
    if not segments:
        return {}
    return {"when": {"condition": segments[0].strip()}}


def role_of(clause: CitedClause, number: Number) -> str | None:
    """The role that acts in the part of the sentence, else in the sentence, nearest the length."""
    called = {
        name.lower(): role.id
        for role in clause.source.policy.roles
        for name in names_of_role(clause.source, role)
    }
    for end in (clause.lexicon.part_end, None):
        first, last = clause.sentence(number.start, end)
        for said, agents in (
            (clause.text[first : number.start], False),
            (clause.text[first : number.start], True),
            (clause.text[number.end : last], True),
        ):
            acting = [
                called[one.words.lower()]
                for one in mentions(clause, said, agents=agents)
                if one.words.lower() in called and not clause.lexicon.told.search(said[: one.start])
            ]
            if acting:
                return acting[-1] if said.strip() and not agents else acting[0]
    return None
