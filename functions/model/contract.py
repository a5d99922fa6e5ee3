"""The contract: what intake needs to know of one policy version.

`build.py` compiles it from a policy; the function reads it by the digest that the page
carried. It holds no markup; see `pages` for that.
"""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import (
    Field,
)

from functions.model.attachment import AttachmentRules
from functions.model.deadlines.calendar import BusinessHours, Calendar
from functions.model.frozen import Frozen
from functions.model.language import Language
from functions.model.text import Text

Unit = Literal["minute", "hour", "day", "working_day", "month", "year"]
"""`day` is a calendar day; `working_day` skips weekends and holidays, 调休 included."""

Event = Literal[
    "received",
    "decision",
    "report",
    "registered",
    "forwarded",
    "dissatisfied",
    "answered_again",
    "appealed",
    "ruling",
    "each_period",
]
"""What a time limit runs from; only `received` is known when a filing arrives."""

Party = Literal["organisation", "filer"]

FilerAct = Literal["information", "withdrawn", "review_requested"]
"""What a filer does after filing: adds words, withdraws, asks for the review inside."""

StaffAct = Literal[
    "message", "acknowledged", "registered", "forwarded", "done", "decision", "closed"
]
"""What staff record. `done` says of time limits alone that they were kept; `decision` is every
answer that ends a round, a second answer and the one to an appeal included."""

KindId = Literal[
    "complaint", "appeal", "dispute", "objection", "grievance", "suggestion", "feedback"
]

FieldName = Literal[
    "name",
    "acting_for",
    "represented",
    "capacity",
    "relation",
    "email",
    "phone",
    "address",
    "plate",
    "category",
    "decision",
    "decided_on",
    "account",
    "happened_on",
    "remedy",
    "involved",
    "signature",
    "consent",
    "sensitive_consent",
]

Input = Literal[
    "text", "multiline", "lines", "email", "phone", "plate", "date", "choice", "consent"
]
"""`lines` is a list, one entry a line."""


class Limit(Frozen):
    """A time limit: how long, from when, who must do what.

    A `recurring` one is a frequency: at least `value` times in each `unit`. With a `level`
    it holds for filings of that level only. `kept_by` are the acts that keep it, as far as the
    procedure's own words say; people may say so of any other act.
    """

    id: str
    value: Annotated[int, Field(gt=0)]
    unit: Unit
    starts: Event
    party: Party
    action: Text
    role: Text | None
    clause: str
    within_hours: bool = False
    note: Text | None = None
    recurring: bool = False
    level: str | None = None
    kept_by: tuple[StaffAct, ...] = ()

    @property
    def is_window(self) -> bool:
        """Whether it is the filer's own time to file, which ends before the filing arrives."""
        return self.party == "filer" and self.starts in ("decision", "report")


class Review(Frozen):
    """Where to go next when the answer does not satisfy; `limits` are ids of limits of it."""

    body: Text
    inside: bool
    clause: str
    limits: tuple[str, ...] = ()


class Choice(Frozen):
    """One answer of a choice.

    `group` is the parent's label where choices are nested, `level` how serious the policy
    takes a filing with this answer.
    """

    value: str
    label: Text
    group: Text | None = None
    level: str | None = None


class FormField(Frozen):
    """One question of a form; `clause` is the procedure's reason to ask it, if it gives one."""

    name: FieldName
    input: Input
    label: Text
    required: bool
    longest: int = 200
    choices: tuple[Choice, ...] = ()
    clause: str | None = None


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


class Contract(Frozen):
    """What one version of an organisation's policy promises to a filer."""

    organisation: str
    name: Text
    version: str
    prefix: str
    timezone: str
    hours: BusinessHours | None
    kinds: dict[KindId, Kind]
    calendar: Calendar
    pages: dict[Language, str]
    retention_years: Annotated[int, Field(gt=0)]

    def retained_until(self, received_at: datetime) -> datetime:
        """When a filing of that moment is deleted; from a 29 February, on a 1 March."""
        year = received_at.year + self.retention_years
        try:
            return received_at.replace(year=year)
        except ValueError:
            return received_at.replace(year=year, month=3, day=1)


class Current(Frozen):
    """The contracts and site pages that a new visitor gets, by digest.

    `proof_of_work` is how many times the usual effort a filing takes; None where it takes none.
    """

    organisations: dict[str, str]
    site: dict[Language, str]
    proof_of_work: int | None = None
