"""Computes the due dates of a case, one for each time limit whose start is known."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from functions.model.answers.submission import Submission
from functions.model.contract.contract import Contract
from functions.model.contract.kind import Kind, Suspension
from functions.model.contract.limit import Limit
from functions.model.contract.terms import Event
from functions.model.deadlines.calendar import Calendar
from functions.model.deadlines.counting import (
    Due,
    Length,
    Rules,
    due_after,
    due_before,
    due_by,
)
from functions.model.deadlines.nominal import day_of_the_year
from functions.model.deadlines.pauses import Pause
from functions.model.text import Text


@dataclass(frozen=True)
class Calendars:
    """The days off as they are known now, and as they were known when a date was first told.

    `filed` are those of the filing, `earlier` those of later acts, by digest.
    """

    current: Calendar
    filed: Calendar
    earlier: Mapping[str, Calendar] = field(default_factory=dict)

    def at(self, digest: str | None) -> Calendar:
        """The days off of an act; as they are now where it is not known which they were."""
        return self.earlier.get(digest or "", self.current)


@dataclass(frozen=True)
class Start:
    """When something happened that limits run from.

    `at` is when it happened, as far as staff say so. `told` is when the filer could know: from
    then on the filer's own time runs. `calendar` has the days off that were known then.
    """

    at: datetime
    told: datetime
    calendar: Calendar


@dataclass(frozen=True)
class Stop:
    """When the clock of some limits stopped, and went on; `ends` is None while it stands."""

    suspension: Suspension
    begins: datetime
    ends: datetime | None


@dataclass(frozen=True)
class Milestone:
    """A time limit of this case; `due` is None if what it runs from has not happened.

    A filer's limit has no `due` either if the procedure does not say from when it runs, and no
    limit has one while its clock is stopped (`stopped`). `stops` are the times that were left out.

    `late` means that the filer's time to file had ended when the filing arrived. It is a flag
    for staff, who decide what follows; a late filing is not refused. `moved_from` is the date that
    was told first, if days off that were arranged since have moved it. `begins` is when the limit
    began to run; None for one that ends before an event.
    """

    limit: Limit
    due: Due | None
    late: bool = False
    moved_from: Due | None = None
    stopped: Stop | None = None
    stops: tuple[Stop, ...] = ()
    begins: datetime | None = None


def milestones(
    contract: Contract,
    kind: Kind,
    submission: Submission,
    received_at: datetime,
    calendars: Calendars,
    begun: Mapping[Event, Start] | None = None,
    level: str | None = None,
    stops: tuple[Stop, ...] = (),
) -> tuple[Milestone, ...]:
    """Every time limit of the case, with its due date if its start is known.

    `level` is the case's level; without it, its category's. `begun` holds when later events
    happened, `stops` when clocks were stopped. Neither affects windows to file, which run from
    what the filing is about.
    """
    received = received_at.astimezone(ZoneInfo(contract.timezone))
    filed = starts_at_filing(submission, received, calendars.filed)
    dates = _Dates(
        kind=kind,
        filed=filed,
        since={**filed, **(begun or {})},
        rules=Rules(calendars.current, contract.hours, contract.counting),
        stops=stops,
        received=received,
    )
    return tuple(map(dates.milestone, limits_of(kind, submission, level)))


def limits_of(kind: Kind, submission: Submission, level: str | None) -> tuple[Limit, ...]:
    """The limits that apply to a case; without a `level`, those of its category's.

    As long as nobody has set the level, those of each level hold on the condition that it is set.
    """
    about = (submission.relation, submission.branch)
    decided = level or kind.level_of(submission.category)
    if decided is not None:
        return kind.limits_for(submission.category, decided, *about)
    names = {choice.value: choice.label for choice in kind.levels}
    possible = {
        limit.id: limit.model_copy(update={"condition": _if_classed(names[level], limit.condition)})
        for level in names
        for limit in kind.limits_for(submission.category, level, *about)
        if limit.level is not None and not limit.is_window
    }
    certain = {limit.id: limit for limit in kind.limits_for(submission.category, None, *about)}
    known = possible | certain
    return tuple(known[limit.id] for limit in kind.limits if limit.id in known)


_CLASSED: Mapping[str, tuple[str, str]] = {
    "zh-CN": ("经认定属于“{level}”", "{first}，{second}"),
    "en": ("it is classed as “{level}”", "{first} and {second}"),
}
"""How the condition that a case is of a level is said, and how the limit's own is added."""

_UNCLASSED = ("{level}", "{first}; {second}")


def _if_classed(level: Text, condition: Text | None) -> Text:
    """The condition that a case is of a level, and the limit's own."""
    said = {}
    for language in {**level.root, **(condition.root if condition else {})}:
        one, both = _CLASSED.get(language, _UNCLASSED)
        said[language] = one.format(level=level.words(language))
        if condition is not None:
            own = condition.words(language)
            said[language] = both.format(first=said[language], second=own)
    return Text(said)


def starts_at_filing(
    submission: Submission, received: datetime, calendar: Calendar
) -> dict[Event, Start]:
    """What limits run from and is known when the filing arrives (local, aware)."""

    def at_midnight(day: date) -> Start:
        begins = datetime.combine(day, time(), received.tzinfo)
        return Start(begins, begins, calendar)

    starts = {"received": Start(received, received, calendar)}
    if submission.decided_on is not None:
        starts["decision"] = starts["report"] = at_midnight(submission.decided_on)
    return starts | {event: at_midnight(day) for event, day in submission.events.items()}


@dataclass(frozen=True)
class _Dates:
    """What the dates of one case are counted from."""

    kind: Kind
    filed: Mapping[Event, Start]
    since: Mapping[Event, Start]
    rules: Rules
    stops: tuple[Stop, ...]
    received: datetime

    def milestone(self, limit: Limit) -> Milestone:
        """The due date of one limit."""
        start = self._start(limit)
        if start is None:
            return Milestone(limit, None)
        stops = tuple(stop for stop in self.stops if limit.id in stop.suspension.limits)
        pauses = tuple(Pause(stop.begins, stop.ends) for stop in stops if stop.ends is not None)
        # Only the filer's own time waits until the filer was told; what lies in the past, or ends
        # before an event, does not depend on that.
        waits = limit.party == "filer" and not limit.is_window and limit.before is None
        first_start = start.told if waits else start.at
        begins = self._restarted(limit, first_start, stops, pauses)
        end = self._end(limit, begins, self.rules, pauses)
        stopped = next((stop for stop in stops if stop.ends is None and stop.begins < end.at), None)
        within = tuple(
            stop
            for stop in stops
            if stop.ends is not None and first_start < stop.ends and stop.begins < end.at
        )
        if stopped is not None:
            return Milestone(limit, None, stopped=stopped, stops=within)
        moved_from = self._first_told(limit, begins, start.calendar, pauses, end)
        late = limit.is_window and end.at <= self.received and not end.provisional
        since = begins if limit.before is None else None
        return Milestone(limit, end, late, moved_from, stops=within, begins=since)

    def _first_told(
        self,
        limit: Limit,
        begins: datetime,
        told_by: Calendar,
        pauses: tuple[Pause, ...],
        end: Due,
    ) -> Due | None:
        """The end that was told first, if it is on another day than its `end` is now."""
        if told_by is self.rules.calendar:  # as at every filing
            return None
        first = self._end(limit, begins, replace(self.rules, calendar=told_by), pauses)
        return first if first.day != end.day else None

    def _restarted(
        self, limit: Limit, start: datetime, stops: tuple[Stop, ...], pauses: tuple[Pause, ...]
    ) -> datetime:
        """When a clock that stopped in time and ran anew began to run last; else its start."""
        for stop in stops:
            in_time = stop.begins < self._end(limit, start, self.rules, pauses).at
            if stop.suspension.restarts and stop.ends is not None and in_time:
                start = max(start, stop.ends)
        return start

    def _start(self, limit: Limit) -> Start | None:
        """The last of the events that it runs from; None until all have happened."""
        base = self.kind.base_of(limit)
        if limit.party == "authority" and "appealed" in base.events:
            return None  # Nobody here learns of an appeal to an outside body.
        known = self.filed if limit.is_window else self.since
        if limit.asked:
            known = self.since
        starts = [known.get(event) for event in base.events]
        found = [start for start in starts if start is not None]
        if len(found) < len(starts):
            return None
        if len(found) == 1:
            return found[0]
        last = max(found, key=lambda start: start.at)
        return replace(last, told=max(start.told for start in found))

    def _end(self, limit: Limit, start: datetime, rules: Rules, pauses: tuple[Pause, ...]) -> Due:
        if limit.before is not None and limit.length is not None:
            return due_before(start, *limit.length, rules)
        first = self.kind.base_of(limit)
        if limit.by is not None:
            return due_by(start, limit.by, rules)
        if first.by is not None:
            day = day_of_the_year(start.date(), first.by)
            start = datetime.combine(day, time(), start.tzinfo)
        lengths = tuple(
            Length(*each.length, each.within_hours, each.not_counted)
            for each in self.kind.chain(limit)
            if each.length is not None
        )
        return due_after(start, lengths, rules, pauses, moves=not limit.not_before)
