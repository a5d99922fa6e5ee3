"""Reads what only drafts have: facts that a machine proposed, and values that are still to fill in.

A draft has `status: draft` at the top of its policy.yaml. Each fact that a machine proposed has the
key `proposed`, with the words of the clause that it was read from. What the procedure does not
say, and a policy needs, is written as `TODO`. None of the three reaches a page or a contract.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from functions.model.reference import ALPHABET
from site_src.policy.yaml.document import YamlPath

STATUS, PROPOSED = "status", "proposed"
MARKS = frozenset({STATUS, PROPOSED})
"""The keys that are taken off before a policy is compiled, drawn or compared."""

_DRAFT = "draft"
_TODO = re.compile(r"TODO\b")
_ADDRESS = "todo@example.com"
_FIRST_DAY = "2000-01-01"

_STAND_INS: Mapping[str, str | int] = {
    "mailbox": _ADDRESS,
    "contact": _ADDRESS,
    "officer": _ADDRESS,
    "effective_from": _FIRST_DAY,
    "retention_years": 1,
    "timezone": "UTC",
    "calendar": "none",
    "law": "none",
}
"""What a draft is drawn with until its author has filled in the value, by the key."""

_PREFIX_LENGTH = 4


@dataclass(frozen=True)
class UnconfirmedFact:
    """A fact that nobody has confirmed: its place, its clause, and the words it was read from."""

    place: YamlPath
    clause: str | None
    words: str


def is_draft(data: Mapping[str, Any]) -> bool:
    """Whether a policy is a draft, by the content of its policy.yaml."""
    return data.get(STATUS) == _DRAFT


def words_of(data: Any) -> list[str]:
    """Every key and every text of the facts, in no order: what says that a mark is nowhere."""
    found: list[str] = []
    queue = [data]
    for value in queue:  # which grows meanwhile
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, dict):
            queue.extend(value)
            queue.extend(value.values())
        elif isinstance(value, list):
            queue.extend(value)
    return found


def has_marks(data: Any) -> bool:
    """Whether a fact may still be proposed, or a value be filled in."""
    words = words_of(data)
    return PROPOSED in words or any(map(_TODO.match, words))


def proposed_facts(data: Any) -> tuple[UnconfirmedFact, ...]:
    """The facts that are still proposed, in the order of the file."""
    return tuple(
        UnconfirmedFact(place, _clause(value), str(value[PROPOSED]))
        for place, value in _values(data, ())
        if isinstance(value, dict) and PROPOSED in value
    )


def unfilled(data: Any) -> tuple[YamlPath, ...]:
    """The places of the values that are still `TODO`, words after it included."""
    return tuple(
        place
        for place, value in _values(data, ())
        if isinstance(value, str) and place[-1:] != (PROPOSED,) and _TODO.match(value)
    )


def without_keys(data: Any, keys: frozenset[str]) -> Any:
    """The facts of a policy without these keys, wherever they are."""
    if isinstance(data, dict):
        return {key: without_keys(value, keys) for key, value in data.items() if key not in keys}
    return [without_keys(item, keys) for item in data] if isinstance(data, list) else data


def with_stand_ins(data: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a draft with a value for each `TODO` that no words can stand for.

    Words stay `TODO`, so that a page shows what is missing. The prefix is made of the id: two
    drafts on one machine must not share theirs.
    """
    filled: dict[str, Any] = _filled(dict(data))
    organisation = filled.get("organisation")
    if isinstance(organisation, dict) and _is_unfilled(organisation.get("prefix")):
        prefix = _prefix(str(data.get("id")))
        filled["organisation"] = organisation | {"prefix": prefix}
    return filled


def _filled(data: Any) -> Any:
    if isinstance(data, dict):
        return {
            key: _STAND_INS[key] if key in _STAND_INS and _is_unfilled(value) else _filled(value)
            for key, value in data.items()
        }
    return [_filled(item) for item in data] if isinstance(data, list) else data


def _is_unfilled(value: object) -> bool:
    return isinstance(value, str) and _TODO.match(value) is not None


def _prefix(id: str) -> str:
    digest = sha256(id.encode()).digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:_PREFIX_LENGTH])


def _clause(fact: Mapping[str, Any]) -> str | None:
    return str(fact["clause"]) if "clause" in fact else None


def _values(data: Any, place: YamlPath) -> Iterator[tuple[YamlPath, Any]]:
    """Every value with its place, outer ones first."""
    yield place, data
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _values(value, (*place, str(key)))
    elif isinstance(data, list):
        for index, item in enumerate(data):
            yield from _values(item, (*place, index))
