"""What a clerk answers about a procedure in the studio, in the words that the pages show."""

from collections.abc import Mapping
from dataclasses import dataclass, field

FieldValues = Mapping[str, str | tuple[str, ...]]
"""What is typed into each field by its key, or the label of what is chosen; several labels."""


@dataclass(frozen=True)
class Change:
    """The answer to proposals of a list that cite the clause, and have the words in a field.

    `fields` is what is typed or chosen before the proposal is taken; `reject` says that it is none.
    """

    list: str
    clause: str
    words: str = ""
    fields: FieldValues = field(default_factory=dict)
    reject: bool = False


@dataclass(frozen=True)
class Addition:
    """A fact that no proposal means, unless one of the list has the words of `unless` already.

    `within` is the label of the fact that it belongs to.
    """

    list: str
    clause: str
    fields: FieldValues
    within: str = ""
    unless: str = ""


@dataclass(frozen=True)
class ClerkAnswers:
    """Everything that a clerk does to one draft: additions before the decisions, and after."""

    first: tuple[Addition, ...]
    changes: tuple[Change, ...]
    last: tuple[Addition, ...]
    organisation: Mapping[str, str]
