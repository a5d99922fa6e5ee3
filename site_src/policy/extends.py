"""A policy that extends another: it shares clauses, and the facts follow their clause.

`extends` names a policy and the version of it. The extending folder says only what differs:
a clause in its `procedure.md` replaces the clause of that number, or is added after the one
before it; `omits` lists clauses that do not hold. A fact of the base is inherited if its
clause is; a replaced clause brings its own facts. Who the organisation is (its name, privacy
notice and mailboxes) is never inherited.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from site_src.policy.clauses import RawLine, is_chapter, ordinals, split_clauses
from site_src.policy.facts import LISTS
from site_src.policy.yaml_reading import Position, YamlDocument, YamlPath


@dataclass(frozen=True)
class Derived:
    """A base policy with the differences applied."""

    reading: YamlDocument
    lines: tuple[RawLine, ...]


def merge_base(
    base: YamlDocument,
    base_lines: tuple[RawLine, ...],
    own: YamlDocument,
    own_lines: tuple[RawLine, ...],
) -> Derived:
    """The whole policy that `own` describes by its differences from `base`.

    `base` has been validated, `own` has not.
    """
    omits = own.data.get("omits")
    omitted = {str(clause) for clause in omits} if isinstance(omits, list) else set()
    chunks, replaced = _merge_text(base_lines, own_lines, omitted)
    dropped = omitted | replaced
    return Derived(_merge_facts(_shareable(base, dropped), own, dropped), tuple(chunks))


def _merge_text(
    base: tuple[RawLine, ...], own: tuple[RawLine, ...], omitted: set[str]
) -> tuple[list[RawLine], set[str]]:
    """The lines of the whole text, and the clauses that the own text replaces or adds."""
    _, base_chunks = split_clauses(base)
    preamble, own_chunks = split_clauses(own)
    merged = {id: lines for id, lines in base_chunks.items() if id not in omitted}
    changed: set[str] = set()
    above: str | None = None
    for id, lines in own_chunks.items():
        words = [line.words for line in lines if line.words.strip()]
        if id in base_chunks and words == [
            line.words for line in base_chunks[id] if line.words.strip()
        ]:
            above = None
            continue
        changed.add(id)
        if id in merged:
            merged[id] = lines
            above = None
        else:
            merged = _insert(merged, id, lines, above)
            above = id if above or is_chapter(id) else None
    return [*preamble, *(line for lines in merged.values() for line in lines)], changed


def _insert(
    chunks: dict[str, tuple[RawLine, ...]], id: str, lines: tuple[RawLine, ...], above: str | None
) -> dict[str, tuple[RawLine, ...]]:
    """The chunks with a new clause where its number wants it.

    That is before the first clause of a higher number, but an article goes after `above`, the
    new chapter that it stands in: chapters and articles are counted apart.
    """
    order = list(chunks)
    alike = [other for other in order if is_chapter(other) == is_chapter(id)]
    lower = [other for other in alike if ordinals(other) < ordinals(id)]
    if above is not None:
        at = order.index(above) + 1
    elif lower and not is_chapter(id):
        at = order.index(max(lower, key=ordinals)) + 1
    else:
        at = next((order.index(other) for other in alike if other not in lower), len(order))
    order.insert(at, id)
    return {other: lines if other == id else chunks[other] for other in order}


def _merge_facts(base: YamlDocument, own: YamlDocument, dropped: set[str]) -> YamlDocument:
    merged = YamlDocument(dict(own.data), dict(own.positions))
    below = {id(source): _by_fact(source) for source in (base, own)}
    for key in LISTS:
        mine = own.data.get(key, [])
        if key not in base.data or not isinstance(mine, list):
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


_Item = tuple[Any, YamlDocument, YamlPath]


def _merge_list(key: str, base: YamlDocument, own: YamlDocument, dropped: set[str]) -> list[_Item]:
    """The base's facts whose clause is kept, with the own ones where their clause stood."""
    mine: list[_Item] = [(item, own, (key, n)) for n, item in enumerate(own.data.get(key, []))]
    merged: list[_Item] = []
    for index, item in enumerate(base.data[key]):
        clause = item["clause"]
        if clause not in dropped:
            merged.append((item, base, (key, index)))
            continue
        stays = [one for one in mine if isinstance(one[0], dict) and one[0].get("clause") == clause]
        merged.extend(stays)
        mine = [one for one in mine if one not in stays]
    return [*merged, *mine]


def _shareable(base: YamlDocument, dropped: set[str]) -> YamlDocument:
    """The base without mailboxes, and without nested facts whose own clause does not hold."""
    shared = YamlDocument({}, {(): base.positions[()]})

    def take(value: Any, old: YamlPath, new: YamlPath) -> Any:
        shared.positions[new] = base.nearest(old)
        if isinstance(value, dict):
            names = [name for name in value if name != "mailbox"]
            return {name: take(value[name], (*old, name), (*new, name)) for name in names}
        if isinstance(value, list):
            kept = [n for n, inner in enumerate(value) if len(old) == 1 or _holds(inner, dropped)]
            return [take(value[n], (*old, n), (*new, at)) for at, n in enumerate(kept)]
        return value

    shared.data |= {key: take(base.data[key], (key,), (key,)) for key in LISTS if key in base.data}
    return shared


def _holds(value: Any, dropped: set[str]) -> bool:
    return not (isinstance(value, dict) and value.get("clause") in dropped)


def _by_fact(source: YamlDocument) -> dict[YamlPath, list[tuple[YamlPath, Position]]]:
    """The positions of everything in a list of facts, by the place of the fact it belongs to."""
    below: defaultdict[YamlPath, list[tuple[YamlPath, Position]]] = defaultdict(list)
    for place, position in source.positions.items():
        below[place[:2]].append((place, position))
    return below
