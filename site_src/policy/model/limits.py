"""Defines time limits: what they run from, how long they are, what stops them.

Every other length of time in the text is a `DurationFact`, which gives no date.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from functions.model.contract.terms import BUILT_IN, Party, Unit
from functions.model.deadlines.calendar import Weekday
from functions.model.frozen import Frozen
from functions.model.text import Text
from site_src.policy.address import Slug
from site_src.policy.model.fact import Conditional, Fact, OfKind

_NO_EVENTS = ("each_period", "unstated")


def _check_named(value: str) -> str:
    if value in BUILT_IN:
        raise ValueError(f"{value} is a built-in event and needs no entry; choose another id")
    return value


def _check_happens(value: str) -> str:
    if value in _NO_EVENTS:
        raise ValueError(f"{value} is nothing that happens; name an event")
    return value


_EVENT_ID = r"^[a-z0-9]+([_-][a-z0-9]+)*$"

EventRef = Annotated[
    str,
    StringConstraints(pattern=_EVENT_ID, max_length=60),
    WithJsonSchema({"anyOf": [{"enum": [*BUILT_IN]}, {"type": "string", "pattern": _EVENT_ID}]}),
]
"""The id of an event, built in or named under `events`."""

Happening = Annotated[EventRef, AfterValidator(_check_happens)]
"""The id of an event that happens in a case: not `unstated` or `each_period`."""


class LaterOf(Frozen):
    """The last of several events: a limit runs once all have happened."""

    later_of: Annotated[tuple[Happening, ...], Field(min_length=2)]


def _check_start(value: object) -> object:
    if not isinstance(value, str | dict | LaterOf):
        raise ValueError("needs an event, or {later_of: [event, event]}")
    return {"later_of": value} if isinstance(value, LaterOf) else value


class EventFact(OfKind):
    """Something that limits run from, besides the built-in events.

    `name` is the words after "from": `the acknowledgement`, `受理通知发出之日`. One that is
    `recorded_by` the filer is asked for on the form, in the words of `question`. If it is the
    `matter`, what the filing is about, the form does not ask besides when that happened.
    """

    id: Annotated[Slug, AfterValidator(_check_named)]
    name: Text
    recorded_by: Literal["staff", "filer", "authority"]
    question: Text | None = None
    matter: bool = False

    @model_validator(mode="after")
    def _question_for_filers(self) -> "EventFact":
        if self.question is not None and self.recorded_by != "filer":
            raise ValueError("a question is asked only for an event recorded_by the filer")
        if self.matter and self.recorded_by != "filer":
            raise ValueError("what a filing is about is recorded_by the filer")
        return self


def _check_calendar_day(value: str) -> str:
    month, day = (int(part) for part in value.split("-"))
    try:
        date(2024, month, day)  # a leap year, so that 29 February is a day
    except ValueError as error:
        raise ValueError(f"{value} is no day of the year, such as 09-30") from error
    return value


CalendarDay = Annotated[
    str, StringConstraints(pattern=r"^\d{2}-\d{2}$"), AfterValidator(_check_calendar_day)
]
"""A day of every year, month first: `09-30`."""


class LimitFact(Conditional):
    """A time limit for the `role` of the `party` to act; `note` says if it is not strict.

    It runs `from` an event, or up to the event in `before`, or ends `by` a day of the year. One
    that `extends` another is added to its length. The weekdays that are `not_counted` are left out
    of a length in days. With `not_before` it is a minimum, not an end. A `value` of 0 is the day
    of the event itself: 当日, the same working day.
    `brings` is the event that comes about when it is kept. `level` is short for
    `when: {level: …}`. A `recurring` limit is a frequency: `value` times in `every` units.
    """

    id: Slug
    value: Annotated[int | None, Field(ge=0)] = None
    unit: Unit | None = None
    runs_from: Annotated[
        EventRef | LaterOf | None, BeforeValidator(_check_start), Field(alias="from")
    ] = None
    not_counted: Annotated[tuple[Weekday, ...], Field(max_length=6)] = ()
    before: Happening | None = None
    by: CalendarDay | None = None
    not_before: bool = False
    extends: Slug | None = None
    action: Text
    party: Party = "organisation"
    role: Slug | None = None
    level: Slug | None = None
    within_hours: bool = False
    recurring: bool = False
    every: Annotated[int, Field(gt=0)] = 1
    brings: Happening | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _whole(self) -> "LimitFact":
        if self.by is None and (self.value is None or self.unit is None):
            message = "needs value and unit, or a day of the year under by"
            raise PydanticCustomError("missing_key", message)
        if not (self.runs_from or self.before or self.by or self.extends):
            message = "needs from: the event it runs from, or unstated if the clause names none"
            raise PydanticCustomError("missing_key", message)
        if problem := self._length_problem() or self._start_problem():
            raise ValueError(problem)
        return self

    def _length_problem(self) -> str | None:
        if self.by is not None:
            if self.value is not None or self.unit is not None:
                return "by is a day of the year; remove value and unit"
            if self.recurring or self.before or self.extends:
                return "by is a day of the year; remove recurring, before and extends"
        if self.not_counted and (self.unit != "day" or self.recurring or self.before):
            return "not_counted leaves out weekdays of a length in days that runs from an event"
        if self.value == 0 and (
            self.unit not in ("day", "working_day")
            or self.recurring
            or self.before
            or self.extends
            or self.not_before
            or self.not_counted
        ):
            return (
                "0 is the day of the event itself (当日): only with from, unit day or working_day"
            )
        if self.unit == "term" and not self.recurring:
            return "a term has no fixed length: term needs recurring, as in once a term"
        if self.every > 1 and not self.recurring:
            return "every needs recurring: so many times in every so many units"
        if self.recurring and (self.before or self.extends or self.not_before):
            return "a frequency has no end; remove before, extends and not_before"
        return None

    def _start_problem(self) -> str | None:
        if self.before is not None and self.runs_from is not None:
            return "before says what it ends before; remove from"
        if self.runs_from == "each_period" and not self.recurring:
            return "each_period needs recurring"
        return None

    @property
    def level_id(self) -> Slug | None:
        """The level that it holds for, written in either way."""
        return self.level or self.when.level

    @property
    def is_conditional(self) -> bool:
        """Whether only people can say that it applies."""
        return self.when.condition is not None or self.extends is not None

    @property
    def length(self) -> tuple[int, Unit] | None:
        """Its value and unit; None if it ends on a day of the year."""
        if self.value is None or self.unit is None:
            return None
        return self.value, self.unit

    @property
    def later_of(self) -> tuple[str, ...]:
        """The events of which the last starts it; none if a single event does."""
        return self.runs_from.later_of if isinstance(self.runs_from, LaterOf) else ()

    @property
    def starts(self) -> str | None:
        """The one event that it runs from, if it is one; `by` alone comes round every year."""
        if isinstance(self.runs_from, str):
            return self.runs_from
        return "each_period" if self.by else None

    @property
    def events(self) -> tuple[str, ...]:
        """Every event that it names."""
        single = self.runs_from if isinstance(self.runs_from, str) else None
        named = (single, *self.later_of, self.before, self.brings)
        return tuple(event for event in named if event is not None)


class SuspensionFact(Fact):
    """What stops the clock of `limits`, and what makes it go on, or run anew if it `restarts`."""

    limits: Annotated[tuple[Slug, ...], Field(min_length=1)]
    begins: Annotated[Happening, Field(alias="from")]
    ends: Annotated[Happening, Field(alias="until")]
    restarts: bool = False
    text: Text

    @model_validator(mode="after")
    def _two_events(self) -> "SuspensionFact":
        if self.begins == self.ends:
            raise ValueError("from and until are the same event; the clock would never stop")
        return self


class DurationFact(OfKind):
    """A length of time in the text that is no limit and gives no date.

    `says` is how the clause says it, word for word; each occurrence has its own fact.
    """

    says: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    of: Literal["retention", "threshold", "penalty", "publication", "other"]
    text: Text
