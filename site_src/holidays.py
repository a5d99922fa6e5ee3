"""Statutory holidays and make-up working days, compiled into each contract.

Source: the State Council's notices, as the `chinesecalendar` package carries them.
"""

from chinese_calendar import constants

from functions.calendar import Calendar
from functions.text import Text

_YEARS = 3
"""The contract knows the last three published years: cases are filed in the present."""


def calendar() -> Calendar:
    """The calendar of the latest years whose holidays have been published."""
    last = max(constants.holidays).year
    return published(last - _YEARS + 1, last)


def published(first: int, last: int) -> Calendar:
    """The calendar of these years."""
    holidays = {
        day: name for day, name in sorted(constants.holidays.items()) if first <= day.year <= last
    }
    workdays = tuple(day for day in sorted(constants.workdays) if first <= day.year <= last)
    names = {
        holiday.value: Text({"zh-CN": holiday.chinese, "en": holiday.value})
        for holiday in constants.Holiday
        if holiday.value in holidays.values()
    }
    return Calendar(first=first, last=last, holidays=holidays, workdays=workdays, names=names)
