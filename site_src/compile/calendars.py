"""The calendars that dates are counted on: days off of a country, and weekend days worked there.

Sources: the `holidays` library, and the years that the operator adds in `policies/calendar/`.
China's cabinet arranges days off around its holidays (调休) by a notice each autumn: for a year
without one the library knows only the days that the law itself fixes.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Set
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from functions.model.deadlines.calendar import NO_CALENDAR, Calendar
from functions.model.text import Text
from site_src.calendar_years import ArrangedYear
from site_src.languages import _, everywhere, site_languages

if TYPE_CHECKING:
    from holidays import HolidayBase

CHINA = "CN"

_NAMES = {
    "National Day": _("National Day"),
    "Mid-Autumn Festival": _("Mid-autumn Festival"),
    "New Year's Day": _("New Year's Day"),
    "Chinese New Year": _("Spring Festival"),
    "Tomb-Sweeping Day": _("Tomb-sweeping Day"),
    "Labor Day": _("Labour Day"),
    "Dragon Boat Festival": _("Dragon Boat Festival"),
    "70th Anniversary": _("Anti-Fascist 70th Day"),
}
"""What a day off in China is called, by a part of the library's name for it."""

_SUBSTITUTED = "Day off"
FIRST_YEAR = 2001
"""The library has the cabinet's notices from this year on; earlier dates are slips of the pen."""

_YEARS_AHEAD = 10
"""So many years after the last notice have the days off that the law fixes."""

LAST_YEAR = 2045
"""Other countries' holidays follow from rules; so far ahead they are worked out."""

_OPEN_DAYS = timedelta(days=6)
"""The notice for a year may arrange the last days of the year before: for 2019 it made Monday 31
December 2018 a day off."""

_ALPHA_2 = 2
"""The letters of a country's code (ISO 3166-1 alpha-2); the library knows longer ones, too."""

_DAY = timedelta(days=1)


def calendar(code: str, arranged: Mapping[int, ArrangedYear] | None = None) -> Calendar:
    """The calendar of that code, with the years that the operator added."""
    years = arranged or {}
    if code == NO_CALENDAR:
        return Calendar(code=code, first=1, last=9999, holidays={})
    return _china(years) if code == CHINA else _elsewhere(code, years)


@cache
def is_code(code: str) -> bool:
    """Whether there is a calendar of that code: to say so, the library loads all countries."""
    if code in (NO_CALENDAR, CHINA):
        return True
    from holidays import country_holidays

    country, _dash, part = code.partition("-")
    if len(country) != _ALPHA_2:
        return False
    try:
        found = country_holidays(country)
    except NotImplementedError:
        return False
    # UK is another name of GB.
    return found.country == country and (not part or part in found.subdivisions)


@cache
def every_code() -> tuple[str, ...]:
    """The codes of all countries that the library has, and of the parts of the United Kingdom."""
    from holidays import list_supported_countries

    listed = list_supported_countries(include_aliases=False)
    parts = [f"GB-{part}" for part in listed.get("GB", ())]
    return tuple(sorted([*listed, *parts]))


def last_arranged(arranged: Mapping[int, ArrangedYear] | None = None) -> int:
    """The last year whose days off China's cabinet has arranged, as far as this site knows.

    A year that was added after one that is missing does not count: the one between is open.
    """
    last = _noticed_years()[-1]
    while last + 1 in (arranged or {}):
        last += 1
    return last


def _china(arranged: Mapping[int, ArrangedYear]) -> Calendar:
    last = last_arranged(arranged)
    listed: dict[date, str] = {}
    workdays: set[date] = set()
    for year in range(FIRST_YEAR, last + 1):
        if year in arranged:
            listed |= dict.fromkeys(arranged[year].off, arranged[year].notice) | statutory(year)
            workdays |= set(arranged[year].work)
        else:
            library = _library(CHINA, year)
            listed |= dict(library.items())
            workdays |= set(library.weekend_workdays)
    holidays = _name_blocks(listed, workdays)
    for year in range(last + 1, last + 1 + _YEARS_AHEAD):
        holidays |= {day: _name(name) or name for day, name in statutory(year).items()}
    for day in workdays:
        holidays.pop(day, None)
    return Calendar(
        code=CHINA,
        first=FIRST_YEAR,
        last=last,
        holidays=dict(sorted(holidays.items())),
        workdays=tuple(sorted(day for day in workdays if day.year >= FIRST_YEAR)),
        names={name: everywhere(name) for name in sorted(set(holidays.values()))},
        open_from=date(last, 12, 31) - _OPEN_DAYS + _DAY,
    )


def _elsewhere(code: str, arranged: Mapping[int, ArrangedYear]) -> Calendar:
    holidays: dict[date, str] = {}
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        holidays |= {day: name for day, name in _library(code, year).items() if day.year == year}
        if year in arranged:
            holidays |= dict.fromkeys(arranged[year].off, arranged[year].notice)
            for day in arranged[year].work:
                holidays.pop(day, None)
    return Calendar(
        code=code,
        first=FIRST_YEAR,
        last=LAST_YEAR,
        holidays=dict(sorted(holidays.items())),
        workdays=tuple(sorted(day for year in arranged.values() for day in year.work)),
        names={name: _same_everywhere(name) for name in sorted(set(holidays.values()))},
    )


def _same_everywhere(name: str) -> Text:
    """The library's name, where there is no other."""
    return Text({tongue.language: name for tongue in site_languages()})


@cache
def _library(code: str, year: int, observed: bool = True) -> "HolidayBase":
    from holidays import country_holidays

    country, _dash, part = code.partition("-")
    return country_holidays(
        country, subdiv=part or None, years=year, observed=observed, language="en_US"
    )


@cache
def _noticed_years() -> tuple[int, ...]:
    """The years of which the library has a notice: each makes some weekend days working days."""
    years = range(FIRST_YEAR, date.max.year)
    found: list[int] = []
    for year in years:
        if not any(day.year == year for day in _library(CHINA, year).weekend_workdays):
            break
        found.append(year)
    return tuple(found)


def statutory(year: int) -> dict[date, str]:
    """The days off that China's law itself fixes; which days stand in for weekends is open."""
    return {
        day: name
        for day, name in _library(CHINA, year, observed=False).items()
        if not name.startswith(_SUBSTITUTED)
    }


def _name_blocks(listed: Mapping[date, str], work: Set[date]) -> dict[date, str]:
    """Each arranged day off, with the weekends that it runs into, by the name of its holiday.

    A day that has no name of its own is called by the holiday before it in the same run of days,
    else by the one after it; in a run without a holiday, by what `listed` says.
    """
    days = set(listed)
    for day in listed:
        for step in (-_DAY, _DAY):
            beside = day + step
            while beside.weekday() >= 5 and beside not in work:
                days.add(beside)
                beside += step
    names: dict[date, str] = {}
    for day in sorted(days):
        names[day] = _name(listed.get(day, "")) or names.get(day - _DAY, "")
    in_order = sorted(listed)
    for day in sorted(days, reverse=True):
        nearest = in_order[max(bisect_right(in_order, day) - 1, 0)]
        names[day] = names[day] or names.get(day + _DAY, "") or listed[nearest]
    return names


def _name(said: str) -> str | None:
    return next((name for part, name in _NAMES.items() if part in said), None)


def codes(used: Iterable[str]) -> tuple[str, ...]:
    """The calendars that a site needs, China's first: forms and tests count on it."""
    return tuple(dict.fromkeys((CHINA, *sorted(used))))
