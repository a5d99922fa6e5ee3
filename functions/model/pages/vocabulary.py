"""The messages of the functions in one language, compiled by the build."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Protocol

from markupsafe import Markup

from functions.model.contract.terms import BUILT_IN, CLOCK_UNITS, Event, Party, Unit
from functions.model.deadlines.calendar import WEEKDAYS, Weekday
from functions.model.frozen import Frozen
from functions.model.language import FIRST, Language, path_prefix
from functions.model.text import InWords, Text


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
        """The events that it runs from the last of."""

    @property
    def before(self) -> Event | None:
        """What it ends before."""

    @property
    def by(self) -> str | None:
        """The day of the year by which it ends."""

    @property
    def not_before(self) -> bool:
        """Whether it is a minimum."""

    @property
    def extends(self) -> str | None:
        """The limit to whose length it is added."""

    @property
    def not_counted(self) -> tuple[Weekday, ...]:
        """The weekdays that are left out."""

    @property
    def party(self) -> Party:
        """Who must act."""

    @property
    def recurring(self) -> bool:
        """Whether it is a frequency."""

    @property
    def every(self) -> int:
        """How many units a frequency is for."""


class Named(Protocol):
    """An event that a policy names, in the policy or in a contract."""

    @property
    def id(self) -> str:
        """Its id, which limits run from."""

    @property
    def name(self) -> Text:
        """What follows the word "from"."""


class Vocabulary(Frozen):
    """The messages of the functions, and names of days and months, in one language.

    `first` is the site's first language, whose addresses have no prefix.
    """

    language: Language
    messages: dict[str, str]
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    first: Language = FIRST

    @property
    def prefix(self) -> str:
        """The start of the addresses of pages in this language."""
        return path_prefix(self.language, self.first)

    @property
    def between_sentences(self) -> str:
        """What stands between two sentences: in Chinese nothing."""
        return "" if self.is_chinese else " "

    def completed(self, messages: Mapping[str, str]) -> "Vocabulary":
        """This vocabulary with those of `messages` that it lacks."""
        return self.model_copy(update={"messages": {**messages, **self.messages}})

    @property
    def is_chinese(self) -> bool:
        """Whether the language is Chinese, of whichever region."""
        return self.language.partition("-")[0] == "zh"

    def say(self, message: str, **values: object) -> str:
        """The message with its values filled in. Raises KeyError if the contract lacks it."""
        template = self.messages[message]
        for value in values.values():
            if isinstance(value, Markup):
                return Markup(template).format(**values)
        return template.format_map(values)

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

    def length(self, value: int, unit: Unit, recurring: bool = False, every: int = 1) -> str:
        """A length of time, `2 days` or `the same day`, or a frequency, `4 times a year`."""
        if not recurring:
            none = f"length_{unit}_none"
            if value == 0 and none in self.messages:
                return self.messages[none]
            return self.say(f"length_{unit}{'_one' if value == 1 else ''}", value=value)
        count = "once" if value == 1 else "times"
        if every == 1 and f"{count}_{unit}" in self.messages:
            return self.say(f"{count}_{unit}", value=value)
        return self.say(f"{count}_every", value=value, period=self.length(every, unit))

    def how_long(self, limit: Timed) -> str:
        """The length of a limit without its start, or the day of the year by which it ends."""
        if limit.by is not None:
            month, day = (int(part) for part in limit.by.split("-"))
            name = self.months[month - 1]
            date = self.say("short_date", month=month, day=day, month_name=name)
            yearly = limit.starts == "each_period"
            return self.say("limit_by_yearly" if yearly else "limit_by", date=date)
        if limit.value is None or limit.unit is None:
            return ""
        length = self.length(limit.value, limit.unit, limit.recurring, limit.every)
        if limit.not_counted:
            days = [self.weekdays[WEEKDAYS.index(day)] for day in limit.not_counted]
            length = self.say("length_without", length=length, days=self.say("and").join(days))
        if limit.extends is not None:
            return self.say("limit_extends", length=length)
        return self.say("at_least", length=length) if limit.not_before else length

    def event(self, event: Event, events: Iterable[Named], in_words: InWords = Text.words) -> str:
        """What an event is called; `events` are those that the policy names."""
        named = next((each for each in events if each.id == event), None)
        return in_words(named.name, self.language) if named else self.say(f"event_{event}")

    def start(self, limit: Timed, events: Iterable[Named], in_words: InWords = Text.words) -> str:
        """What a limit runs from: a day, or with minutes and hours a moment."""
        if limit.later_of:
            names = [self.event(event, events, in_words) for event in limit.later_of]
            return self.say("from_later", events=type(names[0])(self.say("and")).join(names))
        if limit.before is not None:
            return self.say("before_event", event=self.event(limit.before, events, in_words))
        if limit.starts == "unstated" and limit.party != "organisation":
            return self.say("from_unstated_filer")
        if limit.starts is not None and limit.starts not in BUILT_IN:
            return self.say("from_event", event=self.event(limit.starts, events, in_words))
        key = f"from_{limit.starts or 'received'}"
        moment = f"{key}_moment"
        exact = limit.unit in CLOCK_UNITS and moment in self.messages
        return self.say(moment if exact else key)

    def limit(self, limit: Timed, events: Iterable[Named], in_words: InWords = Text.words) -> str:
        """The limit itself: `5 working days from …`, `at least 3 days before …`, `by 30 June`."""
        length = self.how_long(limit)
        if limit.by is not None or limit.extends is not None or limit.recurring:
            return length
        if limit.before is not None:
            event = self.event(limit.before, events, in_words)
            return self.say("limit_before", length=length, event=event)
        if limit.value == 0:
            start = self.start(limit, events, in_words)
            return self.say("limit_same_day", length=length, event=start)
        message = "limit_unstated" if limit.starts == "unstated" else "limit"
        if limit.not_before and message == "limit":
            message = "limit_least"
        return self.say(message, length=length, event=self.start(limit, events, in_words))
