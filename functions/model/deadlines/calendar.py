"""The calendar of holidays and working days, and business hours."""

from datetime import date, time
from itertools import pairwise
from typing import Annotated, Literal, Self, get_args

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from functions.model.frozen import Frozen
from functions.model.text import Text

CalendarCode = Annotated[str, StringConstraints(pattern=r"^([A-Z]{2}(-[A-Z0-9]{1,3})?|none)$")]
"""A country and, where its parts differ, one of them, as the `holidays` library names both: `CN`,
`GB-ENG`, `DE-BE`. With `none` no day is a day off."""

NO_CALENDAR = "none"

WEEKEND = "weekend"
"""Why nobody works on a weekend that is no holiday and not worked."""


class Calendar(Frozen):
    """The days off of a country, and the weekend days that are worked there (调休).

    The years `first` to `last` are known whole, up to `open_from`: from that day on the days off
    that the law fixes are there, and what the government may yet arrange around them is not. A
    `holidays` value is a key of `names`.
    """

    code: str = "CN"
    first: int
    last: int
    holidays: dict[date, str]
    workdays: tuple[date, ...] = ()
    names: dict[str, Text] = Field(default_factory=dict)
    open_from: date | None = None

    def knows(self, day: date) -> bool:
        """Whether everything about the day is arranged."""
        if self.code == NO_CALENDAR:
            return True
        ahead = self.open_from is not None and day >= self.open_from
        return self.first <= day.year <= self.last and not ahead

    def day_off(self, day: date) -> str | None:
        """Why nobody works on `day`: a holiday's key, `weekend`, or None for a working day."""
        if self.code == NO_CALENDAR or day in self.workdays:
            return None
        if day in self.holidays:
            return self.holidays[day]
        return WEEKEND if day.weekday() >= 5 else None


def _hours_and_minutes(value: object) -> object:
    """Refuses numbers, which pydantic would read as seconds."""
    if isinstance(value, int | float):
        raise ValueError('needs hours and minutes, such as "09:00"')
    return value


TimeOfDay = Annotated[time, BeforeValidator(_hours_and_minutes)]

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
_SATURDAY = 5


class Break(Frozen):
    """When an office that is open on a day is closed in between, at noon for instance."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    begins: Annotated[TimeOfDay, Field(alias="from")]
    ends: Annotated[TimeOfDay, Field(alias="to")]


class Opening(Frozen):
    """Opening and closing time of a day, with the breaks between them in order."""

    opens: TimeOfDay
    closes: TimeOfDay
    breaks: tuple[Break, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.opens >= self.closes:
            raise ValueError("closes before it opens")
        times = [self.opens, *(at for each in self.breaks for at in (each.begins, each.ends))]
        if any(earlier >= later for earlier, later in pairwise((*times, self.closes))):
            raise ValueError("the breaks are not in order between opening and closing")
        return self

    @property
    def spans(self) -> tuple[tuple[time, time], ...]:
        """The times between which the office is open, without its breaks."""
        begins = (self.opens, *(each.ends for each in self.breaks))
        ends = (*(each.begins for each in self.breaks), self.closes)
        return tuple(zip(begins, ends, strict=True))


class BusinessHours(Opening):
    """The hours of a working day, organisation's local time, and of `days` that have their own.

    Saturday and Sunday are open only if they are named; a holiday never is.
    """

    days: dict[Weekday, Opening | Literal["closed"]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _open_on_some_day(self) -> Self:
        own = [
            self.days.get(name, "closed" if n >= _SATURDAY else self)
            for n, name in enumerate(WEEKDAYS)
        ]
        if all(each == "closed" for each in own):
            raise ValueError("is closed on every day of the week")
        return self

    def on(self, day: date, day_off: str | None) -> Opening | None:
        """The hours of a day, None if it is closed; `day_off` is why nobody works, if so."""
        own = self.days.get(WEEKDAYS[day.weekday()])
        if day_off is not None and (day_off != WEEKEND or own is None):
            return None
        return None if own == "closed" else own or self
