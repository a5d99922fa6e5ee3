"""One kind of filing: its form, time limits, recipients and reviews."""

from functions.model.attachment import AttachmentRules
from functions.model.contract.form import Choice, FormField
from functions.model.contract.limit import Limit
from functions.model.contract.terms import Event, RecordedBy
from functions.model.frozen import Frozen
from functions.model.text import Text


class NamedEvent(Frozen):
    """An event that the policy names; `name` follows the word "from".

    Staff record when it happened; `question` is what the form asks a filer who knows it.
    """

    id: str
    name: Text
    recorded_by: RecordedBy
    question: Text | None = None


class Suspension(Frozen):
    """What stops the clock of some `limits`, from one event until another.

    With `restarts` the clock does not go on: it runs anew from the event that ends it.
    """

    limits: tuple[str, ...]
    begins: Event
    ends: Event
    clause: str
    text: Text
    restarts: bool = False


class Contact(Frozen):
    """How a review body is reached, and when."""

    type: str
    value: str
    hours: Text | None = None
    name: Text | None = None


class Review(Frozen):
    """A body that reviews the answer, inside or outside; `limits` are ids of its time limits.

    With `filers` it is for those only; `any_time` means that nobody has to wait for an answer.
    """

    body: Text
    inside: bool
    clause: str
    limits: tuple[str, ...] = ()
    text: Text | None = None
    filers: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    any_time: bool = False

    def is_for(self, filer: str | None) -> bool:
        """Whether a filer of that relation may go there."""
        return not self.filers or filer in self.filers


class Route(Frozen):
    """Who is told of a filing.

    `role_id` names the role in the directory, which has its mailbox; contracts before 0.2.0 have
    an `address` instead. The role of `intake` registers or receives every filing. A route with a
    `category`, a `level`, a `branch` or a `filer` is for such filings only. Those of a filer
    replace all others; a route without any of them takes what no category's or branch's route
    takes.
    """

    role: Text | None
    role_id: str | None = None
    address: str | None = None
    category: str | None = None
    level: str | None = None
    filer: str | None = None
    branch: str | None = None
    intake: bool = False


class Handover(Frozen):
    """A role that staff may pass a filing on to, on a condition that only people can judge."""

    role: Text
    role_id: str
    condition: Text
    clause: str


class Kind(Frozen):
    """One kind of filing: its form, time limits, reviews and routes.

    Without `attachments` the form takes no files; contracts before 2026-11 have none. If it may
    be `anonymous`, neither a name nor a contact is required. `levels` are those that staff may
    give to a filing. `reply_to` is the address to write to by the procedure, if it names one.
    """

    name: Text
    fields: tuple[FormField, ...]
    limits: tuple[Limit, ...]
    reviews: tuple[Review, ...]
    routes: tuple[Route, ...]
    attachments: AttachmentRules | None = None
    anonymous: bool = False
    handovers: tuple[Handover, ...] = ()
    levels: tuple[Choice, ...] = ()
    reply_to: str | None = None
    events: tuple[NamedEvent, ...] = ()
    suspensions: tuple[Suspension, ...] = ()

    def level_of(self, category: str | None) -> str | None:
        """The level that the procedure gives to every filing of the category."""
        choices = (field.choices for field in self.fields if field.name == "category")
        return next(
            (choice.level for each in choices for choice in each if choice.value == category), None
        )

    def chain(self, limit: Limit) -> tuple[Limit, ...]:
        """The limit, after those that it extends, in the order in which they run."""
        if limit.extends is None:
            return (limit,)
        by_id = {each.id: each for each in self.limits}
        chain = [limit]
        while (base := by_id.get(chain[0].extends or "")) and base not in chain:
            chain.insert(0, base)
        return tuple(chain)

    def base_of(self, limit: Limit) -> Limit:
        """The limit that it extends in the end, or itself."""
        return self.chain(limit)[0]

    def review_limits(self, index: int | None) -> tuple[str, ...]:
        """The ids of the limits of a review that was asked for; none if there is no such review."""
        found = self.reviews[index : index + 1] if index is not None else ()
        return tuple(id_ for review in found for id_ in review.limits)

    def routes_for(
        self,
        category: str | None,
        level: str | None = None,
        filer: str | None = None,
        branch: str | None = None,
    ) -> tuple[Route, ...]:
        """Whom a filing is for: the filer's routes, else intake and those that hold for it."""
        own = tuple(route for route in self.routes if route.filer and route.filer == filer)
        if own:
            return own
        routes = tuple(route for route in self.routes if route.filer is None)
        named = tuple(
            route
            for route in routes
            if (category and route.category == category) or (branch and route.branch == branch)
        )
        levelled = tuple(route for route in routes if level and route.level == level)
        rest = tuple(
            route
            for route in routes
            if not (route.category or route.level or route.branch or route.intake or named)
        )
        intake = tuple(route for route in routes if route.intake)
        return (*intake, *named, *levelled, *rest)

    def limits_for(
        self,
        category: str | None,
        level: str | None = None,
        filer: str | None = None,
        branch: str | None = None,
    ) -> tuple[Limit, ...]:
        """The limits that apply to a case; frequencies (`recurring`) apply to none."""
        return tuple(
            limit
            for limit in self.limits
            if not limit.recurring
            and limit.level in (None, level)
            and limit.filer in (None, filer)
            and limit.branch in (None, branch)
            and (not limit.categories or category in limit.categories)
        )
