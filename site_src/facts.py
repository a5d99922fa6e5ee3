"""Every fact of a policy: where it stands in the YAML, on the page, and what it says."""

from collections.abc import Iterator
from dataclasses import dataclass

from functions.language import Language
from functions.text import Text
from functions.words import Words
from site_src.policy import (
    AskedField,
    Category,
    Channel,
    Fact,
    Filer,
    FormalityFact,
    Ground,
    KindFact,
    Level,
    LimitFact,
    Policy,
    Provision,
    Review,
    Role,
    Route,
    Step,
)
from site_src.reading import Place

LISTS = (
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
    """A fact, the list it belongs to and its place in the YAML."""

    fact: Fact
    list: str
    path: Place

    @property
    def anchor(self) -> str:
        """Its fragment on the disclosure page: `limits-0`, `categories-1-children-2`."""
        return "-".join(str(part) for part in self.path)


def facts(policy: Policy) -> Iterator[Placed]:
    """All facts in the order of the model; what is nested follows what it is nested in."""
    for name in LISTS:
        for index, fact in enumerate(getattr(policy, name)):
            yield from _nested(fact, name, (name, index))


def categories(policy: Policy) -> Iterator[Category]:
    """All categories, parents before children."""
    for placed in facts(policy):
        if isinstance(placed.fact, Category):
            yield placed.fact


def fact_text(policy: Policy, fact: Fact, words: Words) -> str:
    """What a fact says, in one line; a role or category that is not there goes by its id."""
    language = words.language
    match fact:
        case KindFact(name=text) | Role(name=text) | Level(name=text) | Category(name=text):
            return text.words(language)
        case Filer(who=text) | Review(body=text):
            return text.words(language)
        case FormalityFact(text=text) | Ground(text=text) | Provision(text=text):
            return text.words(language)
        case Channel():
            return " ".join(filter(None, (fact.name.words(language), fact.value)))
        case LimitFact():
            length = words.length(fact.value, fact.unit, fact.recurring)
            return f"{fact.action.words(language)} · {length}"
        case Step():
            return _of_role(policy, fact.role, fact.action, language)
        case Route():
            what = fact.condition or _subject(policy, fact)
            return _of_role(policy, fact.role, what, language)
        case AskedField():
            return fact.field
        case _:
            raise TypeError(f"no words for {type(fact).__name__}")


def _of_role(policy: Policy, role: str, what: Text | None, language: Language) -> str:
    name = next((one.name.words(language) for one in policy.roles if one.id == role), role)
    return f"{name} · {what.words(language)}" if what else name


def _subject(policy: Policy, route: Route) -> Text | None:
    """What a route is about: its category, level or kind."""
    for name, listed in (
        (route.category, categories(policy)),
        (route.level, policy.levels),
        (route.kind, policy.kinds),
    ):
        if name:
            return next((one.name for one in listed if one.id == name), Text({"zh-CN": name}))
    return None


def _nested(fact: Fact, name: str, path: Place) -> Iterator[Placed]:
    yield Placed(fact, name, path)
    if isinstance(fact, Category):
        for index, child in enumerate(fact.children):
            yield from _nested(child, name, (*path, "children", index))
    if isinstance(fact, KindFact):
        for index, ground in enumerate(fact.grounds):
            yield Placed(ground, "grounds", (*path, "grounds", index))
