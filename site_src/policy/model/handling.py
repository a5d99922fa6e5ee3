"""Defines who handles filings and what they do: roles, routes, steps, provisions."""

from pydantic import EmailStr, model_validator

from functions.model.text import Text
from site_src.policy.address import Slug
from site_src.policy.model.fact import Conditional, Duty, Fact, OfKind
from site_src.policy.terms import Topic


class Role(Fact):
    """Who handles filings. `says` lists other names that the text uses for the role."""

    id: Slug
    name: Text
    duty: Text
    mailbox: EmailStr | None = None
    says: tuple[str, ...] = ()


class RouteFact(OfKind):
    """Which role handles a category or level; a route without either handles the rest."""

    role: Slug
    category: Slug | None = None
    level: Slug | None = None
    condition: Text | None = None


class StepFact(Conditional):
    """Something that a role must do, and the record it leaves.

    `roles` do it together. It comes after the steps of `after`, or is done in place of
    `instead_of`. The roles of `tells` learn of it, and `approved_by` is who must consent to it.
    """

    id: Slug
    role: Slug | None = None
    roles: tuple[Slug, ...] = ()
    action: Text
    record: Text | None = None
    after: tuple[Slug, ...] = ()
    instead_of: Slug | None = None
    tells: tuple[Slug, ...] = ()
    approved_by: Slug | None = None

    @model_validator(mode="after")
    def _by_somebody(self) -> "StepFact":
        if (self.role is None) == (not self.roles):
            raise ValueError("needs either role or roles: who does it")
        return self

    @property
    def role_ids(self) -> tuple[Slug, ...]:
        """Who does it, written in either way."""
        return (self.role,) if self.role else self.roles


class Provision(Duty):
    """Anything else that the procedure promises or requires."""

    topic: Topic
    text: Text
