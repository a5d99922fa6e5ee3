"""What a clause lists beside what facts say must be said by facts as well."""

from collections.abc import Iterator

from site_src.check.meaning.cited_clause import CitedClause, parts
from site_src.check.meaning.messages import text_finding
from site_src.policy.finding import Finding
from site_src.policy.model.filing import Category, Channel, Filer, Ground, KindFact
from site_src.policy.model.reviews import ReviewFact

_KEYS = {
    "kinds": (KindFact, "name"),
    "filers": (Filer, "who"),
    "channels": (Channel, "name"),
    "reviews": (ReviewFact, "body"),
    "grounds": (Ground, "text"),
    "categories": (Category, "name"),
}
_SAID = 0.75
_LONGEST = {"zh-CN": 16, "en": 60}


def listed_findings(cited: CitedClause) -> Iterator[Finding]:
    """Items of a list of which a fact says one and none says another."""
    for name, (type, key) in _KEYS.items():
        said = [
            cited.words(getattr(placed.fact, key))
            for placed in cited.facts
            if isinstance(placed.fact, type)
        ]
        if said:
            yield from _beside(cited, name, said)


def _beside(cited: CitedClause, name: str, said: list[str]) -> Iterator[Finding]:
    everything = "\n".join(said)
    for at, segment in parts(cited.text, cited.lexicon.segment_end):
        items = [(offset, item.strip()) for offset, item in parts(segment, cited.lexicon.listed)]
        items = [(offset, item) for offset, item in items if item]
        if len(items) < 2:
            continue
        own = [cited.share(item, everything) >= _SAID for _, item in items]
        if not any(own):
            continue
        for (offset, item), claimed in zip(items, own, strict=True):
            if not claimed and len(item) <= _LONGEST[cited.source.policy.language]:
                yield text_finding(
                    cited, at + offset, "listed-unclaimed", text=item, list=name
                )
