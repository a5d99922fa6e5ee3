"""What can be filed must be what the clauses say."""

import itertools
import re
from collections.abc import Iterator

from site_src.check.meaning.cited_clause import CitedClause, parts
from site_src.check.meaning.messages import policy_finding, text_finding
from site_src.policy.edition import Edition
from site_src.policy.finding import Finding
from site_src.policy.model.filing import KindFact


def kind_findings(cited: CitedClause) -> Iterator[Finding]:
    """Kinds that a clause defines, or lists beside a kind, and that no fact is."""
    lexicon = cited.lexicon
    names = "\n".join(cited.words(kind.name) for kind in cited.source.policy.kinds).lower()
    for match in lexicon.kinds.finditer(cited.text):
        word = match[0]
        if word.lower() in names or (
            cited.source.policy.language == "en" and cited.share(word, names) == 1
        ):
            continue
        pattern = lexicon.defines.replace("{kind}", re.escape(word))
        if re.search(pattern, cited.text, re.IGNORECASE) or _beside(cited, match):
            yield text_finding(cited, match.start(), "kind-unclaimed", text=word)
            return


def _beside(cited: CitedClause, match: re.Match[str]) -> bool:
    """Whether a clause that a kind cites lists the word beside the name of a kind."""
    if not any(isinstance(placed.fact, KindFact) for placed in cited.facts):
        return False
    lexicon = cited.lexicon
    first, last = cited.sentence(match.start())
    names = [cited.words(kind.name) for kind in cited.source.policy.kinds]
    defined = lexicon.defines.replace("{kind}", f"(?:{'|'.join(map(re.escape, names))})")
    if re.search(defined, cited.text[first:last], re.IGNORECASE):
        return False
    for at, segment in parts(cited.text, lexicon.segment_end):
        if at <= match.start() < at + len(segment):
            words = list(lexicon.kinds.finditer(segment))
            return any(
                lexicon.listed.fullmatch(segment[left.end() : right.start()].strip())
                for left, right in itertools.pairwise(words)
                if at + left.start() == match.start() or at + right.start() == match.start()
            )
    return False


def kinds_without_filers(source: Edition) -> Iterator[Finding]:
    """Kinds that nobody may file."""
    for placed in source.facts:
        fact = placed.fact
        if isinstance(fact, KindFact) and not any(
            filer.holds_for(fact.id) for filer in source.policy.filers
        ):
            name = fact.name.words(source.policy.language)
            yield policy_finding(source, placed, "id", "filer-missing", kind=name, id=fact.id)
