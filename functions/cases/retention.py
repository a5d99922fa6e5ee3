"""Keeps files as long as their case, and deletes expired cases and unclaimed files."""

import logging
from collections.abc import Callable
from datetime import timedelta

from functions.cases.files.uploads import UPLOAD_LIFETIME
from functions.cases.ports.file_storage import PLACES, UPLOADS, WAITING
from functions.cases.ports.ports import Ports
from functions.model.case import Case, CaseEvent
from functions.model.case_log import case_files, scan_states
from functions.model.errors import FileMissing, StoredTextUnreadable

log = logging.getLogger("ombud.keeping")

UNCLAIMED = UPLOAD_LIFETIME + timedelta(hours=1)
"""How long an upload is kept: as long as its voucher works, and a filing with it can take."""

LONGEST_CLAIM = timedelta(days=7)
"""How long an upload is kept while the notice of a case that may claim it is still owed: longer
than that mail is tried for."""

_BATCH = 100
"""Cases that are deleted before it is asked whether there is time for more."""


def keep_files(case: Case, events: tuple[CaseEvent, ...], ports: Ports) -> None:
    """Copies the files of a case and its acts from the uploads to where they stay as long as it.

    The uploads remain, so that another filing from the same page can use them. It is safe to
    repeat; what was scanned stays as it is. Raises FilesUnavailable, StoreError.
    """
    states = scan_states(case, events)
    unscanned = {file.id for file in case_files(case, events) if states[file.id] == "waiting"}
    for id_ in sorted(unscanned):
        try:
            ports.shelf.copy(f"{UPLOADS}/{id_}", f"{WAITING}/{case.reference}/{id_}")
        except FileMissing:
            if not _is_kept(case.reference, id_, ports):
                log.error("case %s: file %s is not in the file storage", case.reference, id_)
    # Whoever erased the case meanwhile may not have seen the copies.
    if unscanned and not _exists(case.reference, ports):
        ports.shelf.remove_all(case.reference)


def _is_kept(reference: str, id_: str, ports: Ports) -> bool:
    """Whether an earlier mail of the case has copied a file."""
    return any(
        entry.key == f"{place}/{reference}/{id_}"
        for place in PLACES
        for entry in ports.shelf.entries(f"{place}/{reference}")
    )


def remove_files(case: Case, ports: Ports) -> None:
    """Removes the files of a case that is about to be erased, and of its acts.

    The sweep removes those of an act that cannot be read. Raises FilesUnavailable, StoreError.
    """
    events = ports.store.all_events(case.reference)
    readable = (event for event in events if isinstance(event, CaseEvent))
    for file in case_files(case, readable):
        ports.shelf.remove(f"{UPLOADS}/{file.id}")
    ports.shelf.remove_all(case.reference)


def expire_cases(ports: Ports, has_time: Callable[[], bool] = lambda: True) -> int:
    """Deletes cases whose retention is over with their files; returns how many cases.

    The store names those that ended, so this takes no longer with more cases. Files go first:
    after an interruption the case is named again. Raises StoreError, FilesUnavailable.
    """
    expired = 0
    while True:
        ended = ports.store.ended(ports.now(), _BATCH)
        for reference in ended:
            ports.shelf.remove_all(reference)
        expired += ports.store.expire(ports.now(), ended)
        if len(ended) < _BATCH or not has_time():
            break
    if expired:
        log.info("%s cases deleted, whose retention is over", expired)
    return expired


def remove_unclaimed(ports: Ports) -> int:
    """Removes uploads that no case can claim any more; returns how many.

    The first try to send its notice claims a case's files. While a mail is owed since before a
    voucher ended, its case may have files to claim. Raises StoreError, FilesUnavailable.
    """
    now, owed = ports.now(), ports.outbox.owed_since()
    return _remove(
        [
            entry.key
            for entry in ports.shelf.entries(UPLOADS)
            if now - entry.left_at > UNCLAIMED
            and (
                owed is None
                or owed > entry.left_at + UNCLAIMED
                or now - entry.left_at > LONGEST_CLAIM
            )
        ],
        ports,
    )


def remove_orphans(ports: Ports) -> int:
    """Removes the files of cases that are not in the store; returns how many files.

    It reads every file's name: a store that was restored, or cut off while a case was erased, may
    have left some. Raises StoreError, FilesUnavailable.
    """
    case_exists: dict[str, bool] = {}
    orphans: list[str] = []
    for entry in (entry for place in PLACES for entry in ports.shelf.entries(place)):
        reference = entry.key.split("/")[1]
        if reference not in case_exists:
            case_exists[reference] = _exists(reference, ports)
        if not case_exists[reference]:
            orphans.append(entry.key)
    return _remove(orphans, ports)


def _remove(keys: list[str], ports: Ports) -> int:
    for key in keys:
        ports.shelf.remove(key)
    if keys:
        log.info("%s files removed", len(keys))
    return len(keys)


def _exists(reference: str, ports: Ports) -> bool:
    """Whether the case of a file is stored; a case that cannot be read keeps its files."""
    try:
        return ports.store.case(reference) is not None
    except StoredTextUnreadable as error:
        log.error("its files stay: %s", error)
        return True
