"""Scans the files of cases for malware, and clears or quarantines them."""

import logging
from collections.abc import Callable

from functions.cases.notifications import staff_mails
from functions.cases.ports.file_storage import CLEARED, INFECTED, WAITING
from functions.cases.ports.ports import Ports
from functions.cases.ports.scanner import Clean, Infected
from functions.model.case import Case, CaseEvent
from functions.model.errors import (
    ContractError,
    FileMissing,
    FilesUnavailable,
    ScannerUnavailable,
    StoredTextUnreadable,
)
from functions.model.mail import OutboxMail

log = logging.getLogger("ombud.scan")


def scan(ports: Ports, has_time: Callable[[], bool] = lambda: True) -> int:
    """Scans waiting files until `has_time` is false; returns how many were scanned.

    The verdict is stored as an event before the file moves, so a repeated scan has the same
    result. A file stays `waiting` while scanner or file storage is unreachable, and if there is
    no scanner. Raises StoreError.
    """
    if ports.scanner is None:
        return 0
    scanned = 0
    try:
        for entry in ports.shelf.entries(WAITING):
            _, reference, id_ = entry.key.split("/")
            try:
                case = ports.store.case(reference)
            except StoredTextUnreadable as error:
                log.error("file %s stays unscanned: %s", id_, error)
                continue
            if case is None:
                continue
            try:
                verdict = ports.scanner.scan(ports.shelf.read(entry.key))
            except FileMissing:
                continue  # another worker has moved it
            _record(case, id_, verdict, ports)
            place = CLEARED if isinstance(verdict, Clean) else INFECTED
            ports.shelf.copy(entry.key, f"{place}/{reference}/{id_}")
            ports.shelf.remove(entry.key)
            scanned += 1
            if not has_time():
                break
    except (ScannerUnavailable, FilesUnavailable) as error:
        log.warning("files are still waiting to be scanned: %s", error)
    return scanned


def _record(case: Case, id_: str, verdict: Clean | Infected, ports: Ports) -> None:
    mails: tuple[OutboxMail, ...] = ()
    match verdict:
        case Clean():
            event = CaseEvent(at=ports.now(), type="file_cleared", detail=id_)
        case Infected(signature):
            log.warning("case %s: file %s is quarantined: %s", case.reference, id_, signature)
            event = CaseEvent(at=ports.now(), type="file_infected", detail=f"{id_} {signature}")
            try:
                mails = staff_mails(case, "infected", f"infected\0{id_}", ports)
            except ContractError as error:
                log.error(
                    "case %s: staff cannot be told of the infected file: %s", case.reference, error
                )
    ports.store.add_event(case.reference, event, mails, f"scan:{id_}")
