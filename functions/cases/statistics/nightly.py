"""Counts the cases of each organisation once a night, in steps that can be interrupted."""

import logging
from collections.abc import Callable
from datetime import datetime, time, timedelta
from hashlib import sha256
from json import dumps, loads
from zoneinfo import ZoneInfo

from functions.cases.key_note import note_key
from functions.cases.ports.ports import Ports
from functions.cases.statistics.measured_cases import update_day
from functions.cases.statistics.month_count import count_months
from functions.cases.statistics.night import (
    Night,
    days_to_measure,
    earlier_days,
    keep_night,
    months_to_count,
    read_night,
)
from functions.model.contract.directory import Directory
from functions.model.errors import OmbudError
from functions.model.statistics.months import month_bounds

log = logging.getLogger("ombud.statistics")

HasTime = Callable[[], bool]
"""Whether there is time for one more step."""

_NEXT = "next night"
"""The name under which it is noted of which organisations the nights were looked at, and when the
first of them comes."""

_AFTER_MIDNIGHT = timedelta(hours=2)
"""When a night's count begins, by the organisation's clock."""


def count_night(ports: Ports, has_time: HasTime = lambda: True) -> int:
    """Counts each organisation whose night has come, if that has not been done yet.

    Returns how many counts were completed. What is interrupted goes on with the next call. An
    organisation that cannot be counted does not keep the others from it. Costs one read until the
    next night of one of them.
    """
    organisations = sorted(ports.contracts.current().organisations)
    if _is_early(organisations, ports):
        return 0
    counted, nights = 0, list[datetime]()
    for organisation in organisations:
        if not has_time():
            break
        try:
            following = read_night(organisation, ports).following
            if following is None or ports.now() >= following:
                directory = ports.contracts.directory(organisation)
                if directory is None:
                    continue
                counted += count_organisation(directory, ports, has_time)
                following = read_night(organisation, ports).following
            if following is not None:
                nights.append(following)
        except OmbudError:
            log.exception("%s was not counted", organisation)
    if counted:
        note_key(ports)
    if nights and len(nights) == len(organisations):
        ports.lists.remember(_NEXT, dumps([_name_of(organisations), min(nights).isoformat()]))
    return counted


def _is_early(organisations: list[str], ports: Ports) -> bool:
    """Whether it was noted that no night of these organisations has come yet."""
    noted = ports.lists.remembered(_NEXT)
    known, moment = loads(noted) if noted else ("", "")
    return known == _name_of(organisations) and ports.now() < datetime.fromisoformat(moment)


def _name_of(organisations: list[str]) -> str:
    return sha256(dumps(organisations).encode()).hexdigest()[:32]


def count_organisation(
    directory: Directory, ports: Ports, has_time: HasTime = lambda: True
) -> bool:
    """Counts the cases of an organisation now; False if there was no time for all.

    Raises ContractError, StoreError.
    """
    organisation, zone = directory.organisation, ZoneInfo(directory.timezone)
    local = ports.now().astimezone(zone)
    before = read_night(organisation, ports)
    months = months_to_count(organisation, before, local, zone, ports)
    since, _ = month_bounds(months[0], zone)
    earlier = earlier_days(organisation, before, since, ports)
    for day, listed, stored in days_to_measure(organisation, before, earlier, months, zone, ports):
        for _ in update_day(organisation, day, listed, stored, since, ports):
            if not has_time():
                keep_night(organisation, before.model_copy(update={"cursor": day}), ports)
                return False
    still = count_months(directory, months, earlier, local, ports)
    night = (local - _AFTER_MIDNIGHT).date()
    following = datetime.combine(night + timedelta(days=1), time(), zone) + _AFTER_MIDNIGHT
    keep_night(organisation, Night(night=night, following=following, earlier=still), ports)
    return True
