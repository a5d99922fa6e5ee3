"""The stored form of a contract: what stands in it more than once is stored once."""

import json
from collections.abc import Hashable, Mapping
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
    repeated = _repeated(document)
    parts: dict[str, Any] = {}
    packed = {name: _packed(value, repeated, parts) for name, value in document.items()}
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


def _repeated(document: Mapping[str, Any]) -> dict[int, str]:
    """The JSON of each object that stands in the document more than once, by its identity."""
    numbers: dict[Hashable, int] = {}
    found: dict[int, list[dict[str, Any]]] = {}

    def number(value: Any) -> Hashable:
        """A number that only values with the same JSON have."""
        key: Hashable
        if isinstance(value, dict):
            key = tuple((name, number(each)) for name, each in value.items())
        elif isinstance(value, list):
            key = (list, *map(number, value))
        else:
            key = (type(value), value)
        known = numbers.setdefault(key, len(numbers))
        if isinstance(value, dict):
            found.setdefault(known, []).append(value)
        return known

    for value in document.values():
        number(value)
    return {
        id(each): words
        for same in found.values()
        if len(same) > 1 and len(words := _written(same[0])) >= _SHORTEST
        for each in same
    }


def _packed(value: Any, repeated: Mapping[int, str], parts: dict[str, Any]) -> Any:
    """The value with references to `parts`; those that a part refers to come before it."""
    if isinstance(value, list):
        return [_packed(each, repeated, parts) for each in value]
    if not isinstance(value, dict):
        return value
    packed = {name: _packed(each, repeated, parts) for name, each in value.items()}
    words = repeated.get(id(value))
    if words is None:
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
