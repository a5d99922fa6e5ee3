"""Who may act for a filer, with what papers and how many, must be what the clauses say."""

import re
from collections.abc import Iterator

from site_src.check.meaning.cited_clause import CitedClause, parts
from site_src.check.meaning.messages import fact_finding, text_finding
from site_src.lazy_patterns import LazyPattern
from site_src.numbers.english_numerals import number_words
from site_src.numbers.numerals import numeral
from site_src.policy.facts import PlacedFact
from site_src.policy.finding import Finding
from site_src.policy.model.filing import RepresentativeFact

_SAME = 0.6
"""The share of somebody's words that a sentence must say to speak of them."""

_CHINESE_COUNT = LazyPattern(r"[一二两三四五六七八九十百\d]+(?=\s*(?:人|名|位|个))")


def representative_findings(cited: CitedClause) -> Iterator[Finding]:
    """Representatives who differ from the clause, and those whom no fact says."""
    for placed in cited.facts:
        if isinstance(placed.fact, RepresentativeFact):
            yield from _check(cited, placed, placed.fact)
    yield from _unclaimed(cited)


def _check(cited: CitedClause, placed: PlacedFact, fact: RepresentativeFact) -> Iterator[Finding]:
    asked = _asked(cited, cited.words(fact.who))
    if fact.requires not in asked:
        text = " / ".join(sorted(asked))
        yield _differs(cited, placed, "requires", f"requires: {fact.requires}", text)
    limit = cited.lexicon.at_most.search(cited.text)
    counts = _counts(cited)
    if fact.at_most is not None and fact.at_most not in counts:
        yield _differs(cited, placed, "at_most", f"at_most: {fact.at_most}", cited.text)
    elif fact.at_most is None and limit and _alike(limit[0], cited.words(fact.who)):
        yield _differs(cited, placed, "who", "–", limit[0])


def _differs(cited: CitedClause, placed: PlacedFact, key: str, words: str, text: str) -> Finding:
    return fact_finding(cited, placed, key, "representative-differs", words=words, text=text)


def _asked(cited: CitedClause, who: str) -> set[str]:
    """What the clause may ask of them: authority, consent or none."""
    lexicon = cited.lexicon
    others = [cited.words(one.who) for one in cited.source.policy.representatives]
    found: set[str] = set()
    before = ""
    for _, sentence in parts(cited.text, lexicon.part_end):
        told = lexicon.apart_from.sub("", sentence)
        own = cited.share(who, told) >= _SAME
        other = any(cited.share(one, told) >= _SAME for one in others if one != who)
        other = other or any(
            not _alike(match["whom"], who)
            for pattern in lexicon.represents
            for match in pattern.finditer(told)
        )
        # A sentence that names nobody goes on with whom the one before names.
        of_them = own or (not other and (not before or cited.share(who, before) >= _SAME))
        if own or other:
            before = told
        if not of_them:
            continue
        authority, consent = lexicon.authority.search(told), lexicon.consent.search(told)
        if authority:
            found.add("authority")
        if consent:
            found.add("consent")
    return found or {"none"}


def _counts(cited: CitedClause) -> set[int]:
    """Every number of people that the clause says."""
    if cited.source.policy.language == "en":
        return {*number_words(cited.text), *map(int, re.findall(r"\b\d{1,4}\b", cited.text))}
    found = (numeral(match[0]) for match in _CHINESE_COUNT.finditer(cited.text))
    return {count for count in found if count is not None}


def _unclaimed(cited: CitedClause) -> Iterator[Finding]:
    """People who act for filers by the clause, and whom neither representatives nor filers say."""
    policy, lexicon = cited.source.policy, cited.lexicon
    said = "\n".join(
        [cited.words(one.who) for one in policy.representatives]
        + [cited.words(one.who) for one in policy.filers]
    )
    for pattern in lexicon.represents:
        for match in pattern.finditer(cited.text):
            for at, item in parts(match["whom"], lexicon.people_listed):
                if not _alike(item, said) and cited.share(item, said) < _SAME:
                    at += match.start("whom")
                    yield text_finding(cited, at, "representative-unclaimed", text=item.strip())


def _alike(one: str, other: str) -> bool:
    """Whether both texts name the same sort of representative."""
    return any(sort.search(one) and sort.search(other) for sort in _SORTS)


_SORTS = (
    LazyPattern(r"代理|委托"),
    LazyPattern(r"监护"),
    LazyPattern(r"代表"),
    LazyPattern(r"\brepresent|\bbehalf|\bsomebody else|\bsomeone else", re.IGNORECASE),
    LazyPattern(r"\battorney|\blawyer|\bsolicitor|\bcounsel", re.IGNORECASE),
    LazyPattern(r"\bagent", re.IGNORECASE),
)
"""Words for the same sort of representative."""
