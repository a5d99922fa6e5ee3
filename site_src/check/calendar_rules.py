"""Checks calendars: that a policy names one that exists, and that added years can be right."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from functions.model.deadlines.calendar import NO_CALENDAR
from site_src.calendar_years import Years, read_years
from site_src.compile.calendars import CHINA, is_code, last_arranged, statutory
from site_src.file_names import CALENDAR_FOLDER
from site_src.policy.facts import facts
from site_src.policy.finding import Finding
from site_src.policy.finding_place import at_key, in_yaml
from site_src.policy.load import Edition
from site_src.policy.model.limits import LimitFact

_WARN_FROM = (11, 1)
"""Month and day; China's cabinet has published each notice since 2019 by the end of November."""


def calendar_findings(source: Edition) -> Iterator[Finding]:
    """A policy outside China must say where its days off are, if any, in a calendar that exists."""
    organisation = source.policy.organisation
    place = ("organisation", "calendar")
    if organisation.calendar_code is None:
        message = f"no calendar says which days are off in the time zone {organisation.timezone}"
        remedy = "Add `calendar:` with a country, as in GB-ENG or US-NY; `none` for no days off."
        yield at_key(source, "missing-key", message, remedy, *place)
    elif not is_code(organisation.calendar_code):
        message = f"there is no calendar {organisation.calendar_code}"
        remedy = "Use a country and part of the holidays library, as in GB-ENG or US-NY, or none."
        yield at_key(source, "wrong-value", message, remedy, *place)
    if organisation.calendar_code != NO_CALENDAR:
        return
    for placed in facts(source.policy):
        if isinstance(placed.fact, LimitFact) and placed.fact.unit == "working_day":
            message = "the limit is in working days, but the organisation has no calendar"
            remedy = "Name the country whose days off count in organisation.calendar."
            yield in_yaml(source, placed, "unit", "calendar-wrong", message, remedy)


def checked_years(policies: Path) -> tuple[Years, tuple[Finding, ...]]:
    """The years in `policies/calendar/`, and everything that is wrong with them."""
    years, findings = read_years(policies)
    return years, (*findings, *_wrong_years(policies, years))


def missing_year(policies: Path, day: date) -> str | None:
    """From 1 November, the warning that next year's arrangement of China's days off is missing."""
    if (day.month, day.day) < _WARN_FROM:
        return None
    years, _findings = read_years(policies)
    if last_arranged(years.get(CHINA)) > day.year:
        return None
    file = policies / CALENDAR_FOLDER / f"{CHINA}-{day.year + 1}.yaml"
    return (
        f"warning: this site does not know how days off are arranged in {day.year + 1}; "
        f"before 31 December {day.year}, add {file} (docs/calendars.md says how)"
    )


def _wrong_years(policies: Path, years: Years) -> Iterator[Finding]:
    for code, arranged in years.items():
        for year, content in arranged.items():
            file = policies / CALENDAR_FOLDER / f"{code}-{year}.yaml"
            if not is_code(code) or code == NO_CALENDAR:
                message = f"there is no calendar {code}"
                yield _finding(file, message, "Name the file after a calendar: CN-2027.yaml.")
            elif code == CHINA:
                for day, name in statutory(year).items():
                    if day not in content.off and (day.weekday() < 5 or day in content.work):
                        message = f"{day} is a day off by law ({name}), but is not under off"
                        yield _finding(file, message, "Compare the file with the notice.", "off")


def _finding(file: Path, message: str, remedy: str, field: str | None = None) -> Finding:
    return Finding(
        code="calendar-wrong",
        file=file,
        line=1,
        column=1,
        field=field,
        message=message,
        remedy=remedy,
    )
