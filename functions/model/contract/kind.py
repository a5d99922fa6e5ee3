"""One kind of filing: its form, time limits, recipients and reviews."""

from functions.model.attachment import AttachmentRules
from functions.model.contract.form import FormField
from functions.model.contract.limit import Limit
from functions.model.frozen import Frozen
from functions.model.text import Text


class Review(Frozen):
    """A body that reviews the answer, inside or outside; `limits` are ids of its time limits."""

    body: Text
    inside: bool
    clause: str
    limits: tuple[str, ...] = ()


class Route(Frozen):
    """Who gets the notice of a filing, and where; a route without category takes the rest."""

    role: Text | None
    address: str
    category: str | None = None


class Kind(Frozen):
    """One kind of filing: its form, time limits, reviews and routes.

    Without `attachments` the form takes no files; contracts before 2026-11 have none. If it may
    be `anonymous`, neither a name nor a contact is required.
    """

    name: Text
    fields: tuple[FormField, ...]
    limits: tuple[Limit, ...]
    reviews: tuple[Review, ...]
    routes: tuple[Route, ...]
    attachments: AttachmentRules | None = None
    anonymous: bool = False

    def routes_for(self, category: str | None) -> tuple[Route, ...]:
        """The routes of the category, else those without a category."""
        named = tuple(route for route in self.routes if category and route.category == category)
        return named or tuple(route for route in self.routes if route.category is None)

    def mailboxes_for(self, category: str | None) -> tuple[str, ...]:
        """The addresses of these routes, each once."""
        return tuple(dict.fromkeys(route.address for route in self.routes_for(category)))

    def limits_for(self, category: str | None) -> tuple[Limit, ...]:
        """The limits that apply to a case of the category.

        Frequencies (`recurring`) do not apply to a single case. Limits with a level apply only
        if it is the category's level.
        """
        level = next(
            (
                choice.level
                for field in self.fields
                if field.name == "category"
                for choice in field.choices
                if choice.value == category
            ),
            None,
        )
        return tuple(
            limit for limit in self.limits if not limit.recurring and limit.level in (None, level)
        )
