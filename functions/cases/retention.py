"""Keeps files as long as their case, and deletes expired cases and unclaimed files."""

import logging
from datetime import timedelta

from functions.cases.files.uploads import UPLOAD_LIFETIME
from functions.cases.ports.file_storage import PLACES, UPLOADS, WAITING
from functions.cases.ports.ports import Ports
from functions.model.case import Case
from functions.model.errors import FileMissing, StoredTextUnreadable

log = logging.getLogger("ombud.keeping")

UNCLAIMED = UPLOAD_LIFETIME + timedelta(hours=1)
"""How long an upload is kept: as long as its voucher works, and a filing with it can take."""

LONGEST_CLAIM = timedelta(days=7)
"""How long an upload is kept while the notice of a case that may claim it is still owed: longer
than that mail is tried for."""


def keep_files(case: Case, ports: Ports) -> None:
    """Copies the files of a case from the uploads to where they stay as long as the case.

    The uploads remain, so that another filing from the same page can use them. It is safe to
    repeat. Raises FilesUnavailable.
    """
    for file in case.attachments:
        try:
            ports.shelf.copy(f"{UPLOADS}/{file.id}", f"{WAITING}/{case.reference}/{file.id}")
        except FileMissing:
            log.error("case %s: file %s is not in the file storage", case.reference, file.id)


def remove_files(case: Case, ports: Ports) -> None:
    """Removes the files of a case that is about to be erased. Raises FilesUnavailable."""
    for file in case.attachments:
        ports.shelf.remove(f"{UPLOADS}/{file.id}")
        for place in PLACES:
            ports.shelf.remove(f"{place}/{case.reference}/{file.id}")


def expire_cases(ports: Ports) -> int:
    """Deletes cases whose retention is over, and files without a case; returns how many cases.

    Raises StoreError, FilesUnavailable.
    """
    expired = ports.store.expire(ports.now())
    if expired:
        log.info("%s cases deleted, whose retention is over", expired)
    remove_unclaimed(ports)
    return expired


def remove_unclaimed(ports: Ports) -> int:
    """Removes unclaimed uploads and files without a case; returns how many files.

    Raises StoreError, FilesUnavailable.
    """
    stale = _find_unclaimed(ports)
    case_exists: dict[str, bool] = {}
    for entry in (entry for place in PLACES for entry in ports.shelf.entries(place)):
        reference = entry.key.split("/")[1]
        if reference not in case_exists:
            case_exists[reference] = _exists(reference, ports)
        if not case_exists[reference]:
            stale.append(entry.key)
    for key in stale:
        ports.shelf.remove(key)
    if stale:
        log.info("%s files removed", len(stale))
    return len(stale)


def _exists(reference: str, ports: Ports) -> bool:
    """Whether the case of a file is stored; a case that cannot be read keeps its files."""
    try:
        return ports.store.case(reference) is not None
    except StoredTextUnreadable as error:
        log.error("its files stay: %s", error)
        return True


def _find_unclaimed(ports: Ports) -> list[str]:
    """The keys of uploads that no case can claim any more.

    The first try to send its notice claims a case's files. While a mail is owed since before a
    voucher ended, its case may have files to claim.
    """
    now, owed = ports.now(), ports.outbox.owed_since()
    return [
        entry.key
        for entry in ports.shelf.entries(UPLOADS)
        if now - entry.left_at > UNCLAIMED
        and (
            owed is None or owed > entry.left_at + UNCLAIMED or now - entry.left_at > LONGEST_CLAIM
        )
    ]
