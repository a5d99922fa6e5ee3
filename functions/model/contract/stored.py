"""The stored form of a contract: what stands in it more than once is stored once."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from functions.model.contract.contract import Contract

_PARTS, _PART = "parts", "part"

_SHORTEST = 40
"""In characters of JSON: what is shorter is not worth a reference."""


def stored(contract: Contract) -> bytes:
    """The content of a contract's file: what equals its default is left out.

    An object that stands in it more than once is in `parts`, and where it stood is its place
    there: `{"part": 3}`.
    """
    document = contract.model_dump(mode="json", exclude_defaults=True)
    counts = Counter(map(_written, _objects(document)))
    parts: dict[str, Any] = {}
    packed = {name: _packed(value, counts, parts) for name, value in document.items()}
    if parts:
        packed = {_PARTS: list(parts.values()), **packed}
    return _written(packed).encode()


def restored(document: Mapping[str, Any]) -> dict[str, Any]:
    """A stored contract as its model has it. Raises LookupError or TypeError if it is none."""
    parts: list[Any] = []
    for part in document.get(_PARTS, ()):
        parts.append(_unpacked(part, parts))
    return {name: _unpacked(value, parts) for name, value in document.items() if name != _PARTS}


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _objects(each)


def _packed(value: Any, counts: Counter[str], parts: dict[str, Any]) -> Any:
    """The value with references to `parts`; those that a part refers to come before it."""
    if isinstance(value, list):
        return [_packed(each, counts, parts) for each in value]
    if not isinstance(value, dict):
        return value
    words = _written(value)
    packed = {name: _packed(each, counts, parts) for name, each in value.items()}
    if counts[words] < 2 or len(words) < _SHORTEST:
        return packed
    parts.setdefault(words, packed)
    return {_PART: list(parts).index(words)}


def _unpacked(value: Any, parts: list[Any]) -> Any:
    if isinstance(value, list):
        return [_unpacked(each, parts) for each in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {_PART}:
        return parts[value[_PART]]
    return {name: _unpacked(each, parts) for name, each in value.items()}
