"""Proposes what roles must do, and which role takes which filings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from site_src.check.meaning.cited_clause import CitedClause, names_of_role, parts
from site_src.check.meaning.conditions import conditional_segments
from site_src.check.meaning.limits.parties import any_of
from site_src.check.meaning.role_names import taking
from site_src.proposing.handling.acts import acts_of
from site_src.proposing.ids import slug, unique
from site_src.proposing.proposal import ProposedFact, cited
from site_src.proposing.reading import ProcedureText
from site_src.proposing.scope import kind_spoken_of

_LONGEST_ACTION, _SHORTEST_ACTION = 80, 2
_GOES_ON = re.compile(r"^，?由[其他她]")
_GOES_ON_FROM = re.compile(r"It\b|They\b|其|处理完毕|必要时|有必要")
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
        before: tuple[str, ...] = ()
        for begin, sentence in parts(clause.text, clause.lexicon.sentence_end):
            if not _GOES_ON_FROM.match(sentence.strip()):
                before = ()
            for offset, part in parts(sentence, clause.lexicon.part_end):
                doing = list(_doing(text, clause, part, before))
                before = tuple(dict.fromkeys(one.role for one in doing)) or before
                at = begin + offset
                for one in doing:
                    _add_step(text, clause, at, part, one, found)
    return tuple(found)


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
    found.append(ProposedFact("steps", clause.clause.id, words, data))


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
        if index + 1 < len(acting) and _JOINED.fullmatch(after.strip()):
            beside.append(role)
            continue
        action = _trimmed(text, _GOES_ON.sub("", after))
        agent = clause.lexicon.agents.search(part[: match.start()])
        does = clause.lexicon.handling.search(action) or acts_of(text, action)
        if (does or agent) and len(action) >= _SHORTEST_ACTION:
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
    for match in any_of([*called]).finditer(part):
        before, after = part[: match.start()], part[match.end() :]
        agent = lexicon.agents.search(before)
        if text.language == "en" and lexicon.objects.search(before) and not agent:
            continue
        told = lexicon.told.search(before)
        goes_on = lexicon.handling.match(after.lstrip()) or _GOES_ON.match(after)
        if (told and not goes_on and not agent) or lexicon.possesses.match(after):
            continue
        role = called.get(match[0].lower()) or called.get(match[0].lower().removesuffix("s"))
        if role:
            yield role, match


def _trimmed(text: ProcedureText, action: str) -> str:
    action = re.sub(
        r"[，,、]?(?:再由|由|并由|交给?|经|and then|and|then|by)\s*$", "", action.strip()
    )
    action = text.words.trims.sub("", action)
    if text.language == "en":
        action = re.sub(r"^(?:must|shall|should|will|may|can|who [^,]+,)\s+", "", action)
        action = action[:1].upper() + action[1:]
    return action[:_LONGEST_ACTION].strip("，,、 ")


def _condition(clause: CitedClause, sentence: str, action: str) -> str | None:
    at = sentence.find(action[:6]) if action else -1
    for segment in conditional_segments(clause, sentence[: max(0, at)]):
        words = _CONDITION_MARKS.sub("", segment).strip()
        if len(words) > 1 and not clause.lexicon.starts_before.search(f"{segment}，"):
            return words[:_LONGEST_ACTION]
    return None


def propose_routes(
    text: ProcedureText, known: tuple[ProposedFact, ...]
) -> tuple[ProposedFact, ...]:
    """The role that the text gives filings to, with the condition of its sentence."""
    found: list[ProposedFact] = []
    for clause in text.cited(known):
        for role in clause.source.policy.roles:
            for pattern in (clause.lexicon.takes, clause.lexicon.receives):
                match = next(taking(clause, role, pattern, clause.text), None)
                if match is None or any(_same(one, role.id, clause) for one in found):
                    continue
                begin, end = clause.sentence(match.start())
                sentence = clause.text[begin:end]
                name = names_of_role(clause.source, role)[0]
                before = sentence.lower().partition(name.lower())[0]
                conditions = [
                    _CONDITION_MARKS.sub("", segment).strip()
                    for segment in conditional_segments(clause, before)
                ]
                kind = kind_spoken_of(text, clause, match.start())
                data: dict[str, Any] = {**({"kind": kind} if kind else {}), "role": role.id}
                if conditions and conditions[-1]:
                    data["condition"] = conditions[-1]
                words = cited(clause.clause.words, begin, end)
                found.append(ProposedFact("routes", clause.clause.id, words, data))
    return tuple(found)


def _same(one: ProposedFact, role: str, clause: CitedClause) -> bool:
    return one.data["role"] == role and one.clause == clause.clause.id
