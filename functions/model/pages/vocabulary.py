"""The messages of the functions in one language, compiled by the build."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Protocol

from functions.model.contract.terms import Event, Party, Unit
from functions.model.frozen import Frozen
from functions.model.language import Language


class Timed(Protocol):
    """A time limit, as far as its words go: of a policy or of a contract."""

    @property
    def value(self) -> int:
        """How long, or how often."""

    @property
    def unit(self) -> Unit:
        """What is counted."""

    @property
    def starts(self) -> Event:
        """What it runs from."""

    @property
    def party(self) -> Party:
        """Who must act."""

    @property
    def recurring(self) -> bool:
        """Whether it is a frequency."""


class Vocabulary(Frozen):
    """The messages of the functions, and names of days and months, in one language."""

    language: Language
    messages: dict[str, str]
    weekdays: tuple[str, ...]
    months: tuple[str, ...]

    def completed(self, messages: Mapping[str, str]) -> "Vocabulary":
        """This vocabulary with those of `messages` that it lacks."""
        return self.model_copy(update={"messages": {**messages, **self.messages}})

    def say(self, message: str, **values: object) -> str:
        """The message with its values filled in. Raises KeyError if the contract lacks it."""
        return self.messages[message].format(**values)

    def day(self, day: date) -> str:
        """A date with its weekday."""
        return self.say(
            "date",
            year=day.year,
            month=day.month,
            month_name=self.months[day.month - 1],
            day=day.day,
            weekday=self.weekdays[day.weekday()],
        )

    def moment(self, at: datetime) -> str:
        """A date with the time of day."""
        return self.say("moment", date=self.day(at.date()), time=f"{at:%H:%M}")

    def length(self, value: int, unit: Unit, recurring: bool = False) -> str:
        """A length of time, `1 day` or `2 days`, or a frequency, `4 times a year`."""
        if recurring:
            return self.say(f"times_{unit}", value=value)
        return self.say(f"length_{unit}{'_one' if value == 1 else ''}", value=value)

    def start(self, limit: Timed) -> str:
        """What a limit runs from: a day, or with minutes and hours a moment."""
        key = f"from_{limit.starts}"
        if limit.starts == "unstated" and limit.party == "filer":
            return self.say(f"{key}_filer")
        moment = f"{key}_moment"
        exact = limit.unit in ("minute", "hour") and moment in self.messages
        return self.say(moment if exact else key)

    def limit(self, limit: Timed) -> str:
        """The limit itself: `5 working days from …`; a frequency has no start."""
        length = self.length(limit.value, limit.unit, limit.recurring)
        if limit.recurring:
            return length
        message = "limit_unstated" if limit.starts == "unstated" else "limit"
        return self.say(message, length=length, event=self.start(limit))
