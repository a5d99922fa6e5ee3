"""Finds facts that name another one, such as a role, which the draft no longer has."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from site_src.bilingual import Bilingual
from site_src.languages import SiteLanguage
from site_src.studio.facts.answers import AS_IT_IS, shown_value
from site_src.studio.facts.choices import choices, own_words, referred
from site_src.studio.facts.entries import DraftFact, entries
from site_src.studio.facts.fields import FactField
from site_src.studio.facts.forms import FORMS

REMOVED_NAME = Bilingual("{name} (removed)", "{name}（已删去）")
"""What a choice is called that names such a fact."""


@dataclass(frozen=True)
class BrokenReference:
    """A fact with a field that names what is no longer there; `id` is its id."""

    entry: DraftFact
    field: FactField
    id: str


def broken_references(data: Mapping[str, Any], tongue: SiteLanguage) -> Iterator[BrokenReference]:
    """Each value of a field that is none of its choices, where the choices are facts."""
    language = data.get("language", "zh-CN")
    known: dict[str, set[str]] = {}
    for entry in entries(data):
        for field in FORMS[entry.list].fields:
            if not referred(field.choices):
                continue
            if field.choices not in known:
                known[field.choices] = {id for id, _ in choices(field.choices, data, tongue)}
            for id in shown_value(field, entry.data, language).split("\n"):
                if id and id != AS_IT_IS and id not in known[field.choices]:
                    yield BrokenReference(entry, field, id)


@dataclass(frozen=True)
class RemovedFacts:
    """What facts still name, and what it was called, by the choices it was among and its id."""

    broken: tuple[BrokenReference, ...]
    names: Mapping[tuple[str, str], str]


def names_of_removed(
    broken: Iterable[BrokenReference], earlier: Iterable[str]
) -> dict[tuple[str, str], str]:
    """What facts that are gone were called, by the choices they were among and their id.

    `earlier` are texts of policy.yaml, the newest first. One that none of them has keeps its id.
    """
    names = {(each.field.choices, each.id): "" for each in broken}
    lacking = set(names)
    for text in earlier if lacking else ():
        if not any(id in text for _, id in lacking):
            continue
        data = yaml.load(text, Loader=yaml.CSafeLoader)
        facts = entries(data) if isinstance(data, dict) else ()
        for choice, id in tuple(lacking):
            list_, key = referred(choice) or ("", "")
            found = (one for one in facts if one.list == list_ and str(one.data.get("id")) == id)
            if fact := next(found, None):
                names[choice, id] = own_words(fact.data.get(key), data.get("language", "zh-CN"))
                lacking.remove((choice, id))
        if not lacking:
            break
    return {wanted: name or wanted[1] for wanted, name in names.items()}
