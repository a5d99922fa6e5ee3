"""Scanning for malware: a file of a case waits until a scanner clears it or sets it aside."""

import logging
from collections.abc import Callable

from functions.cases.notifications import staff_mails
from functions.cases.ports.file_storage import CLEARED, INFECTED, WAITING
from functions.cases.ports.ports import Ports
from functions.cases.ports.scanner import Clean, Infected
from functions.model.case import Case, CaseEvent
from functions.model.errors import ContractError, FileMissing, FilesUnavailable, ScannerUnavailable
from functions.model.mail import OutboxMail

log = logging.getLogger("ombud.scan")


def scan(ports: Ports, has_time: Callable[[], bool] = lambda: True) -> int:
    """Scans what waits, asking after each file whether to go on; returns how many were scanned.

    The verdict is an event of the case before the file moves: done twice, it is the same. A
    scanner or shelf that is away leaves the file waiting. Without a scanner all files wait.
    """
    if ports.scanner is None:
        return 0
    scanned = 0
    try:
        for entry in ports.shelf.entries(WAITING):
            _, reference, id_ = entry.key.split("/")
            if (case := ports.store.case(reference)) is None:
                continue
            try:
                verdict = ports.scanner.scan(ports.shelf.read(entry.key))
            except FileMissing:
                continue  # another worker was quicker
            _record(case, id_, verdict, ports)
            place = CLEARED if isinstance(verdict, Clean) else INFECTED
            ports.shelf.copy(entry.key, f"{place}/{reference}/{id_}")
            ports.shelf.remove(entry.key)
            scanned += 1
            if not has_time():
                break
    except (ScannerUnavailable, FilesUnavailable) as error:
        log.warning("files wait to be scanned: %s", error)
    return scanned


def _record(case: Case, id_: str, verdict: Clean | Infected, ports: Ports) -> None:
    mails: tuple[OutboxMail, ...] = ()
    match verdict:
        case Clean():
            event = CaseEvent(at=ports.now(), type="file_cleared", detail=id_)
        case Infected(signature):
            log.warning("case %s: file %s is set aside: %s", case.reference, id_, signature)
            event = CaseEvent(at=ports.now(), type="file_infected", detail=f"{id_} {signature}")
            try:
                mails = staff_mails(case, "infected", f"infected\0{id_}", ports)
            except ContractError as error:
                log.error("case %s: nobody can be told: %s", case.reference, error)
    ports.store.add_event(case.reference, event, mails, f"scan:{id_}")
