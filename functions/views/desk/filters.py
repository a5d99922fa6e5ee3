"""The filters of a list: by kind, category, role and state."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import get_args

from functions.model.case_log import CaseState
from functions.model.contract.kind import Kind
from functions.model.contract.terms import KindId
from functions.model.pages.vocabulary import Vocabulary
from functions.views.desk.words import DeskWords, _

STATES: tuple[CaseState, ...] = get_args(CaseState)


@dataclass(frozen=True)
class FilterOption:
    """A value of a filter; `group` is the heading above it, if there is one."""

    value: str
    label: str
    group: str = ""


@dataclass(frozen=True)
class Filter:
    """A filter of the form field `name`, and the value that is chosen."""

    name: str
    label: str
    value: str
    options: tuple[FilterOption, ...]

    @property
    def groups(self) -> tuple[tuple[str, tuple[FilterOption, ...]], ...]:
        """Its options by their headings."""
        found = groupby(self.options, key=lambda option: option.group)
        return tuple((group, tuple(options)) for group, options in found)


def filters(
    kinds: Mapping[KindId, Kind],
    roles: Mapping[str, str],
    chosen: Mapping[str, str],
    words: Vocabulary,
    desk: DeskWords,
) -> tuple[Filter, ...]:
    """The filters that leave a choice, or that are chosen; `roles` are names by id."""
    of_kind = (FilterOption(id, kind.name.words(words.language)) for id, kind in kinds.items())
    of_role = (FilterOption(id, name) for id, name in roles.items())
    of_state = (FilterOption(state, words.say(f"state_{state}")) for state in STATES)
    found = (
        Filter("kind", desk.say(_("Kind")), chosen["kind"], tuple(of_kind)),
        Filter("category", desk.say(_("Category")), chosen["category"], tuple(
            _categories(kinds.values(), words)
        )),
        Filter("role", desk.say(_("Role")), chosen["role"], tuple(of_role)),
        Filter("state", desk.say(_("State")), chosen["state"], tuple(of_state)),
    )  # fmt: skip
    return tuple(each for each in found if len(each.options) > 1 or each.value)


def _categories(kinds: Iterable[Kind], words: Vocabulary) -> Iterator[FilterOption]:
    """Each category once; kinds of filing may share some."""
    choices = (
        choice
        for kind in kinds
        for field in kind.fields
        if field.name == "category"
        for choice in field.choices
    )
    known: set[str] = set()
    for choice in choices:
        if choice.value not in known:
            known.add(choice.value)
            group = choice.group.words(words.language) if choice.group else ""
            yield FilterOption(choice.value, choice.label.words(words.language), group)
