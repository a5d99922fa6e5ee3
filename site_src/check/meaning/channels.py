"""The ways to file must be those that the clauses name."""

import re
from collections.abc import Iterator

from site_src.check.meaning.cited_clause import CitedClause, parts
from site_src.check.meaning.messages import fact_finding, text_finding
from site_src.policy.finding import Finding
from site_src.policy.model.filing import Channel, ContactFact
from site_src.policy.terms import ChannelType

_ALIKE: dict[ChannelType, tuple[ChannelType, ...]] = {
    "extension": ("telephone", "extension"),
    "telephone": ("telephone", "extension", "instant_messaging"),
    "community": ("community", "web", "instant_messaging"),
    "instant_messaging": ("instant_messaging", "telephone", "web", "community"),
    "web": ("web", "community", "instant_messaging"),
    "writing": ("writing", "letter", "email"),
    "letter": ("letter", "writing", "box"),
    "authority": ("authority",),
}
"""Types whose words mean each other's channel as well."""

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
            wanted = _ALIKE.get(fact.type, (fact.type,))
            said = words[fact.type].search(cited.whole) is not None
            if not said and isinstance(fact, ContactFact):
                said = fact.value in cited.text
            named = own & set(_SPECIFIC)
            if (
                not said
                or (named and not named & set(wanted) and fact.type not in own)
                or not _value_fits(fact.type, fact.value)
            ):
                yield fact_finding(
                    cited, placed, "type", "channel-not-in-text", type=fact.type, words=name
                )
    yield from _unclaimed(cited)


def _unclaimed(cited: CitedClause) -> Iterator[Finding]:
    policy, lexicon = cited.source.policy, cited.lexicon
    contacts = [
        contact
        for outer in (*policy.reviews, *policy.branches)
        for contact in outer.contacts
        if contact.clause == cited.clause.id
    ]
    for at, sentence in parts(cited.text, lexicon.sentence_end):
        if not lexicon.speaks_of_filing.search(sentence):
            continue
        here = cited.kinds_of(sentence)
        held = {
            channel.type
            for channel in policy.channels
            if channel.kind is None or not here or channel.kind in here
        } | {contact.type for contact in contacts}
        for type in _SPECIFIC:
            match = lexicon.channels[type].search(sentence)
            if match and not held & set(_ALIKE.get(type, (type,))):
                yield text_finding(
                    cited, at + match.start(), "channel-unclaimed", text=match[0], type=type
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
