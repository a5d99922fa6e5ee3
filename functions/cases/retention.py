"""Keeping files as long as their case, and no longer."""

import logging
from datetime import timedelta

from functions.cases.ports.file_storage import PLACES, UPLOADS, WAITING
from functions.cases.ports.ports import Ports
from functions.model.case import Case
from functions.model.errors import FileMissing

log = logging.getLogger("ombud.keeping")

UNCLAIMED = timedelta(days=7)
"""How long an upload stays: a voucher works for a day, and the notice of a case that claims it is
tried for three."""


def keep_files(case: Case, ports: Ports) -> None:
    """Puts the files of a case where they stay as long as the case.

    They are copied, so that another filing by the same page still has them; done twice, it is the
    same. Raises FilesUnavailable.
    """
    for one in case.attachments:
        try:
            ports.shelf.copy(f"{UPLOADS}/{one.id}", f"{WAITING}/{case.reference}/{one.id}")
        except FileMissing:
            log.error("case %s: file %s is not on the shelf", case.reference, one.id)


def remove_files(case: Case, ports: Ports) -> None:
    """Removes the files of a case, whose erasing follows. Raises FilesUnavailable."""
    for one in case.attachments:
        ports.shelf.remove(f"{UPLOADS}/{one.id}")
        for place in PLACES:
            ports.shelf.remove(f"{place}/{case.reference}/{one.id}")


def expire_cases(ports: Ports) -> int:
    """Deletes the cases whose retention is over, with their files; returns how many cases."""
    expired = ports.store.expire(ports.now())
    if expired:
        log.info("%s cases deleted, whose retention is over", expired)
    remove_unclaimed(ports)
    return expired


def remove_unclaimed(ports: Ports) -> int:
    """Removes uploads that nobody claimed and files whose case is gone; returns how many."""
    stale = [
        entry.key
        for entry in ports.shelf.entries(UPLOADS)
        if ports.now() - entry.left_at > UNCLAIMED
    ]
    known: dict[str, bool] = {}
    for entry in (entry for place in PLACES for entry in ports.shelf.entries(place)):
        reference = entry.key.split("/")[1]
        if reference not in known:
            known[reference] = ports.store.case(reference) is not None
        if not known[reference]:
            stale.append(entry.key)
    for key in stale:
        ports.shelf.remove(key)
    if stale:
        log.info("%s files removed", len(stale))
    return len(stale)
