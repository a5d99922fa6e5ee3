"""Every fact of a policy, with where it stands in the YAML."""

from collections.abc import Iterator
from dataclasses import dataclass

from site_src.policy import Category, Fact, KindFact, Policy

Path_ = tuple[str | int, ...]

_LISTS = (
    "kinds",
    "filers",
    "formalities",
    "asks",
    "channels",
    "roles",
    "levels",
    "categories",
    "routes",
    "steps",
    "limits",
    "reviews",
    "provisions",
)


@dataclass(frozen=True)
class Placed:
    """A fact, the list it belongs to and its path in the YAML."""

    fact: Fact
    list: str
    path: Path_


def facts(policy: Policy) -> Iterator[Placed]:
    """All facts in the order of the model; nested categories follow their parent."""
    for name in _LISTS:
        for index, fact in enumerate(getattr(policy, name)):
            yield from _nested(fact, name, (name, index))


def categories(policy: Policy) -> Iterator[Category]:
    """All categories, parents before children."""
    for placed in facts(policy):
        if isinstance(placed.fact, Category):
            yield placed.fact


def _nested(fact: Fact, name: str, path: Path_) -> Iterator[Placed]:
    yield Placed(fact, name, path)
    if isinstance(fact, Category):
        for index, child in enumerate(fact.children):
            yield from _nested(child, name, (*path, "children", index))
    if isinstance(fact, KindFact):
        for index, ground in enumerate(fact.grounds):
            yield Placed(ground, "grounds", (*path, "grounds", index))
