"""Finds the facts of a policy.yaml, those that are only proposed among them."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from site_src.policy.clauses import Clause
from site_src.policy.drafts.marks import PROPOSED
from site_src.policy.facts import LISTS
from site_src.policy.yaml.document import YamlPath

_NESTED = {
    "kinds": ("grounds",),
    "branches": ("contacts",),
    "reviews": ("contacts",),
    "categories": ("children",),
    "children": ("children",),
}


@dataclass(frozen=True)
class DraftFact:
    """A fact as policy.yaml has it; `clause` is its own, or that of the fact around it."""

    path: YamlPath
    data: Mapping[str, Any]
    clause: str

    @property
    def list(self) -> str:
        """The list whose keys it has: `limits`; for a nested category `categories`."""
        name = next(str(part) for part in reversed(self.path) if isinstance(part, str))
        return "categories" if name == "children" else name

    @property
    def name(self) -> str:
        """Its place in an address or a form: `reviews.0.contacts.1`."""
        return ".".join(map(str, self.path))

    @property
    def digest(self) -> str:
        """What tells it from other facts, wherever it stands."""
        content = json.dumps(self.data, ensure_ascii=False, sort_keys=True, default=str)
        return sha256(f"{self.list}\0{content}".encode()).hexdigest()[:16]

    @property
    def proposed(self) -> str | None:
        """The words that it was read from, if nobody has confirmed it yet."""
        words = self.data.get(PROPOSED)
        return None if words is None else str(words)


DraftFacts = tuple[DraftFact, ...]


def parse_name(name: str) -> YamlPath:
    """The place that `DraftFact.name` says."""
    return tuple(int(part) if part.isdigit() else part for part in name.split("."))


def entries(data: Mapping[str, Any]) -> tuple[DraftFact, ...]:
    """All facts in the order of the file; what is no fact at all is left to the checker."""
    return tuple(entry for name in LISTS for entry in _listed(data.get(name), (name,), ""))


def _listed(items: Any, path: YamlPath, clause: str) -> Iterator[DraftFact]:
    for index, item in enumerate(items if isinstance(items, list) else ()):
        if not isinstance(item, dict):
            continue
        place = (*path, index)
        own = str(item.get("clause", clause))
        yield DraftFact(place, item, own)
        for inner in _NESTED.get(str(path[-1]), ()):
            yield from _listed(item.get(inner), (*place, inner), own)


def find_entry(data: Mapping[str, Any], name: str) -> DraftFact | None:
    """The fact at that place, or None."""
    return next((entry for entry in entries(data) if entry.name == name), None)


def in_text_order(
    found: tuple[DraftFact, ...], clauses: tuple[Clause, ...]
) -> tuple[DraftFact, ...]:
    """The facts as the text says them; those whose clause is unknown come last."""
    places = {clause.id: place for place, clause in reversed(list(enumerate(clauses)))}
    words = {clause.id: clause.words for clause in clauses}

    def place(entry: DraftFact) -> tuple[int, int]:
        said = entry.proposed or ""
        at = words.get(entry.clause, "").find(said) if said else -1
        return places.get(entry.clause, len(places)), at if at >= 0 else 1_000_000

    return tuple(sorted(found, key=place))
