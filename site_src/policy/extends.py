"""Merges a policy with the one it extends: they share clauses, and facts follow their clause.

`extends` names a policy and one of its versions. The extending folder contains only what
differs: a clause in its `procedure.md` replaces the clause with that number, or is added at the
place of its number; `omits` lists clauses that do not apply. A fact of the base is inherited if
its clause is; a replaced clause needs its own facts. The organisation itself (its name, privacy
notice and mailboxes) is never inherited.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from site_src.bilingual import Bilingual
from site_src.policy.clauses import RawLine, is_chapter, ordinals, split_clauses
from site_src.policy.drafts.marks import is_draft
from site_src.policy.facts import LISTS
from site_src.policy.finding import Finding, FindingCode
from site_src.policy.yaml.document import Position, YamlDocument, YamlPath

if TYPE_CHECKING:
    from site_src.policy.edition import Edition

_DRAFT_BASE = (
    Bilingual("the policy to extend is a draft", "extends 所指的办法还是草稿"),
    Bilingual(
        "Name a version that can be published, or wait until that draft has become one.",
        "请写一个可以公布的版本，或者等那份草稿定稿以后再引用。",
    ),
)


@dataclass(frozen=True)
class Derived:
    """A base policy with the differences applied: its facts and the lines of its text."""

    reading: YamlDocument
    lines: tuple[RawLine, ...]


def base_findings(own: YamlDocument, base: "Edition") -> Iterator[Finding]:
    """Why a policy cannot extend that edition: it is a draft, or lacks a clause to omit."""
    if base.is_draft and not is_draft(own.data):
        yield _finding("base-unknown", own.nearest(("extends",)), *_DRAFT_BASE)
    omits = own.data.get("omits")
    for index, clause in enumerate(omits if isinstance(omits, list) else ()):
        if base.clause(str(clause)) is None:
            policy = base.policy
            what = Bilingual(
                f"version {policy.version} of {policy.id} has no clause {str(clause)!r} to omit",
                f"{policy.id} 的版本 {policy.version} 里没有“{clause}”这一条，无从略去",
            )
            remedy = Bilingual(
                "Write the number that the clause has there, or remove it from omits.",
                "请照那里的编号写，或者从 omits 中删去。",
            )
            yield _finding("clause-unknown", own.nearest(("omits", index)), what, remedy)


def _finding(code: FindingCode, at: Position, message: Bilingual, remedy: Bilingual) -> Finding:
    return Finding(
        code=code, file=at.file, line=at.line, column=at.column, message=message, remedy=remedy
    )


def merge_base(
    base: YamlDocument,
    base_lines: tuple[RawLine, ...],
    own: YamlDocument,
    own_lines: tuple[RawLine, ...],
) -> Derived:
    """The whole policy that `own` describes by its differences from `base`.

    `base` must be valid; `own` need not be.
    """
    omits = own.data.get("omits")
    omitted = {str(clause) for clause in omits} if isinstance(omits, list) else set()
    chunks, replaced = _merge_text(base_lines, own_lines, omitted)
    dropped = omitted | replaced
    return Derived(_merge_facts(_shareable(base, dropped), own, dropped), tuple(chunks))


def _merge_text(
    base: tuple[RawLine, ...], own: tuple[RawLine, ...], omitted: set[str]
) -> tuple[list[RawLine], set[str]]:
    """The lines of the whole text, and the ids of clauses that `own` replaces or adds."""
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
    """The chunks with a new clause inserted by its number.

    A clause follows the next lower number; a chapter goes before the next higher one. Articles
    are numbered across chapters, so a clause of a new chapter follows `above`, the last clause
    inserted in it.
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
    positions = {id(source): _positions_by_fact(source) for source in (base, own)}
    for key in LISTS:
        if key not in base.data or not isinstance(own.data.get(key, []), list):
            continue
        items = _merge_list(key, base, own, dropped)
        merged.data[key] = [item for item, _, _ in items]
        for place in [place for place in merged.positions if place[0:1] == (key,)]:
            del merged.positions[place]
        merged.positions[(key,)] = own.positions.get((key,), own.positions[()])
        for index, (_, source, place) in enumerate(items):
            for old, position in positions[id(source)][place]:
                merged.positions[(key, index, *old[2:])] = position
    return merged


_Item = tuple[Any, YamlDocument, YamlPath]


def _merge_list(key: str, base: YamlDocument, own: YamlDocument, dropped: set[str]) -> list[_Item]:
    """The base's facts whose clause is kept; own facts take the place of their clause's facts."""
    own_items: list[_Item] = [(item, own, (key, n)) for n, item in enumerate(own.data.get(key, []))]
    merged: list[_Item] = []
    for index, item in enumerate(base.data[key]):
        clause = item["clause"]
        if clause not in dropped:
            merged.append((item, base, (key, index)))
            continue
        replacements = [
            own_item
            for own_item in own_items
            if isinstance(own_item[0], dict) and own_item[0].get("clause") == clause
        ]
        merged.extend(replacements)
        own_items = [own_item for own_item in own_items if own_item not in replacements]
    return [*merged, *own_items]


def _shareable(base: YamlDocument, dropped: set[str]) -> YamlDocument:
    """The base without mailboxes, and without nested facts whose own clause is dropped."""
    shared = YamlDocument({}, {(): base.positions[()]})

    def copy(value: Any, old: YamlPath, new: YamlPath) -> Any:
        shared.positions[new] = base.nearest(old)
        if isinstance(value, dict):
            names = [name for name in value if name != "mailbox"]
            return {name: copy(value[name], (*old, name), (*new, name)) for name in names}
        if isinstance(value, list):
            kept = [n for n, inner in enumerate(value) if len(old) == 1 or _is_kept(inner, dropped)]
            return [copy(value[n], (*old, n), (*new, at)) for at, n in enumerate(kept)]
        return value

    shared.data |= {key: copy(base.data[key], (key,), (key,)) for key in LISTS if key in base.data}
    return shared


def _is_kept(value: Any, dropped: set[str]) -> bool:
    return not (isinstance(value, dict) and value.get("clause") in dropped)


def _positions_by_fact(source: YamlDocument) -> dict[YamlPath, list[tuple[YamlPath, Position]]]:
    """Every place and position of a document, grouped by the place of the fact it belongs to."""
    grouped: defaultdict[YamlPath, list[tuple[YamlPath, Position]]] = defaultdict(list)
    for place, position in source.positions.items():
        grouped[place[:2]].append((place, position))
    return grouped
