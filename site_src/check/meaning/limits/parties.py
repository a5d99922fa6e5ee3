"""Whom a time limit binds must be who its clause says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from functions.model.contract.terms import Party
from site_src.check.meaning.cited_clause import CitedClause
from site_src.check.meaning.limits.occurrences import Claim
from site_src.check.meaning.messages import fact_finding
from site_src.lazy_patterns import LazyPattern
from site_src.policy.finding import Finding


@dataclass(frozen=True)
class Mention:
    """Somebody whom a sentence names; with `gets`, as who receives what starts a limit."""

    party: Party
    words: str
    start: int
    end: int
    gets: bool = False


def party_findings(cited: CitedClause, claimed: tuple[Claim, ...]) -> Iterator[Finding]:
    """Limits that bind somebody else than their clause says."""
    for claim in claimed:
        limit = claim.limit
        if limit.role is not None and limit.party != "organisation":
            yield fact_finding(
                cited, claim.placed, "party", "party-of-role", role=limit.role, fact=limit.party
            )
            continue
        party, words = bound(cited, claim)
        if party != limit.party and (
            party is not None or limit.party in ("authority", "respondent")
        ):
            yield fact_finding(
                cited,
                claim.placed,
                "party",
                "party-not-in-text",
                length=claim.number.words,
                party=party or "organisation",
                fact=limit.party,
                text=words or cited.text,
            )


def bound(cited: CitedClause, claim: Claim) -> tuple[Party | None, str]:
    """Whom the clause binds, and the words that say so; None if it names nobody."""
    limit, number, lexicon = claim.limit, claim.number, cited.lexicon
    if limit.recurring or limit.by is not None:
        return "organisation", number.words
    first, last = cited.sentence(number.start)
    left, right = cited.text[first : number.start], cited.text[number.end : last]
    own_first = _own_first(cited, left)
    found = list(mentions(cited, left, behind=right))
    strong = [one for one in found if not _conditional(cited, left, one)]
    near = [one for one in strong if one.start >= own_first]
    if near:
        return near[-1].party, near[-1].words
    after = lexicon.starts_after.match(right)
    verb = _act(cited, right[after.end() :] if after else right) or _act(cited, left[own_first:])
    agents = [*_agents(cited, right), *_agents(cited, left[own_first:])]
    # Whoever receives what must arrive in time is not who must send it.
    if agents and limit.role is None and not lexicon.arrives.search(left[own_first:]):
        return agents[0].party, agents[0].words
    if strong and strong[-1].gets:  # 客服部收到投诉后，应当当日填写
        return strong[-1].party, strong[-1].words
    if strong and (verb is None or strong[-1].party == verb[0] or not _fits(strong[-1], verb[0])):
        return strong[-1].party, strong[-1].words
    if verb:
        return verb
    if agents:
        return agents[0].party, agents[0].words
    if got := lexicon.gets.search(left[own_first:]):
        return "organisation", got[0]
    if found:
        return found[-1].party, found[-1].words
    return _act(cited, cited.words(limit.action)) or (None, "")


def _own_first(cited: CitedClause, left: str) -> int:
    """Where the words begin that a length ends: after the last comma that does not interrupt."""
    lexicon = cited.lexicon
    return max(
        (
            match.end()
            for match in lexicon.segment_end.finditer(left)
            if not lexicon.interrupted.search(left[: match.start()])
        ),
        default=0,
    )


def _agents(cited: CitedClause, text: str) -> list[Mention]:
    """Those by whom the text says something is done."""
    return [
        one
        for one in mentions(cited, text, agents=True)
        if cited.lexicon.agents.search(text[: one.start])
    ]


def _fits(mention: Mention, act: Party) -> bool:
    return mention.party in ("filer", "organisation") and act in ("filer", "organisation")


def mentions(
    cited: CitedClause, text: str, agents: bool = False, behind: str = ""
) -> Iterator[Mention]:
    """Everybody whom the text names as who acts, in order; `behind` follows after a length."""
    lexicon, policy = cited.lexicon, cited.source.policy
    own = policy.organisation.name.words(policy.language), *cited.called
    patterns: list[tuple[Party, LazyPattern]] = [
        ("organisation", any_of(own)),
        ("respondent", lexicon.respondents),
        ("filer", lexicon.filers),
        ("authority", lexicon.authorities),
        ("organisation", lexicon.staff),
    ]
    who = tuple(cited.words(filer.who) for filer in policy.filers)
    bodies = tuple(cited.words(review.body) for review in policy.reviews if not review.inside)
    if who:
        patterns.insert(2, ("filer", any_of(who)))
    if bodies:
        patterns.insert(1, ("authority", any_of(bodies)))
    found: list[Mention] = []
    for party, pattern in patterns:
        for match in pattern.finditer(text):
            if match[0] and not any(
                one.start < match.end() and match.start() < one.end for one in found
            ):
                found.append(Mention(party, match[0], *match.span()))
    spans = [_of_start(cited, match) for match in lexicon.starts_before.finditer(text)]
    for one in sorted(found, key=lambda each: each.start):
        before, after = text[: one.start], text[one.end :]
        if lexicon.objects.search(before) and not (agents and lexicon.agents.search(before)):
            continue
        if one.party == "filer" and lexicon.gets.match(after):
            continue
        if lexicon.possesses.match(after) or lexicon.undergoes.match(after + behind):
            continue
        of_start = any(start <= one.start and one.end <= end for start, end in spans)
        gets = of_start and lexicon.got.match(after) is not None
        if gets or not of_start:
            yield replace(one, gets=gets)


@lru_cache
def any_of(names: tuple[str, ...]) -> LazyPattern:
    """Any of the names, the longest first, or of their plurals."""
    any_name = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return LazyPattern(rf"(?:{any_name})(?:s\b)?", re.IGNORECASE)


def _of_start(cited: CitedClause, match: re.Match[str]) -> tuple[int, int]:
    """Where the words of a start stand, without the subject of the sentence before them."""
    begins = list(cited.lexicon.start_begins.finditer(match[0]))
    return match.start() + (begins[-1].start() if begins else 0), match.end()


def _conditional(cited: CitedClause, left: str, mention: Mention) -> bool:
    """Whether the segment of a mention only says when something holds."""
    ends = [match.start() for match in cited.lexicon.segment_end.finditer(left)]
    first = max((end + 1 for end in ends if end < mention.start), default=0)
    last = min((end for end in ends if end >= mention.end), default=len(left))
    if last == len(left):
        return False
    return bool(cited.lexicon.conditions.search(left[first:last].strip()))


def _act(cited: CitedClause, text: str) -> tuple[Party, str] | None:
    """Whose act the first verb of the text is."""
    text = cited.lexicon.starts_before.sub("", text)
    filing, handling = cited.lexicon.filing.search(text), cited.lexicon.handling.search(text)
    if filing and (handling is None or filing.start() <= handling.start()):
        return "filer", filing[0]
    if handling:
        return "organisation", handling[0]
    return None
