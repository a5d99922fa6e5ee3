"""Orders the files of a site for writing: nothing leads to a file that is not there yet."""

from collections.abc import Iterable
from functools import cache

from site_src.file_names import DIRECTORIES, POINTERS, RELEASES

_POINTERS_RANK, _INDEX_RANK = 4, 5

FIRST_RANKS = tuple(range(_POINTERS_RANK))
"""The ranks of files to which nothing of the old site leads."""

LEADING_RANKS = (_POINTERS_RANK, _INDEX_RANK)
"""The ranks of files that lead visitors or functions to what was written before them."""


def in_order(names: Iterable[str]) -> list[str]:
    """The names in an order in which no page links to a file that does not exist yet.

    Deeper pages come first, because a disclosure page links to its forms and versions.
    """
    return sorted(names, key=lambda name: (rank(name), -depth(name), name))


def rank(name: str) -> int:
    """The place of a file in the order: releases, contracts, assets, pages, pointers, index."""
    if name == POINTERS or name.startswith(DIRECTORIES):
        return _POINTERS_RANK
    if _without_language(name) == "index.html":
        return _INDEX_RANK
    if name.startswith(RELEASES):
        return 0
    return {"contracts": 1, "assets": 2}.get(name.partition("/")[0], 3)


def depth(name: str) -> int:
    """How many folders a file lies in, below that of its language."""
    return _without_language(name).count("/")


def _without_language(name: str) -> str:
    """The name without the folder of its language."""
    first, _, rest = name.partition("/")
    return rest if first in _folders() else name


@cache
def _folders() -> frozenset[str]:
    """Imported lazily: a build without changes needs no languages."""
    from site_src.languages import language_folders

    return frozenset(language_folders())
