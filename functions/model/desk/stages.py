"""Finds when staff are reminded of a time limit: as it comes near, on its last day, once overdue.

Nobody is reminded at night or on a day off. A limit in days is told of in the morning; one in
minutes or hours at the moment, or when the office opens next.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from functions.model.deadlines.calendar import BusinessHours, Calendar
from functions.model.desk.summary import DueLimit

StageName = Literal["near", "today", "overdue"]

USUAL_HOURS = BusinessHours(opens=time(8, 30), closes=time(17, 30))
"""When staff are reminded where the procedure does not say when the office is open."""

_NEAR = 2 / 3
"""The part of a limit after which it is near: a third is left."""

_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Stage:
    """A moment at which staff are told of a limit."""

    limit: DueLimit
    name: StageName
    at: datetime

    @property
    def key(self) -> str:
        """What stands for it among those that were told.

        A limit that runs anew is near anew. One whose end moves is due anew, and may be overdue
        anew, but those who knew that it was near are not told so again.
        """
        limit = self.limit
        moment = (limit.start or limit.due) if self.name == "near" else limit.due
        return f"{limit.limit}@{moment.isoformat()}|{self.name}"


@dataclass(frozen=True)
class Office:
    """When an organisation works."""

    zone: ZoneInfo
    calendar: Calendar
    hours: BusinessHours | None = None

    def spans(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """The times of a day at which the office is open; none on a day off."""
        opening = (self.hours or USUAL_HOURS).on(day, self.calendar.day_off(day))
        if opening is None:
            return ()
        return tuple(
            (datetime.combine(day, begins, self.zone), datetime.combine(day, ends, self.zone))
            for begins, ends in opening.spans
        )

    def when_open(self, moment: datetime) -> datetime:
        """The moment itself while the office is open, else when it opens next."""
        local = moment.astimezone(self.zone)
        for day in _days(local.date()):
            for begins, ends in self.spans(day):
                if local < ends:
                    return max(local, begins)
        raise AssertionError("_days never ends")

    def morning(self, moment: datetime) -> datetime:
        """The first time at or after the moment that the office opens for the day."""
        local = moment.astimezone(self.zone)
        for day in _days(local.date()):
            spans = self.spans(day)
            if spans and spans[0][0] >= local:
                return spans[0][0]
        raise AssertionError("_days never ends")

    def morning_of(self, day: date) -> datetime:
        """When the office opens on that day, or on the last day before it that it is open."""
        while not (spans := self.spans(day)):
            day -= timedelta(days=1)
        return spans[0][0]


def near_at(limit: DueLimit) -> datetime:
    """When a third of the limit is left."""
    start = limit.start or limit.due
    return start + (limit.due - start) * _NEAR


def stages(limit: DueLimit, office: Office) -> tuple[Stage, ...]:
    """The stages of a limit in their order; a provisional one is never overdue."""
    start, near = limit.start or limit.due, near_at(limit)
    found: list[Stage] = []
    if limit.exact:
        if start < (at := office.when_open(near)) < limit.due:
            found.append(Stage(limit, "near", at))
        late = office.when_open(limit.due)
    else:
        last_day = (limit.due.astimezone(office.zone) - _INSTANT).date()
        today = office.morning_of(last_day)
        if start < (at := office.morning(near)) < today:
            found.append(Stage(limit, "near", at))
        # A limit that starts later than that morning is told of while it still runs.
        warned = office.when_open(max(start, today))
        if start < today or warned < limit.due:
            found.append(Stage(limit, "today", warned))
        late = office.morning(limit.due)
    if not limit.provisional:
        found.append(Stage(limit, "overdue", late))
    return tuple(found)


def untold(limits: Iterable[DueLimit], told: Iterable[str], office: Office) -> tuple[Stage, ...]:
    """The stages that staff were not told of yet, the earliest first.

    A stage before one that was told has passed without need.
    """
    known = set(told)
    found: list[Stage] = []
    for limit in limits:
        ahead: list[Stage] = []
        for stage in stages(limit, office):
            ahead = [] if stage.key in known else [*ahead, stage]
        found += ahead
    return tuple(sorted(found, key=lambda stage: (stage.at, stage.key)))


def _days(first: date) -> Iterator[date]:
    while True:
        yield first
        first += timedelta(days=1)
