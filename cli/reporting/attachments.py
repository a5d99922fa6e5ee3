"""Exports a case's attachments for staff who do not use the desk."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from functions.cases.ports.file_storage import CLEARED, WAITING
from functions.cases.ports.ports import Ports
from functions.model.attachment import ScanState, last_bytes
from functions.model.case import Case
from functions.model.case_log import case_files, scan_states
from functions.model.durable_files import write_whole
from functions.model.errors import FileMissing
from functions.model.files.private_files import make_private
from functions.model.reference import read_reference
from site_src.errors import CaseUnknown

_MOST_BYTES = 255
"""The longest name of a file on Linux, macOS and Windows, here in bytes."""


@dataclass(frozen=True)
class Handed:
    """A file of a case; `path` is None if the file was not written."""

    name: str
    sha256: str
    state: ScanState
    path: Path | None


def hand_over(reference: str, folder: Path, ports: Ports) -> tuple[Handed, ...]:
    """Writes the files of a case and of its acts into `folder`, numbered from 1; reports each.

    Never writes a file that holds malware. Raises CaseUnknown and FilesUnavailable.
    """
    known_reference = read_reference(reference)
    case = ports.store.case(known_reference) if known_reference else None
    if case is None:
        raise CaseUnknown(
            f"there is no case {reference!r}; compare the reference with the notice mail"
        )
    make_private(folder)
    return tuple(_write_files(case, folder, ports))


def _write_files(case: Case, folder: Path, ports: Ports) -> Iterator[Handed]:
    events = ports.store.events(case.reference)
    states = scan_states(case, events)
    files = {file.id: file for file in case_files(case, events)}
    for number, attachment in enumerate(files.values(), 1):
        state = states[attachment.id]
        content = None
        if state != "infected":
            content = _read_content(case.reference, attachment.id, ports)
        path = folder / file_name(f"{case.reference}-{number}-", attachment.name)
        if content is not None:
            write_whole(path, content, private=True)
        written = None if content is None else path
        yield Handed(attachment.name, attachment.sha256, state, written)


def file_name(start: str, name: str) -> str:
    """A name that fits into a file system; releases before 0.2.0 kept longer names of files."""
    return start + last_bytes(name, _MOST_BYTES - len(start.encode()))


def _read_content(reference: str, id_: str, ports: Ports) -> bytes | None:
    for place in (CLEARED, WAITING):
        try:
            return ports.shelf.read(f"{place}/{reference}/{id_}")
        except FileMissing:
            continue
    return None
