"""Measures how much of a fact's words a clause says, in Chinese and in English."""

import re
from functools import lru_cache

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LATIN = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?")
_HAN_OR_LATIN = re.compile(r"[\u4e00-\u9fff]|[A-Za-z0-9]+(?:['’][a-z]+)?")
_PARTICLES = frozenset("的了地得和与或及等其之者并且就也还都各")
"""Characters that carry little meaning of their own."""

_STOP_WORDS = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "or",
        "of",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "with",
        "within",
        "without",
        "into",
        "as",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "it",
        "its",
        "this",
        "that",
        "these",
        "those",
        "there",
        "their",
        "they",
        "them",
        "we",
        "us",
        "our",
        "you",
        "your",
        "he",
        "she",
        "his",
        "her",
        "who",
        "whom",
        "whose",
        "which",
        "what",
        "when",
        "where",
        "if",
        "not",
        "no",
        "nor",
        "any",
        "all",
        "each",
        "every",
        "some",
        "such",
        "may",
        "must",
        "shall",
        "should",
        "will",
        "would",
        "can",
        "could",
        "do",
        "does",
        "did",
        "done",
        "has",
        "have",
        "had",
        "than",
        "then",
        "so",
        "also",
        "only",
        "other",
        "another",
        "about",
        "under",
        "over",
        "after",
        "before",
        "until",
        "up",
        "out",
        "more",
        "most",
        "same",
        "own",
        "per",
        "via",
    ]
)
_STEM = 6
"""Letters of a word that are compared: complain, complaint and complaints are alike."""

_IRREGULAR = {
    "sent": "send",
    "given": "give",
    "gave": "give",
    "made": "make",
    "told": "tell",
    "took": "take",
    "taken": "take",
    "written": "write",
    "wrote": "write",
    "kept": "keep",
    "paid": "pay",
    "found": "find",
    "held": "hold",
    "dealt": "deal",
    "reply": "repli",
    "replies": "repli",
    "people": "person",
    "persons": "person",
}


@lru_cache(maxsize=8192)
def chinese_share(words: str, text: str) -> float:
    """The share of the characters of `words` that stand in the text with a neighbour.

    Words change their order from a clause to a fact, but seldom their characters.
    """
    said = total = 0
    for run in _HAN.findall(words):
        pairs = [run[at : at + 2] in text for at in range(len(run) - 1)]
        for at, character in enumerate(run):
            if character in _PARTICLES and len(run) > 1:
                continue
            total += 1
            if len(run) == 1:
                said += character in text
            else:
                said += any(pairs[max(0, at - 1) : at + 1])
    latin = _LATIN.findall(words.lower())
    total += len(latin)
    said += sum(word in text.lower() for word in latin)
    return said / total if total else 1.0


@lru_cache(maxsize=8192)
def english_share(words: str, text: str) -> float:
    """The share of the content words of `words` whose stems stand in the text."""
    wanted = _stems(words)
    said = frozenset(_stems(text))
    return sum(stem in said for stem in wanted) / len(wanted) if wanted else 1.0


@lru_cache(maxsize=1024)
def content_words(text: str) -> tuple[tuple[int, str], ...]:
    """The characters and the stems of a text that carry meaning, each with its offset."""
    return tuple(
        (match.start(), _stem(word) if word[0].isascii() else word)
        for match in _HAN_OR_LATIN.finditer(text)
        if (word := match[0].lower()) not in _STOP_WORDS and word not in _PARTICLES
    )


@lru_cache(maxsize=1024)
def _stems(text: str) -> tuple[str, ...]:
    return tuple(_stem(word) for word in _LATIN.findall(text.lower()) if word not in _STOP_WORDS)


def _stem(word: str) -> str:
    word = word.split("'")[0].split("’")[0]
    word = _IRREGULAR.get(word, word)
    for ending in ("ies", "ied", "es", "ed", "ing", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word[:_STEM]
