"""Lists every fact of a policy with its place in the YAML, its anchor and its words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from functions.model.pages.vocabulary import Vocabulary
from functions.model.text import Text
from site_src.languages import _, everywhere
from site_src.policy.model.fact import Conditional, Fact
from site_src.policy.model.filing import (
    AskedField,
    BranchFact,
    Category,
    Channel,
    ContactFact,
    Filer,
    FormalityFact,
    Ground,
    KindFact,
    Level,
    RepresentativeFact,
)
from site_src.policy.model.handling import Provision, Role, RouteFact, StepFact
from site_src.policy.model.limits import DurationFact, EventFact, LimitFact, SuspensionFact
from site_src.policy.model.policy import Policy
from site_src.policy.model.reviews import FeeFact, ReviewFact
from site_src.policy.yaml.document import YamlPath

LISTS = (
    "kinds",
    "filers",
    "representatives",
    "formalities",
    "asks",
    "channels",
    "branches",
    "roles",
    "levels",
    "categories",
    "routes",
    "steps",
    "events",
    "limits",
    "suspensions",
    "durations",
    "reviews",
    "fees",
    "provisions",
)


@dataclass(frozen=True)
class PlacedFact:
    """A fact, the list it belongs to and its place in the YAML."""

    fact: Fact
    list: str
    path: YamlPath

    @cached_property
    def id(self) -> str | None:
        """The id of the fact; None if facts of its list have none."""
        return vars(self.fact).get("id")

    @cached_property
    def texts(self) -> tuple[tuple[str, Text], ...]:
        """Every text of the fact itself, with its key."""
        return tuple(texts(self.fact))

    @cached_property
    def anchor(self) -> str:
        """Its fragment on the disclosure page: `limits-0`, `categories-1-children-2`."""
        return "-".join(str(part) for part in self.path)


def facts(policy: Policy) -> Iterator[PlacedFact]:
    """All facts in the order of the model; a nested fact follows its parent."""
    for name in LISTS:
        for index, fact in enumerate(getattr(policy, name)):
            yield from _nested(fact, name, (name, index))


def texts(fact: Fact) -> Iterator[tuple[str, Text]]:
    """Every text of a fact itself with its key; those of nested facts are their own."""
    for key, value in vars(fact).items():
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Text):
                yield key, item
    if isinstance(fact, Conditional) and fact.when.condition is not None:
        yield "when", fact.when.condition


def categories(policy: Policy) -> Iterator[Category]:
    """All categories, parents before children."""
    return _with_children(policy.categories)


def _with_children(listed: tuple[Category, ...]) -> Iterator[Category]:
    for category in listed:
        yield category
        yield from _with_children(category.children)


def asked_label(field: Literal["plate", "address"]) -> Text:
    """The label of a further question that the procedure's record requires."""
    return everywhere(_("Vehicle plate") if field == "plate" else _("Address"))


def _contact(policy: Policy, value: str) -> Text | str:
    """A number or an address; one in Chinese characters is words of the policy's language."""
    return value if value.isascii() else Text({policy.language: value})


def fact_parts(policy: Policy, fact: Fact, words: Vocabulary) -> tuple[Text | str, ...]:
    """What a fact says in one line: the policy's own words and the separators between them.

    An unknown role or category is shown by its id.
    """
    match fact:
        case KindFact(name=text) | Role(name=text) | Level(name=text) | Category(name=text):
            return (text,)
        case EventFact(name=text) | BranchFact(name=text):
            return (text,)
        case Filer(who=text) | RepresentativeFact(who=text) | ReviewFact(body=text):
            return (text,)
        case FormalityFact(text=text) | Ground(text=text) | Provision(text=text):
            return (text,)
        case SuspensionFact(text=text) | DurationFact(text=text) | FeeFact(text=text):
            return (text,)
        case Channel():
            return (fact.name, " ", _contact(policy, fact.value)) if fact.value else (fact.name,)
        case ContactFact():
            value = _contact(policy, fact.value)
            return (fact.name, " ", value) if fact.name else (value,)
        case LimitFact():
            return fact.action, f" · {words.how_long(fact)}"
        case StepFact():
            return _with_roles(policy, fact.role_ids, fact.action)
        case RouteFact():
            what = fact.condition or _subject(policy, fact)
            return _with_roles(policy, (fact.role,), what)
        case AskedField():
            return (asked_label(fact.field),)
        case _:
            raise TypeError(f"no words for {type(fact).__name__}")


def fact_text(policy: Policy, fact: Fact, words: Vocabulary) -> str:
    """What a fact says in one line of plain text, in the language of `words`."""
    return "".join(
        part.words(words.language) if isinstance(part, Text) else part
        for part in fact_parts(policy, fact, words)
    )


def role_names(policy: Policy, ids: Iterable[str]) -> tuple[Text | str, ...]:
    """The name of each role, or its id if there is no such role."""
    names = {role.id: role.name for role in policy.roles}
    return tuple(names.get(id, id) for id in ids)


def _with_roles(policy: Policy, ids: Iterable[str], what: Text | None) -> tuple[Text | str, ...]:
    names: list[Text | str] = []
    for name in role_names(policy, ids):
        names += (" + ", name) if names else (name,)
    return (*names, " · ", what) if what else tuple(names)


def _subject(policy: Policy, route: RouteFact) -> Text | None:
    """What a route is about: its category, level or kind."""
    for id, listed in (
        (route.category, categories(policy)),
        (route.level, policy.levels),
        (route.kind, policy.kinds),
    ):
        if id:
            return next(
                (fact.name for fact in listed if fact.id == id), Text({policy.language: id})
            )
    return None


def _nested(fact: Fact, name: str, path: YamlPath) -> Iterator[PlacedFact]:
    yield PlacedFact(fact, name, path)
    if isinstance(fact, Category):
        for index, child in enumerate(fact.children):
            yield from _nested(child, name, (*path, "children", index))
    if isinstance(fact, KindFact):
        for index, ground in enumerate(fact.grounds):
            yield PlacedFact(ground, "grounds", (*path, "grounds", index))
    if isinstance(fact, BranchFact | ReviewFact):
        for index, contact in enumerate(fact.contacts):
            yield PlacedFact(contact, "contacts", (*path, "contacts", index))
