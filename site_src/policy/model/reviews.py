"""Defines where a filer can go next, and what it costs."""

from typing import Any

from pydantic import model_validator

from functions.model.text import Text
from site_src.policy.address import Slug
from site_src.policy.model.fact import OfKind, cite_for_all
from site_src.policy.model.filing import ContactFact


class ReviewFact(OfKind):
    """Where a filer can go next, inside or outside the organisation, in the listed order.

    One that is open at `any_time` need not wait for an answer. With `filers` it is for these only.
    """

    body: Text
    inside: bool
    text: Text
    limits: tuple[Slug, ...] = ()
    filers: tuple[Slug, ...] = ()
    contacts: tuple[ContactFact, ...] = ()
    any_time: bool = False

    @model_validator(mode="before")
    @classmethod
    def _cite(cls, data: Any) -> Any:
        return cite_for_all(data, "contacts")


class FeeFact(OfKind):
    """What filing costs, or that it costs nothing, and when the money is paid back."""

    text: Text
    refund: Text | None = None
