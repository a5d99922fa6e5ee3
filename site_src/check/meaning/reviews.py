"""Where a filer can go next must be where the clauses say."""

from collections.abc import Iterator

from site_src.bilingual import Bilingual
from site_src.check.meaning.cited_clause import CitedClause, names_of_role, parts
from site_src.check.meaning.messages import fact_finding, text_finding
from site_src.policy.facts import PlacedFact
from site_src.policy.finding import Finding
from site_src.policy.model.limits import LimitFact
from site_src.policy.model.reviews import ReviewFact

_SAID = 0.6
"""How much of a body's words those of a review must say."""


def review_findings(cited: CitedClause) -> Iterator[Finding]:
    """Reviews on the wrong side, and ways to go next that no review says."""
    policy, lexicon = cited.source.policy, cited.lexicon
    own = [
        *(name for role in policy.roles for name in names_of_role(cited.source, role)),
        cited.words(policy.organisation.name),
    ]
    here = False
    for placed in cited.facts:
        fact = placed.fact
        if not isinstance(fact, ReviewFact):
            continue
        here = True
        body = cited.words(fact.body)
        yield from _said(cited, placed, fact)
        exact = any(body.lower() == name.lower() for name in own)
        outside = lexicon.outside.search(body) is not None and not exact
        inside = not outside and any(_is_of(body.lower(), name.lower()) for name in own)
        inside = inside or any(not outside and cited.share(body, name) >= _SAID for name in own)
        if fact.inside != inside and (outside or inside or fact.inside):
            side = Bilingual("inside", "本单位") if inside else Bilingual("outside", "外部机构")
            yield fact_finding(
                cited,
                placed,
                "inside",
                "review-side",
                words=body,
                side=side,
                inside=str(fact.inside).lower(),
                text=cited.text,
            )
    if here:
        yield from _other_bodies(cited, own)
        return
    appeals = [kind for kind in policy.kinds if kind.id in ("appeal", "objection")]
    for at, sentence in parts(cited.text, lexicon.sentence_end):
        named = any(cited.words(kind.name).lower() in sentence.lower() for kind in appeals)
        if named and not lexicon.outside.search(sentence):
            continue
        if match := lexicon.reviews.search(sentence):
            yield text_finding(cited, at + match.start(), "review-unclaimed", text=sentence)


def _said(cited: CitedClause, placed: PlacedFact, fact: ReviewFact) -> Iterator[Finding]:
    """A review whose body the clause does not name, or not as where to go, or not when."""
    lexicon, body = cited.lexicon, cited.words(fact.body)
    named = fact.inside or cited.share(body, cited.whole) == 1
    leads_on = fact.contacts or lexicon.reviews.search(cited.whole)
    if not named or not leads_on:
        yield _not_said(cited, placed, "body", body)
    if fact.any_time and not lexicon.any_time.search(cited.whole):
        yield _not_said(cited, placed, "any_time", "any_time: true")
    if fact.any_time:
        return
    bodies = [cited.words(one.fact.body) for one in cited.facts if isinstance(one.fact, ReviewFact)]
    for _, sentence in parts(cited.text, lexicon.sentence_end):
        of_all = not any(cited.share(one, sentence) == 1 for one in bodies)
        if lexicon.always.search(sentence) and (of_all or cited.share(body, sentence) == 1):
            yield _not_said(cited, placed, "text", "any_time: false")


def _not_said(cited: CitedClause, placed: PlacedFact, key: str, words: str) -> Finding:
    return fact_finding(cited, placed, key, "review-not-in-text", words=words, text=cited.text)


def _is_of(body: str, name: str) -> bool:
    """Whether a body is a role, or a role with more words before or after its name."""
    return body.startswith(name) or body.endswith(name) or name.endswith(body)


def _other_bodies(cited: CitedClause, own: list[str]) -> Iterator[Finding]:
    """Bodies that a clause names beside those of its reviews."""
    said = [
        cited.words(placed.fact.body)
        for placed in cited.facts
        if isinstance(placed.fact, ReviewFact)
    ]
    for at, sentence in parts(cited.text, cited.lexicon.sentence_end):
        if not cited.lexicon.reviews.search(sentence):
            continue
        for match in cited.lexicon.goes_to.finditer(sentence):
            body = match["body"]
            if not any(cited.share(body, one) >= _SAID for one in (*said, *own)):
                yield text_finding(cited, at + match.start("body"), "review-unclaimed", text=body)
        words = "\n".join(
            cited.words(text)
            for placed in cited.facts
            if isinstance(placed.fact, ReviewFact | LimitFact)
            for _, text in placed.texts
        ).lower()
        for match in cited.lexicon.remedies.finditer(sentence):
            if match[0].lower().removesuffix("s") not in words:
                yield text_finding(cited, at + match.start(), "review-unclaimed", text=match[0])
