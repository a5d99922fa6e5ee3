"""Who may file must be who the clauses say."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from site_src.check.meaning.cited_clause import CitedClause, parts
from site_src.check.meaning.messages import text_finding
from site_src.policy.finding import Finding
from site_src.policy.model.filing import Filer, RepresentativeFact

_SAME = 0.8
"""The share of somebody's words that the words for a filer must say."""

_SHORT = 3
"""Characters of words for somebody that are hardly more than a noun."""

_LONGEST = 12
"""Characters of an item that names nobody but describes whom the next item names."""


_ASIDE = re.compile(r"（[^（）]*）")
"""Words in brackets in the words for somebody: （以下统称读者）."""


class _Item(NamedTuple):
    at: int
    words: str
    named: bool
    said: bool


def filer_findings(cited: CitedClause) -> Iterator[Finding]:
    """People who are listed beside filers and whom no filer says."""
    policy, lexicon = cited.source.policy, cited.lexicon
    if not any(isinstance(one.fact, Filer | RepresentativeFact) for one in cited.facts):
        return
    for at, sentence in parts(cited.text, lexicon.sentence_end):
        here = cited.kinds_of(sentence)
        who = [
            cited.words(one.who)
            for listed in (policy.filers, policy.representatives)
            for one in listed
            if one.kind is None or not here or one.kind in here
        ]
        everybody = any(lexicon.everybody.search(one) for one in who)
        for offset, segment in parts(sentence, lexicon.people_end):
            for item in _beside(cited, segment, who, everybody):
                if not lexicon.generic_filer.fullmatch(item.words):
                    yield text_finding(
                        cited, at + offset + item.at, "filer-unclaimed", text=item.words
                    )


def _beside(cited: CitedClause, segment: str, who: list[str], everybody: bool) -> Iterator[_Item]:
    """The items of a list of which a filer says one and none says these."""
    items: list[_Item] = []
    shared = ""
    for index, (at, raw) in enumerate(parts(segment, cited.lexicon.people_listed)):
        words, named = _person(cited, raw, first=index == 0)
        said = words != "" and any(_says(cited, words, one, named, shared) for one in who)
        shared += f" {_modifiers(cited, words)}"
        if everybody and cited.lexicon.everybody.fullmatch(words.split(" ")[0]):
            said = True
        if everybody and words.startswith(("其他", "other")):
            said = True
        items.append(_Item(at, words, named, said))
    for index, item in enumerate(items):
        near = items[max(0, index - 1) : index + 2]
        describes = (
            not item.named
            and index + 1 < len(items)
            and items[index + 1].named
            and not cited.lexicon.determiners.match(segment, items[index + 1].at)
        )
        counts = item.named or (describes and _SHORT < len(item.words) <= _LONGEST)
        if counts and not item.said and len(item.words) > 1 and any(one.said for one in near):
            yield item


def _modifiers(cited: CitedClause, words: str) -> str:
    """The words before the noun for people: "actual or prospective" holds for a whole list."""
    heads = list(cited.lexicon.persons.finditer(words))
    return words[: heads[-1].start()] if heads else words


def _says(cited: CitedClause, words: str, who: str, named: bool, shared: str) -> bool:
    """Whether the words for a filer say the same somebody; `shared` are a list's modifiers."""
    if cited.share(words, who) < _SAME:
        return False
    heads = [match[0] for match in cited.lexicon.persons.finditer(words)]
    ends = [part.strip() for _, part in parts(who, cited.lexicon.people_listed)]
    if not named or not heads:
        return True
    if words.isascii():
        modal = cited.lexicon.modal.search(who)
        head = who[: modal.start()] if modal else who
        said = f"{shared} {words}"
        return " " in words or any(
            cited.share(one, said) >= _SAME and cited.share(words, one) >= _SAME
            for one in (head, *(one for _, one in parts(head, cited.lexicon.people_listed)))
        )
    if len(words) > _SHORT:
        return True
    return any(end.lower().endswith(heads[-1].lower()) for end in ends)


def _person(cited: CitedClause, item: str, first: bool) -> tuple[str, bool]:
    """The words for somebody in an item, and whether they name a noun for people."""
    words = _ASIDE.sub("", item).strip()
    if first and words.isascii() and (begun := cited.lexicon.people_begin.match(words)):
        words = words[begun.end() :].strip()
    modal = cited.lexicon.modal.search(words)
    words = words[: modal.start()].strip() if modal else words
    heads = list(cited.lexicon.persons.finditer(words))
    if not heads:
        return words, False
    words = words[: heads[-1].end()]
    if first and (begun := cited.lexicon.people_begin.match(words[: heads[-1].start()])):
        words = words[begun.end() :]
    return words, True
