"""Lists cases anew that were handed on to people who have left, or who are back."""

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from functions.cases.desk.holding import current_staff
from functions.cases.desk.revocations import make_held_due
from functions.cases.ports.ports import Ports
from functions.model.contract.directory import Directory
from functions.model.desk.staff import marks
from functions.model.errors import ContractError

log = logging.getLogger("ombud.watch")

_FOLLOWED = "staff"
"""The name under which it is noted when the next day begins for one of the organisations."""


def follow_staff(ports: Ports, has_time: Callable[[], bool]) -> None:
    """Makes the cases of everybody who left or came back since the day before due for the sweep.

    Looks when a day begins, by each organisation's clock: a last day passes then, and what was
    deployed meanwhile holds from then on. Costs one read until then. Goes on in a later sweep
    where time runs out. Raises ContractError, StoreError.
    """
    now = ports.now()
    noted = ports.lists.remembered(_FOLLOWED)
    if noted is not None and now < datetime.fromisoformat(noted):
        return
    following: list[datetime] = []
    for organisation in sorted(ports.contracts.current().organisations):
        if not has_time():
            return
        try:
            directory = ports.contracts.directory(organisation)
        except ContractError as error:
            log.error("the staff of %s are not followed: %s", organisation, error)
            continue
        if directory is not None:
            _follow(directory, ports)
        zone = ZoneInfo(directory.timezone) if directory else UTC
        tomorrow = now.astimezone(zone).date() + timedelta(days=1)
        following.append(datetime.combine(tomorrow, time(), zone))
    if following:
        ports.lists.remember(_FOLLOWED, min(following).isoformat())


def _follow(directory: Directory, ports: Ports) -> None:
    """Compares who is current with who was when this was noted last.

    The first time, those who are listed and not current have left.
    """
    organisation = directory.organisation
    listed, current = (
        {own for each in staff for own in marks(ports.keys, organisation, each.address)}
        for staff in (directory.staff, current_staff(directory, ports))
    )
    name = f"{_FOLLOWED}:{organisation}"
    noted = ports.lists.remembered(name)
    before = listed if noted is None else set(json.loads(noted))
    if before == current and (noted is not None or not listed):
        return
    make_held_due(organisation, sorted(before ^ current), ports)
    ports.lists.remember(name, json.dumps(sorted(current)))
