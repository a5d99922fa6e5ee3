"""When a limit or a route holds must be what its clause says."""

import re
from collections.abc import Iterator

from functions.model.text import Text
from site_src.check.meaning.cited_clause import (
    ENOUGH,
    CitedClause,
    names_of_role,
    parts,
    span_around,
    texts,
)
from site_src.check.meaning.messages import fact_finding
from site_src.check.meaning.occurrences import Claim
from site_src.check.meaning.routes import takes
from site_src.check.meaning.starts import find_start
from site_src.policy.facts import PlacedFact, facts
from site_src.policy.finding import Finding
from site_src.policy.model.fact import Fact
from site_src.policy.model.filing import Category, Level
from site_src.policy.model.handling import Role, RouteFact, Step
from site_src.policy.model.limits import LimitFact

_SEVERAL = 3
"""Channels in a segment that tell how filings come in, not when something holds."""

_BESIDE = 0.2
"""How much more of a condition the sentences of another role must say to be where it stands."""

_NAMED_LISTS = ("kinds", "categories", "levels", "filers", "channels", "branches", "events")
"""Lists whose facts a limit or route names."""

_FOR_ALL = 0.75
"""The share of a segment that says only that somebody files."""

_NAMED = 0.8
"""The share of a level's name that a sentence must say to speak of the level."""


def condition_findings(cited: CitedClause, claimed: tuple[Claim, ...]) -> Iterator[Finding]:
    """Conditions and levels that the fact or the text lacks."""
    for claim in claimed:
        yield from _limit(cited, claim)
        yield from _level(cited, claim.placed, claim.limit.level_id, _around(cited, claim))
    for placed in cited.facts:
        fact = placed.fact
        if isinstance(fact, Step):
            yield from _step(cited, placed, fact)
        if isinstance(fact, RouteFact):
            yield from _route(cited, placed, fact)
        elif isinstance(fact, Category):
            yield from _category(cited, placed, fact)


def _category(cited: CitedClause, placed: PlacedFact, fact: Category) -> Iterator[Finding]:
    """A category of a clause on a level has that level."""
    if fact.level is not None:
        yield from _level(cited, placed, fact.level, None)
        return
    for level in cited.source.policy.levels:
        of_level = level.clause == fact.clause and len(fact.children) == 0
        if of_level or _named_in(cited, level, cited.text):
            name = cited.words(level.name)
            yield fact_finding(
                cited, placed, "level", "level-unclaimed", level=name, id=level.id, text=cited.text
            )


def _around(cited: CitedClause, claim: Claim) -> str:
    return cited.text[slice(*cited.sentence(claim.number.start, cited.lexicon.part_end))]


def _limit(cited: CitedClause, claim: Claim) -> Iterator[Finding]:
    """A segment before the length that says when it holds, and which the fact does not say."""
    limit, lexicon = claim.limit, cited.lexicon
    first, _ = span_around(cited.text, claim.number.start, lexicon.part_end)
    start = find_start(cited, claim) if limit.runs_from is not None else None
    own = _said_by(cited, limit)
    text = cited.text[first : claim.number.start]
    # What stands before an act that starts the limit is that act's condition.
    before = text.partition(start.words)[0] if start and start.words in text else ""
    for segment in _conditions(cited, cited.text[first : claim.number.start]):
        if start is not None and (segment in start.words or start.words in segment):
            continue
        if start is not None and not start.stated and segment in before:
            continue
        if cited.share(segment, own) < ENOUGH:
            yield fact_finding(cited, claim.placed, "when", "condition-unclaimed", text=segment)


def _conditions(cited: CitedClause, text: str) -> Iterator[str]:
    """The segments that end before the text does and say when something holds."""
    lexicon = cited.lexicon
    ends = [match.start() for match in lexicon.segment_end.finditer(text)]
    for at, segment in parts(text, lexicon.segment_end):
        words = segment.strip()
        if (
            ends
            and at + len(segment) <= ends[-1]
            and lexicon.conditions.search(words)
            and not lexicon.examples.search(words)
        ):
            yield words


def _said_by(cited: CitedClause, fact: Fact) -> str:
    """Everything that a fact says of itself and of what it names."""
    policy = cited.source.policy
    said: list[Text | str] = [text for _, text in texts(fact)]
    if isinstance(fact, LimitFact):
        for review in policy.reviews:
            if fact.id in review.limits:
                said += [text for _, text in texts(review)]
    when = getattr(fact, "when", None)
    named = {
        getattr(fact, key, None) for key in ("kind", "category", "level", "role", "starts")
    } | {
        getattr(when, key, None)
        for key in ("kind", "category", "level", "filer", "channel", "branch")
    }
    for placed in facts(policy):
        if placed.list in _NAMED_LISTS and getattr(placed.fact, "id", "") in named:
            said += [text for _, text in texts(placed.fact)]
    return "\n".join(cited.words(text) if isinstance(text, Text) else text for text in said)


def _route(cited: CitedClause, placed: PlacedFact, route: RouteFact) -> Iterator[Finding]:
    """A route's condition, where its clause gives filings to the role on a condition only."""
    role = next((one for one in cited.source.policy.roles if one.id == route.role), None)
    if role is None:
        return
    ends = cited.lexicon.part_end
    for _at, sentence in parts(cited.text, ends):
        name = next((name for name in names_of_role(cited.source, role) if name in sentence), None)
        if name is None:
            continue
        yield from _level(cited, placed, route.level, _own_part(cited, route, sentence, name))
        own = _said_by(cited, route)
        if route.condition is not None:
            yield from _beside_another(cited, placed, role, cited.words(route.condition))
        if route.category is not None:
            return
        for segment in _conditions(cited, sentence[: sentence.index(name)]):
            if cited.share(segment, own) < ENOUGH and not _for_all(cited, segment, own):
                yield fact_finding(cited, placed, "role", "condition-unclaimed", text=segment)
        return


def _step(cited: CitedClause, placed: PlacedFact, step: Step) -> Iterator[Finding]:
    """A step's condition, where the sentence that says the step begins with one."""
    action = cited.words(step.action)
    said = [
        (cited.share(action, part), part) for _, part in parts(cited.text, cited.lexicon.part_end)
    ]
    share, part = max(said, default=(0.0, ""))
    if share < _NAMED:
        return
    own = _said_by(cited, step)
    names = [
        name for role in cited.source.policy.roles for name in names_of_role(cited.source, role)
    ]
    for segment in _conditions(cited, part):
        # What another role did before, or did not do in time, is no condition of its own.
        covered = cited.share(segment, own) >= ENOUGH or _for_all(cited, segment, own)
        covered = covered or any(name.lower() in segment.lower() for name in names)
        covered = covered or any(number.words in segment for number in cited.numbers)
        covered = covered or cited.lexicon.alternative.match(segment) is not None
        if not covered and cited.share(action, segment) < ENOUGH:
            yield fact_finding(cited, placed, "action", "condition-unclaimed", text=segment)


def _own_part(cited: CitedClause, route: RouteFact, sentence: str, name: str) -> str:
    """The words of a sentence that lead up to a role, without those of another role."""
    others = [
        other
        for role in cited.source.policy.roles
        if role.id != route.role
        for other in names_of_role(cited.source, role)
    ]
    end = sentence.index(name) + len(name)
    begin = 0
    for at, segment in parts(sentence[:end], cited.lexicon.segment_end):
        if at + len(segment) < end and any(other in segment for other in others):
            begin = at + len(segment)
    return sentence[begin:]


def _beside_another(
    cited: CitedClause, placed: PlacedFact, role: Role, words: str
) -> Iterator[Finding]:
    """A condition that the clause says of another role, not of the route's."""
    own = other = 0.0
    where = ""
    for _, part in parts(cited.text, cited.lexicon.part_end):
        share = cited.share(words, part)
        if any(name in part for name in names_of_role(cited.source, role)):
            own = max(own, share)
        elif share > other and any(
            takes(cited, one, part) for one in cited.source.policy.roles if one.id != role.id
        ):
            other, where = share, part
    if other >= ENOUGH and other >= own + _BESIDE:
        yield fact_finding(
            cited, placed, "role", "route-not-in-text", role=cited.words(role.name), text=where
        )


def _for_all(cited: CitedClause, segment: str, own: str) -> bool:
    """Whether the segment says only who files what, which routes have keys of their own for."""
    policy = cited.source.policy
    names = [cited.words(one.name) for one in policy.kinds]
    names += [cited.words(one.who) for one in policy.filers]
    ways = sum(pattern.search(segment) is not None for pattern in cited.lexicon.channels.values())
    return (
        ways >= _SEVERAL
        or cited.share(segment, "\n".join((*names, own, cited.lexicon.generic))) >= _FOR_ALL
    )


def _level(
    cited: CitedClause, placed: PlacedFact, id: str | None, sentence: str | None
) -> Iterator[Finding]:
    """A level needs its words, and a sentence that speaks of a level needs the level."""
    levels = {level.id: level for level in cited.source.policy.levels}
    if id is not None and id in levels:
        if not _evidence(cited, placed.fact, levels[id], sentence):
            name = cited.words(levels[id].name)
            yield fact_finding(
                cited, placed, "level", "level-not-in-text", level=name, text=sentence or cited.text
            )
    elif id is None and sentence is not None:
        for level in levels.values():
            name = cited.words(level.name)
            own = "\n".join((sentence, *(cited.words(text) for _, text in texts(placed.fact))))
            if _named_in(cited, level, own) and not _is_other_case(cited, placed.fact, sentence):
                yield fact_finding(
                    cited,
                    placed,
                    "level",
                    "level-unclaimed",
                    level=name,
                    id=level.id,
                    text=sentence,
                )


def _is_other_case(cited: CitedClause, fact: Fact, sentence: str) -> bool:
    """Whether a route is for a category, or for a case that the sentence lists beside a level."""
    if not isinstance(fact, RouteFact):
        return False
    if fact.condition is None:
        return fact.category is not None
    words = cited.words(fact.condition)
    levels = [cited.words(level.name) for level in cited.source.policy.levels]
    return cited.share(words, sentence) == 1 and not any(name in words for name in levels)


def _evidence(cited: CitedClause, fact: Fact, level: Level, sentence: str | None) -> bool:
    said = cited.whole
    if sentence is not None and isinstance(fact, LimitFact):
        said = sentence
    elif sentence is not None:
        # What was said of a level before still holds for the sentences that follow.
        said = cited.whole[: cited.whole.index(sentence) + len(sentence)]
    own = "\n".join(cited.words(text) for _, text in texts(fact))
    return (
        (level.clause == fact.clause and not isinstance(fact, RouteFact))
        or _named_in(cited, level, said)
        or any(
            cited.share(cited.words(text), said) >= _NAMED
            or (own and cited.share(own, cited.words(text)) >= _NAMED)
            for text in (level.definition, *level.signs)
        )
    )


def _named_in(cited: CitedClause, level: Level, said: str) -> bool:
    """Whether a text says a level's name, or what stands in or before its brackets."""
    pieces = [piece for piece in re.split(r"[（()）]", cited.words(level.name)) if piece.strip()]
    return any(cited.share(piece, said) >= _NAMED for piece in pieces)
