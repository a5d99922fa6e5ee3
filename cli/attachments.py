"""Hands the files of a case over to staff: nothing serves them, so this is how they are had."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from functions.cases.ports.file_storage import CLEARED, WAITING
from functions.cases.ports.ports import Ports
from functions.model.attachment import ScanState
from functions.model.case import Case
from functions.model.case_log import scan_states
from functions.model.errors import FileMissing
from functions.model.reference import read_reference
from site_src.errors import CaseUnknown


@dataclass(frozen=True)
class Handed:
    """A file of a case; without `path` it was not handed over."""

    name: str
    sha256: str
    state: ScanState
    path: Path | None


def hand_over(reference: str, folder: Path, ports: Ports) -> tuple[Handed, ...]:
    """Writes the files of a case into `folder`, numbered; never one that holds malware.

    Raises CaseUnknown, or FilesUnavailable.
    """
    known = read_reference(reference)
    case = ports.store.case(known) if known else None
    if case is None:
        raise CaseUnknown(f"there is no case {reference!r}; compare it with the notice")
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(_hand_over(case, folder, ports))


def _hand_over(case: Case, folder: Path, ports: Ports) -> Iterator[Handed]:
    states = scan_states(case, ports.store.events(case.reference))
    for number, one in enumerate(case.attachments, 1):
        state = states[one.id]
        content = None if state == "infected" else _content(case.reference, one.id, ports)
        path = folder / f"{case.reference}-{number}-{one.name}"
        if content is not None:
            path.write_bytes(content)
        yield Handed(one.name, one.sha256, state, None if content is None else path)


def _content(reference: str, id_: str, ports: Ports) -> bytes | None:
    for place in (CLEARED, WAITING):
        try:
            return ports.shelf.read(f"{place}/{reference}/{id_}")
        except FileMissing:
            continue
    return None
