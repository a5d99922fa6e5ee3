"""Who may file must be who the clauses say."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from site_src.check.meaning.cited_clause import CitedClause, parts, role_names
from site_src.check.meaning.messages import text_finding
from site_src.policy.finding import Finding
from site_src.policy.model.filing import Filer, RepresentativeFact

_SAME = 0.75
"""The share of somebody's words that the words for a filer must say."""

_BEFORE = re.compile(r".*(?:[对就由给让]|处理|了解|(?<!方)向|、)")


class _Item(NamedTuple):
    at: int
    words: str
    said: bool


def filer_findings(cited: CitedClause) -> Iterator[Finding]:
    """People who are listed beside filers and whom no filer says."""
    if not any(isinstance(one.fact, Filer | RepresentativeFact) for one in cited.facts):
        return
    policy, lexicon = cited.source.policy, cited.lexicon
    for at, sentence in parts(cited.text, lexicon.sentence_end):
        here = cited.kinds_of(sentence)
        who = [
            cited.words(one.who)
            for one in (*policy.filers, *policy.representatives)
            if one.kind is None or not here or one.kind in here
        ]
        if any(lexicon.everybody.search(one) for one in who):
            continue
        for offset, segment in parts(sentence, lexicon.segment_end):
            for item in _beside(cited, segment, who):
                if not lexicon.generic_filer.search(item.words):
                    yield text_finding(
                        cited, at + offset + item.at, "filer-unclaimed", text=item.words
                    )


def _beside(cited: CitedClause, segment: str, who: list[str]) -> Iterator[_Item]:
    """The items of a list of which a filer says one and none says these."""
    raw = list(parts(segment, cited.lexicon.listed))
    items: list[_Item] = []
    for index, (at, item) in enumerate(raw):
        words = _person(cited, item, first=index == 0)
        said = words != "" and any(cited.share(words, one) >= _SAME for one in who)
        items.append(_Item(at, words, said))
    for index, item in enumerate(items):
        near = items[max(0, index - 1) : index + 2]
        if not item.said and len(item.words) > 1 and any(one.said for one in near):
            yield item


def _person(cited: CitedClause, item: str, first: bool) -> str:
    """The words for somebody in an item; empty if it names nobody."""
    words = item.strip()
    heads = list(cited.lexicon.persons.finditer(words))
    if not heads:
        return ""
    words = words[: heads[-1].end()]
    if first and (begun := _BEFORE.match(words[: heads[-1].start()])):
        words = words[begun.end() :]
    return words
