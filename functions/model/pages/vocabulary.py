"""The messages of the functions in one language, compiled by the build."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from functions.model.contract.terms import Event, Party, Unit
from functions.model.frozen import Frozen
from functions.model.language import Language
from functions.model.text import Text


class Timed(Protocol):
    """A time limit, as far as its words go: of a policy or of a contract."""

    @property
    def value(self) -> int | None:
        """How long, or how often; None if it ends on a day of the year."""

    @property
    def unit(self) -> Unit | None:
        """What is counted."""

    @property
    def starts(self) -> Event | None:
        """What it runs from."""

    @property
    def later_of(self) -> tuple[Event, ...]:
        """The events of which the last starts it."""

    @property
    def before(self) -> Event | None:
        """The event that it ends before."""

    @property
    def by(self) -> str | None:
        """The day of the year on which it ends, month first."""

    @property
    def not_before(self) -> bool:
        """Whether it is a minimum."""

    @property
    def extends(self) -> str | None:
        """The limit that it is added to."""

    @property
    def party(self) -> Party:
        """Who must act."""

    @property
    def recurring(self) -> bool:
        """Whether it is a frequency."""

    @property
    def every(self) -> int:
        """In how many units, of a frequency."""


@dataclass(frozen=True)
class LimitNames:
    """What the words of a limit refer to: named events, and what other limits demand, by id."""

    events: Mapping[str, Text] = field(default_factory=dict)
    actions: Mapping[str, Text] = field(default_factory=dict)


_NO_NAMES = LimitNames()


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

    def month_day(self, day: str) -> str:
        """A day of every year, month first, in words."""
        month, number = (int(part) for part in day.split("-"))
        name = self.months[month - 1]
        return self.say("short_date", month=month, day=number, month_name=name)

    def length(self, value: int, unit: Unit, recurring: bool = False, every: int = 1) -> str:
        """A length of time, `1 day` or `2 days`, or a frequency, `4 times a year`."""
        one = "_one" if value == 1 else ""
        if recurring and every > 1:
            return self.say(f"times_every{one}", value=value, length=self.length(every, unit))
        if recurring:
            return self.say(f"times_{unit}{one}", value=value)
        return self.say(f"length_{unit}{one}", value=value)

    def how_long(self, limit: Timed) -> str:
        """The length of a limit, or the day of the year on which it ends."""
        if limit.by is not None:
            return self.say("by_date", date=self.month_day(limit.by))
        if limit.value is None or limit.unit is None:
            return ""
        length = self.length(limit.value, limit.unit, limit.recurring, limit.every)
        if limit.extends is not None:
            return self.say("longer_by", length=length)
        return self.say("at_least", length=length) if limit.not_before else length

    def event(self, event: Event, names: LimitNames = _NO_NAMES) -> str:
        """What an event is called: `the acknowledgement`."""
        if event in names.events:
            return names.events[event].words(self.language)
        return self.messages.get(f"name_{event}", event)

    def start(self, limit: Timed, names: LimitNames = _NO_NAMES) -> str:
        """What a limit runs from: a day, or with minutes and hours a moment."""
        if limit.before is not None:
            return self.say("before_event", event=self.event(limit.before, names))
        if limit.extends is not None:
            base = names.actions.get(limit.extends)
            action = base.words(self.language) if base else limit.extends
            return self.say("added_to", action=action)
        if limit.later_of:
            events = (self.event(event, names) for event in limit.later_of)
            return self.say("from_later", events=self.say("list_separator").join(events))
        starts = limit.starts or "unstated"
        if starts in names.events:
            return self.say("from_event", event=self.event(starts, names))
        key = f"from_{starts}"
        if starts == "unstated" and limit.party == "filer":
            return self.say(f"{key}_filer")
        moment = f"{key}_moment"
        exact = limit.unit in ("minute", "hour") and moment in self.messages
        return self.say(moment if exact else key)

    def limit(self, limit: Timed, names: LimitNames = _NO_NAMES) -> str:
        """The limit itself: `5 working days from …`."""
        length, event = self.how_long(limit), self.start(limit, names)
        if limit.by is not None:
            date = self.month_day(limit.by)
            yearly = limit.starts == "each_period"
            return self.say("by_date_yearly" if yearly else "by_date_next", date=date, event=event)
        message = "limit"
        if limit.starts == "unstated" and not (limit.before or limit.extends):
            message = "limit_unstated"
        return self.say(message, length=length, event=event)
