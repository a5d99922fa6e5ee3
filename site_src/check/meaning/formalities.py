"""How a filing must be made must be what the clauses say."""

import re
from collections.abc import Iterator

from site_src.check.meaning.cited_clause import CitedClause, parts
from site_src.check.meaning.messages import fact_finding, text_finding
from site_src.lazy_patterns import LazyPattern
from site_src.policy.finding import Finding
from site_src.policy.model.filing import FormalityFact, KindFact
from site_src.policy.model.handling import Provision
from site_src.policy.model.reviews import ReviewFact

_SAID = 0.75
"""How much of a formality's words a review or provision must say to say it instead."""


def formality_findings(cited: CitedClause) -> Iterator[Finding]:
    """Formalities that the clause does not say, and those that no fact says."""
    policy, lexicon = cited.source.policy, cited.lexicon
    for placed in cited.facts:
        fact = placed.fact
        if isinstance(fact, FormalityFact):
            pattern = lexicon.formalities[fact.type]
            own, demand = cited.words(fact.text), lexicon.demands[fact.type]
            allows = fact.type != "anonymous_allowed" or demand.search(cited.text)
            if not _needed(cited, pattern) or not pattern.search(own) or not allows:
                yield fact_finding(cited, placed, "type", "formality-not-in-text", type=fact.type)
    for at, sentence in parts(cited.text, lexicon.sentence_end):
        here = cited.kinds_of(sentence)
        if lexicon.refuses.search(sentence) and not lexicon.demands["real_name"].search(sentence):
            continue
        for type, demand in lexicon.demands.items():
            match = demand.search(sentence)
            if match is None:
                continue
            named = lexicon.formalities[type].search(sentence, match.start()) or match
            if _waived(cited, named):
                continue
            if type == "written" and not _of_filing(cited, sentence, match.span()):
                continue
            held = any(
                one.type == type and (one.kind is None or not here or one.kind in here)
                for one in policy.formalities
            )
            here_too = any(
                isinstance(placed.fact, FormalityFact) and placed.fact.type == type
                for placed in cited.facts
            )
            elsewhere = "\n".join(
                cited.words(text)
                for placed in cited.facts
                if isinstance(placed.fact, ReviewFact | Provision)
                for _, text in placed.texts
            )
            if not held and not here_too and cited.share(match[0], elsewhere) < _SAID:
                yield text_finding(
                    cited, at + match.start(), "formality-unclaimed", text=match[0], type=type
                )


def _needed(cited: CitedClause, pattern: LazyPattern) -> bool:
    """Whether the clause says the formality somewhere without saying that it is not needed."""
    return any(not _waived(cited, match) for match in pattern.finditer(cited.text))


def _waived(cited: CitedClause, match: re.Match[str]) -> bool:
    return cited.lexicon.waives.search(match.string[: match.start()]) is not None


def _of_filing(cited: CitedClause, sentence: str, span: tuple[int, int]) -> bool:
    """Whether what is in writing is the filing, not an answer to it."""
    lexicon = cited.lexicon
    if any(isinstance(placed.fact, KindFact) for placed in cited.facts):
        return True
    near = sentence[max(0, span[0] - 20) : span[1] + 20]
    return lexicon.filing.search(near) is not None and not (
        (handled := lexicon.handling.search(sentence[span[1] : span[1] + 8])) and handled
    )
