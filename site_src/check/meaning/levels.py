"""The level of a limit, route or category must be the one that its clause speaks of."""

import re
from collections.abc import Iterator

from site_src.check.meaning.cited_clause import CitedClause
from site_src.check.meaning.limits.cases import own_case
from site_src.check.meaning.limits.occurrences import Claim
from site_src.check.meaning.messages import fact_finding
from site_src.policy.facts import PlacedFact, texts
from site_src.policy.finding import Finding
from site_src.policy.model.fact import Fact
from site_src.policy.model.filing import Category, Level
from site_src.policy.model.handling import RouteFact
from site_src.policy.model.limits import LimitFact

_NAMED = 0.8
"""The share of a level's name that a sentence must say to speak of the level."""


def level_findings(cited: CitedClause, claimed: tuple[Claim, ...]) -> Iterator[Finding]:
    """Levels of limits and categories that the fact or the text lacks."""
    for claim in claimed:
        said = cited.text[slice(*own_case(cited, claim.number))]
        yield from level_finding(cited, claim.placed, claim.limit.level_id, said)
    for placed in cited.facts:
        if isinstance(placed.fact, Category):
            yield from _category(cited, placed, placed.fact)


def _category(cited: CitedClause, placed: PlacedFact, fact: Category) -> Iterator[Finding]:
    """A category of a clause on a level has that level."""
    if fact.level is not None:
        yield from level_finding(cited, placed, fact.level, None)
        return
    for level in cited.source.policy.levels:
        of_level = level.clause == fact.clause and len(fact.children) == 0
        if of_level or _named_in(cited, level, cited.text):
            name = cited.words(level.name)
            yield fact_finding(
                cited, placed, "level", "level-unclaimed", level=name, id=level.id, text=cited.text
            )


def level_finding(
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
            own = "\n".join((sentence, *(cited.words(text) for _, text in placed.texts)))
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
    others = [cited.words(one.name).lower() for one in cited.source.policy.levels if one != level]
    of_another = sentence is not None and any(name in sentence.lower() for name in others)
    return (
        (level.clause == fact.clause and not isinstance(fact, RouteFact) and not of_another)
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
