"""Provides the statutory holidays and make-up working days of each contract.

Source: the State Council's notices, as published in the `chinesecalendar` package.
"""

from chinese_calendar import constants

from functions.model.deadlines.calendar import Calendar
from site_src.languages import _, everywhere

_NAMES = {
    constants.Holiday.new_years_day: _("New Year's Day"),
    constants.Holiday.spring_festival: _("Spring Festival"),
    constants.Holiday.tomb_sweeping_day: _("Tomb-sweeping Day"),
    constants.Holiday.labour_day: _("Labour Day"),
    constants.Holiday.dragon_boat_festival: _("Dragon Boat Festival"),
    constants.Holiday.national_day: _("National Day"),
    constants.Holiday.mid_autumn_festival: _("Mid-autumn Festival"),
    constants.Holiday.anti_fascist_70th_day: _("Anti-Fascist 70th Day"),
}

_YEARS = 3
"""A contract contains the last three published years, because cases are filed in the present."""


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
        holiday.value: everywhere(_NAMES[holiday])
        for holiday in constants.Holiday
        if holiday.value in holidays.values()
    }
    return Calendar(first=first, last=last, holidays=holidays, workdays=workdays, names=names)
