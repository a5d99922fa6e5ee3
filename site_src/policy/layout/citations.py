"""Reads a citation in any brackets: 第七条(一), 第七条 （一） and 2.1（a） name one clause each."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

_KEYS = ("clause", "effective_clause")
_LISTS = ("omits",)
_KEPT = 4096
"""Numbers of clauses that are kept: most procedures have the same."""


def cite_as_written(data: dict[str, Any], ids: Iterable[str]) -> None:
    """Gives each citation the id that its clause has in the text, if only brackets differ."""
    known = {id: id for id in ids}
    folded = {_folded(id): id for id in known}
    _correct(data, known | folded)


def _correct(data: Any, known: dict[str, str]) -> None:
    if isinstance(data, dict):
        for key, value in data.items():
            if key in _KEYS and isinstance(value, str):
                data[key] = known.get(value) or known.get(_folded(value), value)
            elif key in _LISTS and isinstance(value, list):
                data[key] = [_cited(item, known) for item in value]
            else:
                _correct(value, known)
    elif isinstance(data, list):
        for item in data:
            _correct(item, known)


def _cited(item: Any, known: dict[str, str]) -> Any:
    return known.get(_folded(item), item) if isinstance(item, str) else item


@lru_cache(_KEPT)
def _folded(id: str) -> str:
    """The id with ASCII brackets and digits, without spaces; ① stays apart from 1."""
    narrow = "".join(
        unicodedata.normalize("NFKC", character) if "！" <= character <= "～" else character
        for character in id
    )
    return "".join(narrow.split())
