"""Compares what two texts negate, in Chinese and in English."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from site_src.check.words.overlap import chinese_share, content_words, english_share
from site_src.lazy_patterns import LazyPattern

_NEGATIONS = {
    "zh-CN": LazyPattern(
        r"(?:不(?!管|论|仅|但|断|久|妨|禁|得不|得已|可抗|了|到|起|清|完|动|及)|未(?!必|成年|来|经)|没有?|无(?!论|线|不)|"
        r"非(?!常|法|公)|禁止|严禁|切勿|请勿)"
        r"(?:得以|得|予以|予|能够|能|可以|可|会|应当|应|须|需要|需|必|再|有|曾|经|要求|要)*"
    ),
    "en": LazyPattern(
        r"\b(?:not|no(?! (?:later|earlier|more|less|sooner|fewer|longer))|nobody|nothing|never|"
        r"cannot|\w+n['’]t|neither)\b",
        re.IGNORECASE,
    ),
}
"""What negates the word that follows; 处理不了 negates the one before."""

_RESTRICTIONS = {
    "zh-CN": LazyPattern(r"[不未没非勿莫禁拒免否仅只]|无(?!关|论|线)|除(?!了)|方可|限于"),
    "en": LazyPattern(
        r"\b(?:not?|never|cannot|\w+n['’]t|without|neither|nor|none|nobody|only|unless|"
        r"except\w*|free|refus\w+|reject\w*|den(?:y|ies|ied)|fail\w*|exclud\w+|rather|instead|un(?!til|der|i)\w+)\b",
        re.IGNORECASE,
    ),
}
"""What may negate anything in its segment."""

_FORBIDS = {
    "zh-CN": LazyPattern(r"不得(?!不)|不能|不可以|不会|不应|禁止|严禁"),
    "en": LazyPattern(
        r"\b(?:may|must|shall|can|will|should|is|are) not\b|\b(?:cannot|nobody|no one)\b",
        re.IGNORECASE,
    ),
}
_ALLOWS = {
    "zh-CN": LazyPattern(r"(?<!不)可以|应当|必须|有权|(?<!不)会"),
    "en": LazyPattern(r"\b(?:may|must|shall|can|will|should|is|are)\b(?! not)", re.IGNORECASE),
}
"""What a segment forbids, and what it allows or demands."""

_SAME = 0.7
"""The share of a segment's words that another must say to speak of the same."""

_MOSTLY = 0.5
"""The share of what is forbidden that the other segment must say."""

_EXCEPTS = {
    "zh-CN": LazyPattern(r"未经|非经|不经|除非|没有经过"),
    "en": LazyPattern(r"\b(?:unless|except\w*|without)\b", re.IGNORECASE),
}
_ON_CONDITION = {
    "zh-CN": LazyPattern(r"(?<![未非不])经|只有|方可|的，"),
    "en": LazyPattern(r"\b(?:only|if|with|when|once|after)\b", re.IGNORECASE),
}
"""What makes an exception of a ban, and what says the same the other way round."""

_REACH = {"zh-CN": (8, 5), "en": (4, 3)}
"""Words before and behind a word among which something may negate it."""

_SEGMENT_END = LazyPattern(
    r"[，,。；;：:！？!?\n（）()]|\.(?=\s|$)|\b(?:but|unless|otherwise)\b|但是?|除非", re.IGNORECASE
)

_COMMON = {"zh-CN": 2, "en": 1}
"""Words in a row that two texts must have in common to speak of the same."""

_KEPT = 4096
"""Pairs of texts whose comparison is kept: one edited fact leaves all others as they were."""


class _Word(NamedTuple):
    """A word, and the words that negations and restrictions near it stand before."""

    word: str
    segment: int
    negated: bool
    near: frozenset[str]


class Inversion(NamedTuple):
    """The same words in two texts, which only one of them negates."""

    own: str
    """The segment of the first text that says them."""
    other: str
    """The segment of the second text that says them."""
    added: bool
    """Whether it is the first text that negates them."""


@lru_cache(_KEPT)
def inversions(text: str, other: str, language: str) -> tuple[Inversion, ...]:
    """Where only one of two texts negates what both say, at most once for a segment."""
    return tuple(_inversions(text, other, language))


def _inversions(text: str, other: str, language: str) -> Iterator[Inversion]:
    for found in (*_negated(text, other, language), *_forbidden(text, other, language)):
        denies, plain = (text, other) if found.added else (other, text)
        allowed = _EXCEPTS[language].search(denies) and not _EXCEPTS[language].search(plain)
        if not (allowed and _ON_CONDITION[language].search(plain)):
            yield found


def allows(text: str, language: str) -> bool:
    """Whether the text says that something may or must be."""
    return _ALLOWS[language].search(text) is not None


def _negated(text: str, other: str, language: str) -> Iterator[Inversion]:
    """Words in common that one of the texts negates."""
    if not _negates(text, language) and not _negates(other, language):
        return
    first, second = _words(text, language), _words(other, language)
    places = _places(other, language)
    seen: set[int] = set()
    for index, word in enumerate(first):
        same = places.get(word.word, ())
        if word.segment in seen or all(second[place].negated == word.negated for place in same):
            continue
        found = [(_run(first, second, index, place), place) for place in same]
        longest = max(length for length, _ in found)
        if longest < _COMMON[language]:
            continue
        best = [second[place] for length, place in found if length == longest]
        if all(_differ(word, same, first, second) for same in best):
            seen.add(word.segment)
            own, its = _segments(text)[word.segment], _segments(other)[best[0].segment]
            yield Inversion(own, its, word.negated)


def _forbidden(text: str, other: str, language: str) -> Iterator[Inversion]:
    """Segments of which one allows or demands what the other forbids."""
    share = english_share if language == "en" else chinese_share
    forbidden = _FORBIDS[language].search(other)
    for own in _segments(text):
        allowed = forbidden and _ALLOWS[language].search(own)
        if not allowed and not _FORBIDS[language].search(own):
            continue
        plain = _ALLOWS[language].sub("", own)
        its = max(_segments(other), key=lambda segment: share(plain, segment))
        if share(plain, its) < _SAME:
            continue
        for one, two, added in ((own, its, True), (its, own, False)):
            forbids = _FORBIDS[language].search(one)
            if (
                forbids
                and share(one[forbids.end() :], two) >= _MOSTLY
                and _ALLOWS[language].search(two)
                and not _ALLOWS[language].search(one)
                and not _RESTRICTIONS[language].search(two)
            ):
                yield Inversion(own, its, added)


def _differ(one: _Word, other: _Word, first: tuple[_Word, ...], second: tuple[_Word, ...]) -> bool:
    """Whether only one is negated, and nothing else can negate the other."""
    if one.negated == other.negated:
        return False
    plain, negated, words = (other, one, first) if one.negated else (one, other, second)
    # What both texts negate beside the word does not negate the word.
    both = {each.word for each in words if each.negated and each.segment == negated.segment}
    return not plain.near - (both - {negated.word})


def _run(first: tuple[_Word, ...], second: tuple[_Word, ...], index: int, place: int) -> int:
    """How many words in a row two texts have in common around two places."""
    return 1 + sum(_ahead(first, second, index, place, step) for step in (-1, 1))


def _ahead(
    first: tuple[_Word, ...], second: tuple[_Word, ...], index: int, place: int, step: int
) -> int:
    """How many words are the same from two places on, each in its segment."""
    here, there = first[index].segment, second[place].segment
    count = 0
    while True:
        index, place = index + step, place + step
        if not (0 <= index < len(first) and 0 <= place < len(second)):
            return count
        one, other = first[index], second[place]
        if one.segment != here or other.segment != there or one.word != other.word:
            return count
        count += 1


@lru_cache(maxsize=1024)
def _words(text: str, language: str) -> tuple[_Word, ...]:
    """The words of a text that carry meaning, each with what negates it."""
    before, behind = _REACH[language]
    found: list[_Word] = []
    for index, segment in enumerate(_segments(text)):
        negations = [match.span() for match in _NEGATIONS[language].finditer(segment)]
        restricting = [match.start() for match in _RESTRICTIONS[language].finditer(segment)]
        words = [
            (start, word)
            for start, word in content_words(segment)
            if not any(begin <= start < end for begin, end in negations)
        ]
        starts = [0, *(start for start, _ in words), len(segment)]
        for at, (start, word) in enumerate(words, 1):
            first, last = starts[max(0, at - before)], starts[min(len(words) + 1, at + behind)]
            near = frozenset(
                next((each for begin, each in words if begin > place), "")
                for place in restricting
                if first <= place <= last and place != start
            )
            negated = any(starts[at - 1] <= begin < start for begin, _ in negations)
            found.append(_Word(word, index, negated, near))
    return tuple(found)


@lru_cache(maxsize=1024)
def _places(text: str, language: str) -> Mapping[str, tuple[int, ...]]:
    """Where each word of a text stands among its words."""
    places: dict[str, tuple[int, ...]] = {}
    for place, word in enumerate(_words(text, language)):
        places[word.word] = (*places.get(word.word, ()), place)
    return places


@lru_cache(maxsize=1024)
def _negates(text: str, language: str) -> bool:
    """Whether the text negates anything."""
    return any(_NEGATIONS[language].search(segment) for segment in _segments(text))


@lru_cache(maxsize=1024)
def _segments(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _SEGMENT_END.split(text))
