"""The role of a limit or step must be the one that does the act in its sentence."""

import re
from collections.abc import Iterator

from site_src.check.meaning.cited_clause import CitedClause, parts
from site_src.check.meaning.limits.occurrences import Claim
from site_src.check.meaning.limits.parties import any_of, mentions
from site_src.check.meaning.messages import fact_finding
from site_src.policy.facts import PlacedFact
from site_src.policy.finding import Finding
from site_src.policy.model.handling import StepFact

_GOES_ON = re.compile(r"，?由[其他她]")
_POSSESSIVE = re.compile(r"的|['’]s\b")

_SAID = 0.65
"""The share of a step's action that a sentence must say to be the one that says the step."""


def actor_findings(cited: CitedClause, claimed: tuple[Claim, ...]) -> Iterator[Finding]:
    """Limits and steps of a role where their sentence lets another role act."""
    known = {role.id for role in cited.source.policy.roles}
    for claim in claimed:
        if claim.limit.role in known:
            yield from _limit(cited, claim, str(claim.limit.role))
    for placed in cited.facts:
        if isinstance(placed.fact, StepFact) and set(placed.fact.role_ids) <= known:
            yield from _step(cited, placed, placed.fact)


def _limit(cited: CitedClause, claim: Claim, role: str) -> Iterator[Finding]:
    number = claim.number
    first, _ = cited.sentence(number.start)
    # Whoever is named in a later segment does what that one says.
    _, last = cited.sentence(number.start, cited.lexicon.segment_end)
    if any(role in ids for ids in _taking_part(cited, cited.text[first:last])):
        return
    before = list(_acting(cited, cited.text[first : number.start]))
    before = before or list(_taking_part(cited, cited.text[first : number.start]))
    if before:
        yield _wrong(cited, claim.placed, role, before[-1], cited.text[first:last])


def _step(cited: CitedClause, placed: PlacedFact, step: StepFact) -> Iterator[Finding]:
    action = cited.words(step.action)
    said = [
        (cited.share(action, sentence), sentence)
        for _, sentence in parts(cited.text, cited.lexicon.sentence_end)
    ]
    most = max((share for share, _ in said), default=0.0)
    others: list[tuple[frozenset[str], str]] = []
    for share, sentence in said:
        if share < max(most, _SAID):
            continue
        if any(ids & set(step.role_ids) for ids in _taking_part(cited, sentence)):
            return
        acting = list(_acting(cited, sentence, agents=True))
        if not acting:
            return
        others.append((acting[0], sentence))
    for ids, sentence in others[:1]:
        yield _wrong(cited, placed, step.role_ids[0], ids, sentence)


def _ids(cited: CitedClause, words: str) -> frozenset[str]:
    """The ids of the roles that are called this, or this in the plural."""
    called, small = cited.called, words.lower()
    return called.get(small) or called.get(small.removesuffix("s"), frozenset())


def _acting(cited: CitedClause, text: str, agents: bool = False) -> Iterator[frozenset[str]]:
    """The roles that act by the text, in order."""
    for mention in mentions(cited, text, agents=agents):
        ids = _ids(cited, mention.words)
        if ids and not cited.lexicon.told.search(text[: mention.start]):
            yield ids


def _taking_part(cited: CitedClause, sentence: str) -> Iterator[frozenset[str]]:
    """The roles that are named, but for being told or as a part of another's name."""
    for match in any_of(tuple(cited.called)).finditer(sentence):
        told = cited.lexicon.told.search(sentence[: match.start()])
        behind = sentence[match.end() :]
        if told and (_GOES_ON.match(behind) or cited.lexicon.handling.match(behind)):
            told = None
        if not told and not _POSSESSIVE.match(behind):
            yield _ids(cited, match[0])


def _wrong(
    cited: CitedClause, placed: PlacedFact, role: str, ids: frozenset[str], text: str
) -> Finding:
    names = {one.id: cited.words(one.name) for one in cited.source.policy.roles}
    return fact_finding(
        cited,
        placed,
        "role",
        "role-differs",
        role=names.get(role, role),
        other=" / ".join(names[id] for id in sorted(ids)),
        text=text,
    )
