"""Gives the script of a form what it counts dates from: lengths and opening hours."""

from collections.abc import Collection
from datetime import time

from functions.model.contract.limit import Limit
from functions.model.contract.terms import Unit
from functions.model.deadlines.calendar import WEEKDAYS, BusinessHours, Opening


def lengths(limits: Collection[Limit], limit: Limit) -> list[tuple[int, Unit, bool]]:
    """The lengths of the limits that a limit extends, and its own, the first one first."""
    by_id = {each.id: each for each in limits}
    found: list[tuple[int, Unit, bool]] = []
    while True:
        if limit.length is not None:
            found.insert(0, (*limit.length, limit.within_hours))
        if limit.extends not in by_id:
            return found
        limit = by_id[limit.extends or ""]


def is_scripted(limits: Collection[Limit], limit: Limit) -> bool:
    """Whether its one start can be known on the form, so that the script can date it.

    The script leaves out no weekdays.
    """
    if limit.not_counted:
        return False
    if limit.later_of or limit.before or (limit.starts == "unstated" and limit.is_window):
        return False
    return not any(each.id == limit.extends and each.by for each in limits)


def are_dated(limits: Collection[Limit]) -> bool:
    """Whether the form knows the start of any limit, so that it needs the script."""
    return any(
        is_scripted(limits, limit) and (limit.is_window or limit.events == ("received",))
        for limit in limits
    )


def opening_minutes(hours: BusinessHours) -> dict[str, object]:
    """The hours in minutes since midnight: on working days, and on weekdays with their own."""
    own = {
        WEEKDAYS.index(day): [] if opening == "closed" else _spans(opening)
        for day, opening in hours.days.items()
    }
    return {"usual": _spans(hours), "own": own}


def _spans(opening: Opening) -> list[tuple[int, int]]:
    return [(_minutes(opens), _minutes(closes)) for opens, closes in opening.spans]


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
