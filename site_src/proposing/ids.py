"""Makes ids that people can read from the words of a fact."""

import re
from collections.abc import Iterable

from pypinyin import lazy_pinyin

_MOST_SYLLABLES, _MOST_WORDS, _LONGEST = 5, 4, 40
_SMALL = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "to",
        "by",
        "for",
        "in",
        "on",
        "at",
        "and",
        "or",
        "our",
        "its",
        "with",
        "is",
        "are",
        "be",
        "it",
    ]
)
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_PARTS = re.compile(r"[\u4e00-\u9fff]+|[a-z0-9]+")


def slug(words: str) -> str:
    """A readable id: `kefubu` for 客服部, `complaints-team` for "the complaints team"."""
    parts: list[str] = []
    for part in _PARTS.findall(words.lower().replace("’", "").replace("'", "")):
        if _HAN.fullmatch(part):
            syllables = lazy_pinyin(part[:_MOST_SYLLABLES], errors="ignore")
            parts.append("".join(each for each in syllables if each.isascii()))
        elif part not in _SMALL or _HAN.search(words):
            parts.append(part)
    kept = [part for part in parts if part][:_MOST_WORDS]
    return "-".join(kept)[:_LONGEST].strip("-") or "fact"


def unique(id: str, taken: Iterable[str]) -> str:
    """The id, or the id with the next number if it is taken."""
    used = set(taken)
    if id not in used:
        return id
    number = 2
    while f"{id}-{number}" in used:
        number += 1
    return f"{id}-{number}"
