"""Defines what can be filed, by whom, about what, in which form and how."""

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from functions.model.contract.terms import KindId
from functions.model.text import Text
from site_src.policy.address import Slug
from site_src.policy.model.fact import ClauseId, Fact, OfKind, cite_for_all
from site_src.policy.terms import ChannelType, Formality


class Ground(Fact):
    """Something that a filing of the kind may be about."""

    text: Text


class KindFact(Fact):
    """A kind of filing, with its definition if the procedure gives one."""

    id: KindId
    name: Text
    definition: Text | None = None
    grounds: tuple[Ground, ...] = ()


class Filer(OfKind):
    """Who may file; `route` is the role that handles what they file, whatever it is about."""

    id: Slug
    who: Text
    route: Slug | None = None


class RepresentativeFact(OfKind):
    """Who may file for somebody else, and what they must bring.

    `consent` is that of the person represented, in writing; `authority` is a document that shows
    the right to act, such as a power of attorney or proof of guardianship. `at_most` so many may
    represent those who file together.
    """

    id: Slug
    who: Text
    requires: Literal["consent", "authority", "none"]
    text: Text | None = None
    at_most: Annotated[int | None, Field(gt=0)] = None


class FormalityFact(OfKind):
    """How a filing must be made: in writing, signed, by real name."""

    type: Formality
    text: Text


class AskedField(OfKind):
    """A further detail of the filer that the procedure's record requires."""

    field: Literal["plate", "address"]
    required: bool = False


class ContactFact(Fact):
    """How to reach a branch or a review body, and when.

    Without a `clause` it is that of the branch or the review level.
    """

    clause: ClauseId = ""
    type: ChannelType
    value: str
    name: Text | None = None
    hours: Text | None = None


class BranchFact(OfKind):
    """A branch of the organisation that a filing can concern; `route` is the role it goes to."""

    id: Slug
    name: Text
    contacts: tuple[ContactFact, ...] = ()
    route: Slug | None = None

    @model_validator(mode="before")
    @classmethod
    def _cite(cls, data: Any) -> Any:
        return cite_for_all(data, "contacts")


class Channel(OfKind):
    """A way to file, with the hours in which it is open; one may be a `branch`'s only."""

    id: Slug
    type: ChannelType
    name: Text
    value: str | None = None
    hours: Text | None = None
    branch: Slug | None = None


class Level(Fact):
    """How serious a filing is, and what makes it so.

    One that is `for_staff` judges whoever files: no form and no page says its definition and
    signs, only the clause itself.
    """

    id: Slug
    name: Text
    definition: Text
    signs: tuple[Text, ...] = ()
    for_staff: bool = False


class Category(OfKind):
    """What a filing is about; a nested category inherits nothing from its parent.

    `words` are a filer's words for it, which the search finds; the procedure need not say them.
    """

    id: Slug
    name: Text
    level: Slug | None = None
    words: tuple[Text, ...] = ()
    children: "tuple[Category, ...]" = ()
