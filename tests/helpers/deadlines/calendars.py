"""The calendars that periods are counted by, each compiled once."""

from functools import cache

from functions.model.deadlines.calendar import Calendar
from site_src.compile import calendars


@cache
def calendar(code: str) -> Calendar:
    """The calendar of that code, as a site without years of its own has it."""
    return calendars.calendar(code)
