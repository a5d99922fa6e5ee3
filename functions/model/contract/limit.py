"""A time limit: how long, from when, and who must do what."""

from typing import Annotated

from pydantic import Field, model_validator

from functions.model.contract.terms import (
    CLOCK_UNITS,
    EVENT_FIELD,
    Event,
    Modal,
    MonthDay,
    Party,
    StaffAct,
    Unit,
)
from functions.model.deadlines.calendar import Weekday
from functions.model.frozen import Frozen
from functions.model.text import Text


class Limit(Frozen):
    """A time limit: `party` (or its `role`) must do `action` within `value` `unit`s of `starts`.

    It can run from the last of several events (`later_of`), end `before` an event, or end on a day
    of the year (`by`), the next one on or after its start. With a value of 0 it ends with the day
    of its start (当日). `not_before` makes it a minimum. One that `extends` another is added to
    that one's length, and only people can say whether it is; `added_to` is what that one is for.
    `brings` is the event that the act which keeps it is. `asked` means that the form asks the filer
    when it began. The weekdays that are `not_counted` are left out of a length in days.

    A `recurring` limit is a frequency: at least `value` times in `every` so many `unit`s. With a
    `level`, a `filer` (the answer to `relation`), a `branch` or `categories` it applies to such
    filings only. Whether a `condition` in words holds, only people can say. `kept_by` are the acts
    that keep it according to the procedure; staff can declare that any other act kept it. A limit
    `in_review` belongs to a review level: it applies on the way there, not when filing.
    `modal` is None in contracts before 0.2.0, and where the organisation or an outside party must.
    """

    id: str
    value: Annotated[int, Field(ge=0)] | None = None
    unit: Unit | None = None
    starts: Event | None = None
    party: Party
    action: Text
    role: Text | None
    clause: str
    within_hours: bool = False
    note: Text | None = None
    recurring: bool = False
    level: str | None = None
    filer: str | None = None
    categories: tuple[str, ...] = ()
    condition: Text | None = None
    kept_by: tuple[StaffAct, ...] = ()
    in_review: bool = False
    later_of: tuple[Event, ...] = ()
    before: Event | None = None
    by: MonthDay | None = None
    not_before: bool = False
    extends: str | None = None
    every: Annotated[int, Field(gt=0)] = 1
    brings: Event | None = None
    branch: str | None = None
    asked: bool = False
    not_counted: tuple[Weekday, ...] = ()
    modal: Modal | None = None
    added_to: Text | None = None

    @model_validator(mode="after")
    def _length_or_day(self) -> "Limit":
        """Every limit has a length, or a day of the year by which it ends."""
        if self.by is None and (self.value is None or self.unit is None):
            raise ValueError("needs a value and a unit, or the day by which it ends")
        return self

    @property
    def length(self) -> tuple[int, Unit] | None:
        """Its value and unit; None if it ends on a day of the year."""
        if self.value is None or self.unit is None:
            return None
        return self.value, self.unit

    @property
    def is_exact(self) -> bool:
        """Whether it is in minutes or hours, so that the moment of an act matters."""
        return self.unit in CLOCK_UNITS

    @property
    def is_window(self) -> bool:
        """Whether it is the filer's time to file, which runs before the filing arrives."""
        if self.party != "filer" or self.in_review:
            return False
        return self.asked or self.starts in ("decision", "report", "unstated")

    @property
    def asked_in(self) -> str:
        """The question of the form for the day that this time to file runs from or ends before."""
        return f"{EVENT_FIELD}{self.events[0]}" if self.asked else "decided_on"

    @property
    def is_conditional(self) -> bool:
        """Whether only people can say that it applies."""
        return self.condition is not None or self.extends is not None

    @property
    def counted_from(self) -> Event | None:
        """The one event it is counted from: receipt if an organisation's limit states no start.

        None if it is counted from several events, or to an event.
        """
        unstated = self.starts == "unstated" and self.party == "organisation"
        return "received" if unstated else self.starts

    @property
    def events(self) -> tuple[Event, ...]:
        """Every event that must be known before it has a date."""
        if self.before is not None:
            return (self.before,)
        if self.by is not None and self.starts in (None, "each_period"):
            return ("received",)
        return self.later_of or (self.counted_from or "received",)
