"""Proposes what roles must do."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from site_src.check.meaning.cited_clause import CitedClause, names_of_role, parts
from site_src.check.meaning.conditions import conditional_segments
from site_src.check.meaning.limits.parties import any_of
from site_src.proposing.handling.acts import acts_of
from site_src.proposing.ids import slug, unique
from site_src.proposing.proposal import ProposedFact, cited
from site_src.proposing.reading import ProcedureText
from site_src.proposing.scope import kind_spoken_of

_LONGEST_ACTION, _SHORTEST_ACTION = 80, 2
_LONGEST_ENGLISH = 120
_BEFORE_SUBJECT = ("，", "：", "；", ",", ":", "由", "但", "by", "if", "If", "and")
_GOES_ON = re.compile(r"^，?由[其他她]")
_GOES_ON_FROM = re.compile(r"It\b|They\b|其|处理完毕|必要时|有必要")
_ARTICLE = re.compile(r"\b(?:an?|the)\s*$")
_LEADS = re.compile(
    r"^(?:or (?:an?|their|its|her|his) \w+,?\s+)?(?:must|shall|should|will|may|can|who [^,]+,)"
    r"\s+(?:normally\s+)?",
    re.IGNORECASE,
)
_ASKED = re.compile(r"向[^，。；]{0,12}$")
_PRONOUN = re.compile(r"^(?:It|They|he|she)\s+", re.IGNORECASE)
_JOINED = re.compile(r"或者?|、|和|与|及|以及|或|,?\s*(?:and|or)(?:\s+the)?", re.IGNORECASE)
_CONDITION_MARKS = re.compile(r"^(?:如果?|若|if|where|when)\s*|的$", re.IGNORECASE)


@dataclass(frozen=True)
class _Doing:
    """A role and what a part of a sentence says that it does."""

    role: str
    action: str


def propose_steps(text: ProcedureText, known: tuple[ProposedFact, ...]) -> tuple[ProposedFact, ...]:
    """What each role does by each part of a sentence that lets it act."""
    found: list[ProposedFact] = []
    for clause in text.cited(known):
        if _is_definition(clause):
            continue
        before: tuple[str, ...] = ()
        for begin, sentence in parts(clause.text, clause.lexicon.sentence_end):
            if not _GOES_ON_FROM.match(sentence.strip()):
                before = ()
            for offset, part in parts(sentence, clause.lexicon.part_end):
                if text.words.no_step.search(part):
                    continue
                doing = list(_doing(text, clause, part, before))
                before = tuple(dict.fromkeys(one.role for one in doing)) or before
                at = begin + offset
                for one in doing:
                    _add_step(text, clause, at, part, one, found)
    return tuple(found)


def _is_definition(clause: CitedClause) -> bool:
    """Whether the clause only says what a kind is."""
    return any(
        kind.clause == clause.clause.id and kind.definition is not None
        for kind in clause.source.policy.kinds
    )


def _add_step(
    text: ProcedureText,
    clause: CitedClause,
    at: int,
    part: str,
    doing: _Doing,
    found: list[ProposedFact],
) -> None:
    kind = kind_spoken_of(text, clause, at)
    id = unique(slug(doing.action), [str(one.data["id"]) for one in found])
    data: dict[str, Any] = {"id": id, **({"kind": kind} if kind else {}), "role": doing.role}
    if acts := acts_of(text, doing.action):
        data["acts"] = list(acts)
    data["action"] = doing.action
    if condition := _condition(clause, part, doing.action):
        data["when"] = {"condition": condition}
    words = cited(clause.clause.words, at, at + len(part))
    last = found[-1] if found else None
    if last is not None and "when" not in data and _goes_on(clause, last, doing, words):
        found[-1] = _joined(text, clause, last, doing, words)
        return
    found.append(ProposedFact("steps", clause.clause.id, words, data))


def _goes_on(clause: CitedClause, last: ProposedFact, doing: _Doing, words: str) -> bool:
    """Whether a part goes on with what the same role does by the part before, in one sentence."""
    if last.clause != clause.clause.id or last.data["role"] != doing.role:
        return False
    end, begin = clause.text.find(last.words) + len(last.words), clause.text.find(words)
    between = clause.text[end:begin]
    return (
        0 <= begin - end <= 2
        and not clause.lexicon.sentence_end.search(between)
        and len(str(last.data["action"])) + len(doing.action) < _LONGEST_ACTION
    )


def _joined(
    text: ProcedureText, clause: CitedClause, last: ProposedFact, doing: _Doing, words: str
) -> ProposedFact:
    """The step with what it goes on with."""
    joint = "；" if text.language == "zh-CN" else "; "
    action = f"{last.data['action']}{joint}{doing.action}"
    at = clause.text.find(last.words)
    said = clause.text[at : clause.text.find(words) + len(words)]
    data = {**last.data, "action": action}
    if acts := acts_of(text, action):
        data["acts"] = list(acts)
    return replace(last, words=said, data=data)


def _doing(
    text: ProcedureText, clause: CitedClause, part: str, before: tuple[str, ...]
) -> Iterator[_Doing]:
    """Each role that acts in a part, with what it does up to the next one.

    A part that names none goes on with the roles of the part before. Roles side by side do the
    same.
    """
    acting = list(_acting(text, clause, part))
    if not acting:
        action = _trimmed(text, _PRONOUN.sub("", part.strip()))
        if before and acts_of(text, action) and not clause.lexicon.filers.match(action):
            yield from (_Doing(role, action) for role in before)
        return
    beside: list[str] = []
    for index, (role, match) in enumerate(acting):
        until = acting[index + 1][1].start() if index + 1 < len(acting) else len(part)
        after = part[match.end() : until]
        if text.language == "en" and _ARTICLE.search(after):
            # What is appointed, told or sent something is no subject.
            acting = acting[: index + 1]
            after = part[match.end() :]
        if index + 1 < len(acting) and _JOINED.fullmatch(after.strip()):
            beside.append(role)
            continue
        action = _trimmed(text, _GOES_ON.sub("", after))
        agent = clause.lexicon.agents.search(part[: match.start()])
        does = clause.lexicon.handling.search(action) or acts_of(text, action)
        if (does or (agent and text.language != "en")) and len(action) >= _SHORTEST_ACTION:
            yield from (_Doing(one, action) for one in (*beside, role))
        beside = []


def _acting(
    text: ProcedureText, clause: CitedClause, part: str
) -> Iterator[tuple[str, re.Match[str]]]:
    """The roles of a part that act, with their places."""
    lexicon = clause.lexicon
    called = {
        name.lower(): role.id
        for role in clause.source.policy.roles
        for name in names_of_role(clause.source, role)
    }
    for match in any_of(tuple(called)).finditer(part):
        before, after = part[: match.start()], part[match.end() :]
        agent = lexicon.agents.search(before)
        if text.language == "en" and lexicon.objects.search(before) and not agent:
            continue
        if text.words.relative.match(after) or _is_told_by_filer(text, before, after):
            continue
        if text.words.ourselves.fullmatch(match[0]) and not _is_subject(text, clause, part, match):
            continue
        told = lexicon.told.search(before)
        goes_on = lexicon.handling.match(after.lstrip()) or _GOES_ON.match(after)
        if (told and not goes_on and not agent) or lexicon.possesses.match(after):
            continue
        role = called.get(match[0].lower()) or called.get(match[0].lower().removesuffix("s"))
        if role:
            yield role, match


def _is_told_by_filer(text: ProcedureText, before: str, after: str) -> bool:
    """Whether a role is whom a filer turns to: 向门店的管家当面反映."""
    return _ASKED.search(before) is not None and text.words.turns_to.match(after) is not None


def _is_subject(text: ProcedureText, clause: CitedClause, part: str, match: re.Match[str]) -> bool:
    """Whether the organisation, which words name everywhere, is who does it."""
    before, after = part[: match.start()].rstrip(), part[match.end() :]
    segment = clause.lexicon.segment_end.split(after)[0]
    does = clause.lexicon.handling.search(segment) or acts_of(text, segment)
    return does is not None and (not before or before.endswith(_BEFORE_SUBJECT))


def _trimmed(text: ProcedureText, action: str) -> str:
    action = re.sub(
        r"[，,、]?(?:再由|(?<![理事缘])由|并由|交给?|经|and then|and|then|by)\s*$",
        "",
        action.strip(),
    )
    action = text.words.trims.sub("", action)
    if text.language == "en":
        action = _LEADS.sub("", action)
        action = action[:1].upper() + action[1:]
    if text.language == "en":
        long = len(action) > _LONGEST_ENGLISH
        return action[:_LONGEST_ENGLISH].rpartition(" ")[0] if long else action
    return action[:_LONGEST_ACTION].strip("，,、 ")


def _condition(clause: CitedClause, sentence: str, action: str) -> str | None:
    at = sentence.lower().find(action[:6].lower()) if action else -1
    for segment in conditional_segments(clause, sentence[: max(0, at)]):
        words = _CONDITION_MARKS.sub("", segment).strip()
        if len(words) > 1 and not clause.lexicon.starts_before.search(f"{segment}，"):
            return words[:_LONGEST_ACTION]
    return None
