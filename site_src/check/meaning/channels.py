"""The ways to file must be those that the clauses name."""

import re
from collections.abc import Iterator

from site_src.check.meaning.cited_clause import CitedClause, parts
from site_src.check.meaning.messages import fact_finding, text_finding
from site_src.lazy_patterns import LazyPattern
from site_src.policy.finding import Finding
from site_src.policy.model.filing import Channel, ContactFact, FormalityFact
from site_src.policy.terms import ChannelType

ALIKE: dict[ChannelType, tuple[ChannelType, ...]] = {
    "extension": ("extension", "telephone"),
    "telephone": ("telephone", "extension"),
    "letter": ("letter", "writing"),
}
"""Types that a word for a type can also stand for."""

_DECISIVE: tuple[ChannelType, ...] = (
    "callback",
    "instant_messaging",
    "community",
    "extension",
    "fax",
    "box",
)
"""Types that a name which says them has, whatever else it says."""

_PASSING: tuple[ChannelType, ...] = ("writing", "web", "callback", "instant_messaging", "community")
"""Types that are ways to file only where a clause names others, too."""

_NEAR = 8
"""Characters between two channels of a list."""

_BY_VALUE: tuple[ChannelType, ...] = ("telephone", "email", "letter", "in_person")
"""Types that a number or an address alone can be."""

_NEAR_MAIL = 30
"""Characters between a word such as 信箱 or 写信 and the e-mail address that it means."""

_SAID = 0.7
"""How much of whom one can speak to a channel's name must say."""

_SPECIFIC: tuple[ChannelType, ...] = ("telephone", "email", "letter", "fax", "in_person", "box")
"""Types that a sentence on filing cannot name in passing."""


def channel_findings(cited: CitedClause) -> Iterator[Finding]:
    """Channels of a type that the clause does not name, and ways to file that no channel is."""
    words = cited.lexicon.channels
    for placed in cited.facts:
        fact = placed.fact
        if isinstance(fact, Channel | ContactFact):
            name = cited.words(fact.name) if fact.name else ""
            own = {type for type, pattern in words.items() if pattern.search(name)}
            if fact.value and "@" in fact.value:
                own = {"email"}
            said = words[fact.type].search(cited.whole) is not None
            if fact.value and fact.type in _BY_VALUE:
                said = said or cited.punctuated(fact.value) in cited.text
            named = own & set(_DECISIVE) or own & set(_SPECIFIC) or own
            if (
                not said
                or (named and fact.type not in named)
                or not _value_fits(fact.type, fact.value)
            ):
                yield fact_finding(
                    cited, placed, "type", "channel-not-in-text", type=fact.type, words=name
                )
    yield from _unclaimed(cited)
    yield from _addressed(cited)


def _unclaimed(cited: CitedClause) -> Iterator[Finding]:
    policy, lexicon = cited.source.policy, cited.lexicon
    contacts = [
        contact
        for group in (
            *(review.contacts for review in policy.reviews),
            *(branch.contacts for branch in policy.branches),
        )
        for contact in group
        if contact.clause == cited.clause.id
    ]
    cites = any(isinstance(placed.fact, Channel) for placed in cited.facts)
    in_writing = any(
        isinstance(placed.fact, FormalityFact) and placed.fact.type == "written"
        for placed in cited.facts
    )
    boxes = "".join(cited.words(one.name) for one in policy.channels if one.type == "box")
    for at, sentence in parts(cited.text, lexicon.sentence_end):
        if lexicon.refuses.search(sentence):
            continue
        sentence = _ways_in(cited, sentence)
        told = cites or lexicon.speaks_of_filing.search(sentence) is not None
        claimed = [
            (type, match)
            for type, pattern in _ways(cited, cites, told)
            if (match := _first(cited, sentence, type, pattern))
        ]
        if not claimed:
            continue
        here = cited.kinds_of(sentence)
        held = {
            channel.type
            for channel in policy.channels
            if channel.kind is None or not here or channel.kind in here
        } | {contact.type for contact in contacts}
        if in_writing:
            held |= {"writing"}
        for type, match in claimed:
            if type == "in_person" and lexicon.whatever.search(sentence[: match.start()][-12:]):
                continue
            if type in ("box", "letter") and "@" in sentence[match.end() :][:_NEAR_MAIL]:
                continue
            if type == "box" and match[0] not in boxes:
                held = held - {"box"}
            if not held & set(ALIKE.get(type, (type,))):
                yield text_finding(
                    cited, at + match.start(), "channel-unclaimed", text=match[0], type=type
                )


def _ways_in(cited: CitedClause, sentence: str) -> str:
    """The sentence with blanks for what is sent out and for other words that name no way in."""
    return cited.lexicon.outgoing.sub(lambda match: " " * len(match[0]), sentence)


def _ways(cited: CitedClause, cites: bool, told: bool) -> Iterator[tuple[ChannelType, LazyPattern]]:
    """The types that a sentence's words can claim, each with its words."""
    lexicon = cited.lexicon
    for type in (*(_SPECIFIC if told else ("box",)), *(_PASSING if cites else ())):
        yield type, lexicon.channels[type]
    yield "authority", lexicon.passed_on
    yield "writing", lexicon.hands_in


def _first(
    cited: CitedClause, sentence: str, type: ChannelType, pattern: LazyPattern
) -> re.Match[str] | None:
    """The first of the words in the sentence; of those in passing, the first beside others."""
    for match in pattern.finditer(sentence):
        alone = type in _PASSING and pattern is cited.lexicon.channels[type]
        if not alone or _beside_another(cited, sentence, match):
            return match
    return None


def _beside_another(cited: CitedClause, sentence: str, match: re.Match[str]) -> bool:
    """Whether a word for a channel is listed beside another channel's."""
    lexicon = cited.lexicon
    for type in (*_SPECIFIC, *_PASSING):
        for other in lexicon.channels[type].finditer(sentence):
            first, last = sorted((match.span(), other.span()))
            between = sentence[first[1] : last[0]]
            if 0 < len(between) <= _NEAR and lexicon.listed.search(between):
                return True
    return False


def _addressed(cited: CitedClause) -> Iterator[Finding]:
    """Whom one can speak to, where other people of the clause are channels."""
    if not any(
        isinstance(placed.fact, Channel) and placed.fact.type == "in_person"
        for placed in cited.facts
    ):
        return
    own = [
        cited.words(placed.fact.name) for placed in cited.facts if isinstance(placed.fact, Channel)
    ]
    for match in cited.lexicon.addressed.finditer(cited.text):
        for at, item in parts(match["whom"], cited.lexicon.listed):
            if not any(cited.share(item, name) >= _SAID for name in own):
                yield text_finding(
                    cited,
                    match.start("whom") + at,
                    "channel-unclaimed",
                    text=item,
                    type="in_person",
                )


def _value_fits(type: ChannelType, value: str | None) -> bool:
    """Whether a value can be of that type: an address with @ is no telephone."""
    if not value:
        return True
    if "@" in value:
        return type in ("email", "instant_messaging", "writing", "authority", "letter")
    if re.fullmatch(r"[+0-9() ./-]{3,}", value):
        return type not in ("email", "letter", "web", "box", "in_person", "writing")
    return type not in ("email",)
