"""The calendar of holidays and working days, and business hours."""

from datetime import date, time

from pydantic import (
    field_validator,
    model_validator,
)

from functions.model.frozen import Frozen
from functions.model.text import Text


class Calendar(Frozen):
    """Statutory days off and make-up working days (调休) of the years `first` to `last`.

    Source: the State Council's yearly notices, compiled at build time.
    """

    first: int
    last: int
    holidays: dict[date, str]
    workdays: tuple[date, ...]
    names: dict[str, Text]

    def knows(self, day: date) -> bool:
        """Whether the holidays of the day's year have been published."""
        return self.first <= day.year <= self.last


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
