"""What a clause refuses is no way to file and nobody who may file."""

import re
from collections.abc import Iterator

from site_src.check.meaning.cited_clause import CitedClause, parts
from site_src.check.meaning.messages import fact_finding
from site_src.check.words.negation import allows
from site_src.lazy_patterns import LazyPattern
from site_src.policy.finding import Finding
from site_src.policy.model.filing import Channel, Filer

_SAME = 0.8
"""The share of the words for a filer that a sentence must say to speak of the filer."""


def refusal_findings(cited: CitedClause) -> Iterator[Finding]:
    """Channels and filers that the clause names only to refuse them."""
    lexicon = cited.lexicon
    for placed in cited.facts:
        fact = placed.fact
        refusing = None
        words, key = "", "type"
        if isinstance(fact, Channel) and not (fact.value and fact.value in cited.text):
            words, refusing = cited.words(fact.name), _refused(cited, lexicon.channels[fact.type])
        if isinstance(fact, Filer):
            words, key = cited.words(fact.who), "who"
            refusing = _barred(cited, words)
        if refusing is not None:
            yield fact_finding(cited, placed, key, "negation-differs", words=words, text=refusing)


def _refused(cited: CitedClause, pattern: LazyPattern) -> str | None:
    """The sentence that refuses what the pattern finds, if the clause says it nowhere else."""
    refusing = None
    for _, part in parts(cited.text, cited.lexicon.contrasts):
        for match in pattern.finditer(part):
            if not _is_refused(cited, part, match):
                return None
            refusing = part.strip()
    return refusing


def _is_refused(cited: CitedClause, part: str, match: re.Match[str]) -> bool:
    """Whether a refusal stands before the words in their segment, or behind them."""
    lexicon = cited.lexicon
    for refusal in lexicon.rejects.finditer(part):
        between = part[match.end() : refusal.start()]
        if refusal.start() < match.end():
            between = part[refusal.end() : match.start()]
            if refusal.end() > match.start() or lexicon.segment_end.search(between):
                continue
        own = next(
            (
                segment
                for at, segment in parts(part, lexicon.segment_end)
                if at <= refusal.start() < at + len(segment)
            ),
            part,
        )
        conditional = any(
            lexicon.conditions.search(segment.strip())
            for _, segment in parts(between, lexicon.segment_end)
        )
        if allows(between, cited.source.policy.language):
            continue
        if not conditional and not lexicon.conditions.search(own.strip()):
            return True
    return False


def _barred(cited: CitedClause, who: str) -> str | None:
    """The sentence that bars somebody from filing, if no other one speaks of them."""
    barring = None
    for _, part in parts(cited.text, cited.lexicon.contrasts):
        bar = cited.lexicon.bars.search(part)
        if cited.share(who, part[: bar.start()] if bar else part) >= _SAME:
            if bar is None:
                return None
            barring = part.strip()
    return barring
