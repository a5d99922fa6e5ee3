"""Checks what is published for the functions: contracts, directories and calendars."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from cli.doctor.installation import Installation
from cli.doctor.result import CheckResult, fault, good, note, warning
from functions.cases.ports.contract_source import ContractSource
from functions.model.contract.contract import Current
from functions.model.deadlines.calendar import NO_CALENDAR, Calendar
from functions.model.errors import ContractError, ContractMissing, SettingInvalid
from site_src.file_names import CALENDAR_FOLDER

_MOST = 500
"""Organisations whose contracts are read: a bucket of 10,000 would take minutes."""

_ASKED_FROM = (11, 1)
"""Month and day from which the days off of the next year should be known."""

_AROUND_NEW_YEAR = timedelta(days=12)
"""The arrangement of a year may move its last days, and so they are known with the next one's."""

_PUBLISH = "publish the site: `build.py deploy`, or `build.py build`"


def contract_checks(installation: Installation) -> Iterator[CheckResult]:
    """Whether each organisation's current contract, pages and directory can be read."""
    if installation.parts is None:
        return
    place = installation.environment["OMBUD_CONTRACTS"]
    try:
        contracts = installation.parts.contracts
        current = contracts.current()
    except ContractMissing:
        if installation.fresh:
            yield note("contracts", f"none yet: the first start writes them to {place}")
        else:
            yield fault("contracts", f"nothing is published at {place}", _PUBLISH)
        return
    except (SettingInvalid, ContractError) as error:
        yield fault("contracts", f"{place}: {error}", "see that it can be read with these rights")
        return
    yield from _organisations(contracts, current, place, installation.now)
    yield from _calendars(contracts, current, installation)


def _organisations(
    contracts: ContractSource, current: Current, place: str, now: datetime
) -> Iterator[CheckResult]:
    count, well = len(current.organisations), True
    for organisation, digest in islice(current.organisations.items(), _MOST):
        name = current.address_of(organisation)
        try:
            contract = contracts.contract(digest)
            for language in contract.pages:
                contracts.pages(digest, language)
            directory = contracts.directory(organisation)
        except ContractError as error:
            well = False
            yield fault("contracts", f"{name}: {error}", _PUBLISH)
            continue
        if directory is None:
            well = False
            yield warning("directory", f"{name} has no directory of who is current", _PUBLISH)
            continue
        day = now.astimezone(ZoneInfo(directory.timezone)).date()
        if directory.staff and not any(each.is_current(day) for each in directory.staff):
            well = False
            yield warning(
                "directory",
                f"{name}: the access of everybody in staff.yaml has ended",
                f"`build.py staff add {name}`, then publish",
            )
    if well:
        read = f"{min(count, _MOST)} of {count}" if count > _MOST else f"{count}"
        noun = "organisation" if count == 1 else "organisations"
        yield good("contracts", f"{read} {noun} with contracts and directories at {place}")


def _calendars(
    contracts: ContractSource, current: Current, installation: Installation
) -> Iterator[CheckResult]:
    """Until when the days off are known, by the calendars that open cases are dated on."""
    today = installation.now.date()
    for code, digest in current.calendars.items():
        if code == NO_CALENDAR:
            continue
        try:
            known = _known_until(contracts.calendar(digest))
        except ContractError as error:
            yield fault("calendar", f"{code}: {error}", _PUBLISH)
            continue
        says = f"the days off of {code} are known to {known}"
        year = known.year if (known + _AROUND_NEW_YEAR).year > known.year else known.year - 1
        file = installation.policies / CALENDAR_FOLDER / f"{code}-{year + 1}.yaml"
        remedy = _PUBLISH if file.is_file() else f"add {file} (docs/calendars.md), then publish"
        if known < today:
            yield fault("calendar", f"{says}, so last days are provisional", remedy)
        elif year == today.year and (today.month, today.day) >= _ASKED_FROM:
            yield warning("calendar", f"{says}; those of {year + 1} are missing", remedy)
        else:
            yield good("calendar", says)


def _known_until(calendar: Calendar) -> date:
    if calendar.open_from is not None:
        return calendar.open_from - timedelta(days=1)
    return date(calendar.last, 12, 31)
