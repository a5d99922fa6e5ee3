"""One kind of filing: its form, its limits, who is told of it, and where to go next."""

from functions.model.attachment import AttachmentRules
from functions.model.contract.form import FormField
from functions.model.contract.limit import Limit
from functions.model.frozen import Frozen
from functions.model.text import Text


class Review(Frozen):
    """Where to go next when the answer does not satisfy; `limits` are ids of limits of it."""

    body: Text
    inside: bool
    clause: str
    limits: tuple[str, ...] = ()


class Route(Frozen):
    """Who is told of a filing, and where; a route without category takes all the others."""

    role: Text | None
    address: str
    category: str | None = None


class Kind(Frozen):
    """One kind of filing: its form, its clock and its ways onward.

    Without `attachments` its form takes no files, as contracts before 2026-11 do not.
    Where it may be `anonymous`, nobody needs to leave a name or a way to be answered.
    """

    name: Text
    fields: tuple[FormField, ...]
    limits: tuple[Limit, ...]
    reviews: tuple[Review, ...]
    routes: tuple[Route, ...]
    attachments: AttachmentRules | None = None
    anonymous: bool = False

    def routes_for(self, category: str | None) -> tuple[Route, ...]:
        """The routes that name the category, else those that name none."""
        named = tuple(route for route in self.routes if category and route.category == category)
        return named or tuple(route for route in self.routes if route.category is None)

    def mailboxes_for(self, category: str | None) -> tuple[str, ...]:
        """The addresses of those routes, each once."""
        return tuple(dict.fromkeys(route.address for route in self.routes_for(category)))

    def limits_for(self, category: str | None) -> tuple[Limit, ...]:
        """The limits that a case of the category must keep.

        Frequencies are none of one case, and limits of another level than the category's
        do not hold for it.
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
