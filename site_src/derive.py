"""A policy that extends another: it shares clauses, and the facts follow their clause.

`extends` names a policy and the version of it. The extending folder says only what differs:
a clause in its `procedure.md` replaces the clause of that number, or is added after the one
before it; `omits` lists clauses that do not hold. A fact of the base is inherited if its
clause is; a replaced clause brings its own facts. Who the organisation is (its name, privacy
notice and mailboxes) is never inherited.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from site_src.clauses import RawLine, split_clauses
from site_src.facts import LISTS
from site_src.reading import Place, Position, Reading

_ORDINALS = re.compile(r"\d+|[^\d.]+")


@dataclass(frozen=True)
class Derived:
    """A base policy with the differences applied."""

    reading: Reading
    lines: tuple[RawLine, ...]


def derive(
    base: Reading, base_lines: tuple[RawLine, ...], own: Reading, own_lines: tuple[RawLine, ...]
) -> Derived:
    """The whole policy that `own` describes by its differences from `base`."""
    omitted = {str(clause) for clause in own.data.get("omits", [])}
    chunks, replaced = _merge_text(base_lines, own_lines, omitted)
    dropped = omitted | replaced
    return Derived(_merge_facts(base, own, dropped), tuple(chunks))


def _merge_text(
    base: tuple[RawLine, ...], own: tuple[RawLine, ...], omitted: set[str]
) -> tuple[list[RawLine], set[str]]:
    """The lines of the whole text, and the clauses that the own text replaces or adds."""
    _, base_chunks = split_clauses(base)
    preamble, own_chunks = split_clauses(own)
    merged = {id: lines for id, lines in base_chunks.items() if id not in omitted}
    changed: set[str] = set()
    for id, lines in own_chunks.items():
        words = [line.words for line in lines if line.words.strip()]
        if id in base_chunks and words == [
            line.words for line in base_chunks[id] if line.words.strip()
        ]:
            continue
        changed.add(id)
        if id in merged:
            merged[id] = lines
        else:
            merged = _insert(merged, id, lines)
    return [*preamble, *(line for lines in merged.values() for line in lines)], changed


def _insert(
    chunks: dict[str, tuple[RawLine, ...]], id: str, lines: tuple[RawLine, ...]
) -> dict[str, tuple[RawLine, ...]]:
    """The chunks with a new clause after the last one that comes before it in its part."""
    part = id.partition("、")[0] if "、" in id else ""
    before = [
        other
        for other in chunks
        if (other.partition("、")[0] if "、" in other else "") == part
        and _order(other) < _order(id)
    ]
    after = before[-1] if before else (part if part in chunks else list(chunks)[-1])
    placed: dict[str, tuple[RawLine, ...]] = {}
    for other, other_lines in chunks.items():
        placed[other] = other_lines
        if other == after:
            placed[id] = lines
    return placed


def _part(id: str) -> str:
    """The part that a clause stands in, `四` for `四、1.1`; empty where there are no parts."""
    return id.partition("、")[0] if "、" in id else ""


def _order(id: str) -> tuple[tuple[int, str], ...]:
    """Sorts `四、1.1.3` before `四、1.2` before `四、1.10`."""
    return tuple((int(part), "") if part.isdigit() else (0, part) for part in _ORDINALS.findall(id))


def _merge_facts(base: Reading, own: Reading, dropped: set[str]) -> Reading:
    merged = Reading(dict(own.data), dict(own.positions))
    below = {id(source): _by_fact(source) for source in (base, own)}
    for key in LISTS:
        if key not in base.data:
            continue
        items = _merge_list(key, base, own, dropped)
        merged.data[key] = [item for item, _, _ in items]
        for place in [place for place in merged.positions if place[0:1] == (key,)]:
            del merged.positions[place]
        merged.positions[(key,)] = own.positions.get((key,), own.positions[()])
        for index, (_, source, place) in enumerate(items):
            for old, position in below[id(source)][place]:
                merged.positions[(key, index, *old[2:])] = position
    return merged


Item = tuple[Any, Reading, Place]


def _merge_list(key: str, base: Reading, own: Reading, dropped: set[str]) -> list[Item]:
    """The base's facts whose clause is kept, with the own ones where their clause stood."""
    mine: list[Item] = [(item, own, (key, n)) for n, item in enumerate(own.data.get(key, []))]
    merged: list[Item] = []
    for index, item in enumerate(base.data[key]):
        clause = item["clause"]
        if clause not in dropped:
            shared = {name: value for name, value in item.items() if name != "mailbox"}
            merged.append((shared, base, (key, index)))
            continue
        stays = [one for one in mine if isinstance(one[0], dict) and one[0].get("clause") == clause]
        merged.extend(stays)
        mine = [one for one in mine if one not in stays]
    return [*merged, *mine]


def _by_fact(source: Reading) -> dict[Place, list[tuple[Place, Position]]]:
    """The positions of everything in a list of facts, by the place of the fact it belongs to."""
    below: defaultdict[Place, list[tuple[Place, Position]]] = defaultdict(list)
    for place, position in source.positions.items():
        below[place[:2]].append((place, position))
    return below
