"""Computes the due dates of a case, one for each time limit whose start is known."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from functions.model.answers.submission import Submission
from functions.model.contract.contract import Contract
from functions.model.contract.kind import Kind
from functions.model.contract.limit import Limit
from functions.model.contract.terms import Event
from functions.model.deadlines.calendar import Calendar
from functions.model.deadlines.counting import Due, Rules, due


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
class Milestone:
    """A time limit of this case; `due` is None if what it runs from has not happened.

    A filer's limit has no `due` either if the procedure does not say from when it runs.

    `late` means that the filer's time to file had ended when the filing arrived. It is a flag
    for staff, who decide what follows; a late filing is not refused. `moved_from` is the date that
    was told first, if days off that were arranged since have moved it.
    """

    limit: Limit
    due: Due | None
    late: bool = False
    moved_from: Due | None = None


def milestones(
    contract: Contract,
    kind: Kind,
    submission: Submission,
    received_at: datetime,
    calendars: Calendars,
    begun: Mapping[Event, Start] | None = None,
    level: str | None = None,
) -> tuple[Milestone, ...]:
    """Every time limit of the case, with its due date if its start is known.

    `level` is the case's level; without it, its category's. `begun` holds when later events
    happened. It does not affect windows to file, which run from
    the decision that the filing is about.
    """
    received = received_at.astimezone(ZoneInfo(contract.timezone))
    starts: dict[Event, Start] = {"received": Start(received, received, calendars.filed)}
    if submission.decided_on is not None:
        decided = datetime.combine(submission.decided_on, time(), received.tzinfo)
        starts["decision"] = starts["report"] = Start(decided, decided, calendars.filed)
    since = starts | dict(begun or {})
    rules = Rules(calendars.current, contract.hours, contract.counting)
    return tuple(
        _make_milestone(
            limit,
            (starts if limit.is_window else since).get(limit.counted_from or ""),
            rules,
            received,
        )
        for limit in kind.limits_for(
            submission.category, level or kind.level_of(submission.category), submission.relation
        )
    )


def _make_milestone(
    limit: Limit, start: Start | None, rules: Rules, received: datetime
) -> Milestone:
    if start is None or limit.length is None:
        return Milestone(limit, None)
    value, unit = limit.length
    begins = start.told if limit.party == "filer" else start.at
    end = due(begins, value, unit, rules, limit.within_hours)
    then = replace(rules, calendar=start.calendar)
    first = due(begins, value, unit, then, limit.within_hours)
    moved_from = first if first.day != end.day else None
    late = limit.is_window and end.at <= received and not end.provisional
    return Milestone(limit, end, late, moved_from)
