"""What filers call what a form offers, beside the procedure's names for it."""

from collections.abc import Mapping
from dataclasses import dataclass

from functions.model.text import Text
from site_src.policy.model.filing import Category


@dataclass(frozen=True)
class FilerWords:
    """What filers call a matter, by the id of its category.

    `own` are the category's words, `group` those of the category that it is nested in.
    """

    own: Mapping[str, tuple[Text, ...]]
    group: Mapping[str, tuple[Text, ...]]


def filer_words(categories: tuple[Category, ...]) -> FilerWords:
    """The words of all categories, nested ones included."""
    own: dict[str, tuple[Text, ...]] = {}
    group: dict[str, tuple[Text, ...]] = {}
    for category in categories:
        own[category.id] = category.words
        group |= {child.id: category.words for child in category.children}
        nested = filer_words(category.children)
        own |= nested.own
        group |= nested.group
    return FilerWords(own, group)
