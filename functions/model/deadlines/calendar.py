"""The calendar of holidays and working days, and business hours."""

from datetime import date, time
from typing import Annotated

from pydantic import Field, StringConstraints, field_validator, model_validator

from functions.model.frozen import Frozen
from functions.model.text import Text

CalendarCode = Annotated[str, StringConstraints(pattern=r"^([A-Z]{2}(-[A-Z0-9]{1,3})?|none)$")]
"""A country and, where its parts differ, one of them, as the `holidays` library names both: `CN`,
`GB-ENG`, `DE-BE`. With `none` no day is a day off."""

NO_CALENDAR = "none"


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
        return "weekend" if day.weekday() >= 5 else None


class BusinessHours(Frozen):
    """Opening and closing time on a working day, organisation's local time."""

    opens: time
    closes: time

    @field_validator("opens", "closes", mode="before")
    @classmethod
    def _hours_and_minutes(cls, value: object) -> object:
        """Refuses numbers, which pydantic would read as seconds."""
        if isinstance(value, int | float):
            raise ValueError('needs hours and minutes, such as "09:00"')
        return value

    @model_validator(mode="after")
    def _open_before_close(self) -> "BusinessHours":
        if self.opens >= self.closes:
            raise ValueError("closes before it opens")
        return self
