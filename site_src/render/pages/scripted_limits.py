"""Decides which time limits the script of a form dates, and from what."""

from collections.abc import Iterable

from functions.model.contract.limit import Limit
from functions.model.contract.terms import Unit
from functions.model.deadlines.calendar import BusinessHours

_CLOCK: tuple[Unit | None, ...] = ("minute", "hour")


def extended(limits: Iterable[Limit], limit: Limit) -> list[dict[str, int | str]]:
    """The lengths that a limit is added to, the first one first."""
    by_id = {each.id: each for each in limits}
    lengths: list[dict[str, int | str]] = []
    while limit.extends in by_id:
        limit = by_id[limit.extends or ""]
        if limit.length:
            value, unit = limit.length
            lengths.insert(0, {"value": value, "unit": unit})
    return lengths


def is_scripted(
    limit: Limit, added_to: list[dict[str, int | str]], hours: BusinessHours | None
) -> bool:
    """Whether the script can date it by itself.

    It knows one length from one event, extensions in days, and hours that are the same all week;
    for everything else the page gives the words alone.
    """
    if limit.later_of or limit.before or limit.by or limit.not_before or limit.length is None:
        return False
    if hours is not None and (hours.breaks or hours.days):
        return False
    if limit.extends is None:
        return True
    units = {limit.unit, *(length["unit"] for length in added_to)}
    if not added_to or not units.isdisjoint(_CLOCK):
        return False
    return "working_day" not in units or units == {"working_day"}
