"""Finds when the events of a case happened that limits run from, and when clocks were stopped."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from functions.model.case_log import CaseAct
from functions.model.contract.kind import Kind
from functions.model.contract.limit import Limit
from functions.model.contract.terms import BUILT_IN, Event
from functions.model.deadlines.milestones import Calendars, Start, Stop


@dataclass(frozen=True)
class Occurrence:
    """An event of a case, and the index of the act that is it; -1 at filing."""

    event: Event
    start: Start
    index: int


@dataclass(frozen=True)
class Occurrences:
    """All events of a case, in the order in which they were recorded."""

    found: tuple[Occurrence, ...]

    @property
    def begun(self) -> dict[Event, Start]:
        """When each event happened, as it was recorded last."""
        return {each.event: each.start for each in self.found}

    def index_of(self, event: Event) -> int | None:
        """The index of the act that was the event; None if it has not happened.

        A later request for a review replaces an earlier one. Of an event that the policy names,
        staff may correct the date, and what was done since its first record stays done.
        """
        indexes = [each.index for each in self.found if each.event == event]
        if not indexes:
            return None
        return indexes[-1] if event in BUILT_IN else indexes[0]

    def start_of(self, limit: Limit, kind: Kind) -> int | None:
        """The index of the act from which a limit runs; None if it does not run yet.

        What must happen before an event can be done whenever that event is recorded.
        """
        base = kind.base_of(limit)
        if base.before is not None:
            return -1
        indexes = [self.index_of(event) for event in base.events]
        known = [index for index in indexes if index is not None]
        return max(known) if len(known) == len(indexes) else None

    def stops(self, kind: Kind) -> tuple[Stop, ...]:
        """When the clocks of the kind's limits were stopped, by when it is said to have been."""
        in_time = sorted(self.found, key=lambda each: (each.start.at, each.index))
        stops: list[Stop] = []
        for suspension in kind.suspensions:
            since: Start | None = None
            for each in in_time:
                if since is None and each.event == suspension.begins:
                    since = each.start
                elif since is not None and each.event == suspension.ends:
                    stops.append(Stop(suspension, since.at, each.start.at))
                    since = None
            if since is not None:
                stops.append(Stop(suspension, since.at, None))
        return tuple(stops)


def find_occurrences(
    kind: Kind,
    limits: Iterable[Limit],
    filed: Mapping[Event, Start],
    happened: tuple[CaseAct, ...],
    calendars: Calendars,
    zone: ZoneInfo,
) -> Occurrences:
    """The events of a case: known at filing, recorded, or brought by an act that kept a limit.

    A repeated request for a review replaces the earlier one. Where no second answer comes between
    dissatisfaction and appeal, the first request is the appeal.
    """
    second = any("dissatisfied" in limit.events for limit in kind.limits)
    found = [Occurrence(event, start, -1) for event, start in filed.items()]
    named = {event.id for event in kind.events}
    begun: set[Event] = set()
    for index, act in enumerate(happened):
        start = _start(act, calendars, zone)
        events = [event for event in (_classify(act, begun),) if event is not None]
        events += ["ruling"] if "decision" in events else []
        events += ["appealed"] if "dissatisfied" in events and not second else []
        events += [act.event] if act.event in named else []
        events += _asked_events(act, kind)
        found += [Occurrence(event, start, index) for event in events]
        begun.update(events)
    bringing = [limit for limit in limits if limit.brings is not None]
    # An act can keep a limit only once that limit runs, from what another act may have brought.
    while bringing:
        occurrences = Occurrences(tuple(sorted(found, key=lambda each: each.index)))
        brought = _find_brought(kind, bringing, occurrences, happened)
        if brought is None:
            return occurrences
        limit, index = brought
        start = _start(happened[index], calendars, zone)
        found.append(Occurrence(limit.brings or "", start, index))
        bringing.remove(limit)
    return Occurrences(tuple(sorted(found, key=lambda each: each.index)))


def find_keeping_act(
    limit: Limit, start: int | None, happened: tuple[CaseAct, ...]
) -> tuple[int, CaseAct] | None:
    """The act that kept the limit: one that staff declared, or a fitting one after its start."""
    for index, act in enumerate(happened):
        running = start is not None and index > start
        requested = limit.party == "filer" and act.act == "review_requested"
        brings = limit.brings is not None and act.event == limit.brings
        fits = requested or brings or act.act in limit.kept_by
        if limit.id in act.entry.keeps or (running and fits):
            return index, act
    return None


def _find_brought(
    kind: Kind,
    bringing: Iterable[Limit],
    occurrences: Occurrences,
    happened: tuple[CaseAct, ...],
) -> tuple[Limit, int] | None:
    """A limit that an act kept which is not yet known to be the event that the limit brings."""
    for limit in bringing:
        kept = find_keeping_act(limit, occurrences.start_of(limit, kind), happened)
        if kept is not None and occurrences.index_of(limit.brings or "") is None:
            return limit, kept[0]
    return None


def _asked_events(act: CaseAct, kind: Kind) -> list[Event]:
    """The events that a request for a review is, even where nothing shows that its time began."""
    if act.act != "review_requested":
        return []
    asked = kind.review_limits(act.entry.review)
    own = (limit for limit in kind.limits if limit.id in asked and limit.party == "filer")
    return [limit.brings for limit in own if limit.brings is not None]


def _start(act: CaseAct, calendars: Calendars, zone: ZoneInfo) -> Start:
    return Start(act.moment(zone), act.told(zone), calendars.at(act.entry.calendar))


def _classify(act: CaseAct, begun: set[Event]) -> Event | None:
    """The built-in event that an act is, if any; the request after a second answer appeals."""
    match act.act:
        case "registered" | "forwarded" if act.act not in begun:
            return act.act
        case "not_accepted" if "decision" not in begun:
            return "decision"
        case "decision" if "dissatisfied" in begun and "answered_again" not in begun:
            return "answered_again"
        case "decision" if "decision" not in begun:
            return "decision"
        case "review_requested":
            return "appealed" if "answered_again" in begun else "dissatisfied"
    return None
