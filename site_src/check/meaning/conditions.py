"""When a limit or a route holds must be what its clause says."""

import re
from collections.abc import Collection, Iterator

from functions.model.text import Text
from site_src.check.meaning.channels import ALIKE
from site_src.check.meaning.cited_clause import ENOUGH, CitedClause, names_of_role, parts
from site_src.check.meaning.levels import level_finding
from site_src.check.meaning.limits.cases import own_case
from site_src.check.meaning.limits.occurrences import Claim
from site_src.check.meaning.limits.starts import find_start, is_dissatisfied
from site_src.check.meaning.messages import fact_finding
from site_src.check.meaning.routes import takes
from site_src.policy.facts import PlacedFact, texts
from site_src.policy.finding import Finding
from site_src.policy.model.fact import Conditional, Fact, When
from site_src.policy.model.filing import BranchFact, Category, Channel, Level
from site_src.policy.model.handling import Role, RouteFact, StepFact
from site_src.policy.model.limits import LimitFact

_SEVERAL = 3
"""Channels in a segment that tell how filings come in, not when something holds."""

_BESIDE = 0.2
"""How much more of a condition the sentences of another role must say to be where it stands."""

_NAMED_LISTS = {
    "kind": "kinds",
    "category": "categories",
    "level": "levels",
    "filer": "filers",
    "channel": "channels",
    "branch": "branches",
    "starts": "events",
}
"""Keys in which a limit or route names facts, and the lists of these facts."""

_FOR_ALL = 0.75
"""The share of a segment that says only that somebody files."""

_BRIEF = 60
"""Characters of a segment that says hardly more than that somebody is dissatisfied."""

_SAID = 0.65
"""The share of a step's action that a sentence must say to be the one that says the step."""


def condition_findings(cited: CitedClause, claimed: tuple[Claim, ...]) -> Iterator[Finding]:
    """Conditions that the fact or the text lacks, and levels of routes."""
    for claim in claimed:
        yield from _limit(cited, claim)
    for placed in cited.facts:
        fact = placed.fact
        if isinstance(fact, StepFact):
            yield from _step(cited, placed, fact)
        if isinstance(fact, RouteFact):
            yield from _route(cited, placed, fact)


def _limit(cited: CitedClause, claim: Claim) -> Iterator[Finding]:
    """A segment before the length that says when it holds, and which the fact does not say."""
    limit = claim.limit
    first, _ = own_case(cited, claim.number)
    text = cited.text[first : claim.number.start]
    segments = tuple(conditional_segments(cited, text))
    if not segments:
        return
    start = find_start(cited, claim) if limit.runs_from is not None else None
    own = _said_by(cited, limit)
    # What stands before an act that starts the limit is that act's condition.
    before = text.partition(start.words)[0] if start and start.words in text else ""
    for segment in segments:
        if start is not None and (segment in start.words or start.words in segment):
            continue
        if start is not None and not start.stated and segment in before:
            continue
        if _of_channel(cited, limit.when, segment) or says_only_who_files(
            cited, segment, own, (limit.role,)
        ):
            continue
        if cited.share(segment, own) < ENOUGH and not _asks_again(cited, limit, segment):
            yield fact_finding(cited, claim.placed, "when", "condition-unclaimed", text=segment)


def _asks_again(cited: CitedClause, limit: LimitFact, segment: str) -> bool:
    """Whether somebody is only said to be dissatisfied, as whoever asks for a review is."""
    if limit.party != "filer" or cited.lexicon.segment_end.search(segment):
        return False
    if not any(limit.id in review.limits for review in cited.source.policy.reviews):
        return False
    return is_dissatisfied(cited, segment) and len(segment) <= _BRIEF


def conditional_segments(cited: CitedClause, text: str) -> Iterator[str]:
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
    when = fact.when if isinstance(fact, Conditional) else When()
    ids = vars(fact) | ({"starts": fact.starts} if isinstance(fact, LimitFact) else {})
    for key, name in _NAMED_LISTS.items():
        for id in (ids.get(key), vars(when).get(key)):
            if id is not None:
                for placed in cited.source.named.get((name, id), ()):
                    said += [text for _, text in placed.texts]
    return "\n".join(cited.words(text) if isinstance(text, Text) else text for text in said)


def _ids(when: When) -> set[object]:
    """The ids of the facts that a condition names."""
    return {id for key, id in when if key != "condition" and id is not None}


def _of_channel(cited: CitedClause, when: When, segment: str) -> bool:
    """Whether the segment has a word for the type of the channel that the fact is for."""
    return any(
        cited.lexicon.channels[type].search(segment) is not None
        for channel in cited.source.policy.channels
        if channel.id == when.channel
        for type in ALIKE.get(channel.type, (channel.type,))
    )


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
        yield from level_finding(
            cited, placed, route.level, _own_part(cited, route, sentence, name)
        )
        if route.condition is not None:
            yield from _beside_another(cited, placed, role, cited.words(route.condition))
        if route.category is not None:
            return
        own = _said_by(cited, route)
        for segment in conditional_segments(cited, sentence[: sentence.index(name)]):
            if cited.share(segment, own) < ENOUGH and not says_only_who_files(cited, segment, own):
                yield fact_finding(cited, placed, "role", "condition-unclaimed", text=segment)
        return


def _step(cited: CitedClause, placed: PlacedFact, step: StepFact) -> Iterator[Finding]:
    """A step's condition, where the sentence that says the step begins with one."""
    action = cited.words(step.action)
    names = {
        name
        for role in cited.source.policy.roles
        if role.id in step.role_ids
        for name in names_of_role(cited.source, role)
    }
    said = [
        (any(name in part for name in names), cited.share(action, part), part)
        for _, part in parts(cited.text, cited.lexicon.part_end)
        if cited.share(action, part) >= _SAID
    ]
    if not said:
        return
    _, _, part = max(said)
    segments = tuple(conditional_segments(cited, part))
    if not segments:
        return
    own = "\n".join(_said_by(cited, one) for one in (step, *_before(cited, step)))
    ids = _ids(step.when)
    named = [
        cited.words(one.fact.name)
        for one in cited.source.facts
        if isinstance(one.fact, Category | Channel | Level | BranchFact) and one.fact.id in ids
    ]
    for segment in segments:
        covered = cited.share(segment, own) > ENOUGH
        covered = covered or says_only_who_files(cited, segment, own, step.role_ids)
        covered = covered or any(name in segment for name in named)
        covered = covered or _of_channel(cited, step.when, segment)
        covered = covered or _of_another(cited, step, segment)
        covered = covered or any(number.words in segment for number in cited.numbers)
        covered = covered or cited.lexicon.alternative.match(segment) is not None
        covered = covered or _of_another_time(cited, action, part, segment)
        if not covered and cited.share(action, segment) <= ENOUGH:
            yield fact_finding(cited, placed, "action", "condition-unclaimed", text=segment)


def _of_another_time(cited: CitedClause, action: str, part: str, segment: str) -> bool:
    """Whether a condition only joins something to the step: "…within 20 days or, if …, 10"."""
    before = part.partition(segment)[0]
    return cited.lexicon.joins.search(before) is not None and cited.share(action, before) >= _SAID


def _before(cited: CitedClause, step: StepFact) -> Iterator[StepFact]:
    """The steps that a step comes after: their conditions hold for it, too."""
    wanted = [*step.after]
    seen = {step.id}
    while wanted:
        id = wanted.pop()
        for other in cited.source.policy.steps:
            if other.id == id and id not in seen:
                seen.add(id)
                wanted += other.after
                yield other


def _of_another(cited: CitedClause, step: StepFact, segment: str) -> bool:
    """Whether the segment says what another role did before, or did not do in time."""
    if cited.lexicon.absent.search(segment):
        return False
    return any(
        name.lower() in segment.lower()
        for role in cited.source.policy.roles
        if role.id not in step.role_ids
        for name in names_of_role(cited.source, role)
    )


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
            takes(cited, one, part)
            for one in cited.source.policy.roles
            if one.id != role.id and one.id in cited.named_roles
        ):
            other, where = share, part
    if other >= ENOUGH and other >= own + _BESIDE:
        yield fact_finding(
            cited, placed, "role", "route-not-in-text", role=cited.words(role.name), text=where
        )


def says_only_who_files(
    cited: CitedClause, segment: str, own: str, roles: Collection[str | None] = ()
) -> bool:
    """Whether the segment says only who files what, which routes have keys of their own for.

    It may name the `roles` of the fact, too, as who gets it.
    """
    policy = cited.source.policy
    names = [cited.words(one.name) for one in policy.kinds]
    names += [
        name
        for role in policy.roles
        if role.id in roles
        for name in names_of_role(cited.source, role)
    ]
    names += [cited.words(one.who) for one in policy.filers]
    ways = sum(pattern.search(segment) is not None for pattern in cited.lexicon.channels.values())
    if ways >= _SEVERAL:
        return True
    said = "\n".join((*names, own, cited.lexicon.generic))
    left = re.sub("|".join(map(re.escape, sorted(names, key=len, reverse=True))), " ", segment)
    return cited.share(segment, said) >= _FOR_ALL and (
        not left.strip() or cited.share(left, said) >= ENOUGH
    )
