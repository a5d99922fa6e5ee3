"""Writes one case for the archive: its data, a page to read and to print, and its files."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from json import dumps
from pathlib import Path

from functions.cases.open_case import open_case
from functions.cases.ports.file_storage import CLEARED, WAITING
from functions.cases.ports.ports import Ports
from functions.cases.ports.printer import PaperDocument
from functions.cases.subject_rights import whole_case
from functions.model.attachment import Attachment, ScanState, last_bytes
from functions.model.case import Case
from functions.model.case_log import CaseState
from functions.model.desk.chain import first_broken, is_cut_off
from functions.model.durable_files import sync, write_whole
from functions.model.errors import FileMissing
from functions.views.desk.archived_case import ArchivedFile, archived_case, attachments_of
from functions.views.desk.pages import Frame

_DATA, _PAGE, _PAPER, _FILES = "case.json", "case.html", "case.pdf", "files"
_MOST_BYTES = 200
"""Of the name of a file, with the number before it: every file system takes so many."""


@dataclass(frozen=True)
class ArchivedCase:
    """A case in the archive; `broken` means that its log is not whole, `missing` are its files
    that are not there, each with why.
    """

    reference: str
    kind: str
    received_at: datetime
    retained_until: datetime
    state: CaseState
    files: tuple[str, ...]
    missing: tuple[str, ...]
    broken: bool


def archive_case(case: Case, folder: Path, frame: Frame, kept: str, ports: Ports) -> ArchivedCase:
    """Writes a case into a folder of its own below `folder`; leaves one that is whole as it is.

    `kept` is the head of its log by a summary that was read before.

    Raises StoredTextUnreadable, ContractError, StoreError, FilesUnavailable, OSError.
    """
    events = ports.store.events(case.reference)
    file = open_case(case, ports, (frame.language,), events)
    broken = first_broken(ports.keys, case.reference, events)
    cut_off = is_cut_off(events, kept)
    is_whole = broken is None and not cut_off
    contents, missing = _files(attachments_of(file, events), case.reference, file.scans, ports)
    looks = [look.model_dump(mode="json") for look in ports.lists.looks(case.reference)]
    data = whole_case(case, ports.store) | {"looks": looks, "log_is_whole": is_whole}
    written = f"{dumps(data, ensure_ascii=False, indent=1)}\n".encode()
    place = folder / case.reference
    if not _is_whole(place, written, contents):
        shown = [
            ArchivedFile(each.name, each.sha256, name if name in contents else "")
            for each, name in _named(attachments_of(file, events))
        ]
        page = archived_case(file, events, shown, broken, cut_off, frame)
        parts = {_DATA: written, _PAGE: page.encode()} | {
            f"{_FILES}/{name}": content for name, content in contents.items()
        }
        if ports.printer is not None:
            paper = PaperDocument(case.reference, case.received_at, page, written.decode())
            parts[_PAPER] = ports.printer.pdf(paper)
        _place(place, parts)
    return ArchivedCase(
        reference=case.reference,
        kind=case.kind,
        received_at=case.received_at,
        retained_until=case.retained_until,
        state=file.progress.state,
        files=tuple(contents),
        missing=missing,
        broken=not is_whole,
    )


def _named(attachments: tuple[Attachment, ...]) -> list[tuple[Attachment, str]]:
    """Each file with its name in the archive: numbered, as two may have one name."""
    return [
        (each, f"{number:02}-{last_bytes(each.name, _MOST_BYTES)}")
        for number, each in enumerate(attachments, 1)
    ]


def _files(
    attachments: tuple[Attachment, ...],
    reference: str,
    scans: Mapping[str, ScanState],
    ports: Ports,
) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The contents of the files by their names in the archive, and why others are not there.

    What holds malware is never written.
    """
    contents: dict[str, bytes] = {}
    missing: list[str] = []
    for each, name in _named(attachments):
        if scans.get(each.id) == "infected":
            missing.append(f"{reference}, {each.name}: it holds malware")
        elif (content := _content(reference, each, ports)) is None:
            missing.append(f"{reference}, {each.name}: it is not in the file storage")
        elif sha256(content).hexdigest() != each.sha256:
            missing.append(f"{reference}, {each.name}: it is not the file that was sent")
        else:
            contents[name] = content
    return contents, tuple(missing)


def _content(reference: str, attachment: Attachment, ports: Ports) -> bytes | None:
    for place in (CLEARED, WAITING):
        try:
            return ports.shelf.read(f"{place}/{reference}/{attachment.id}")
        except FileMissing:
            continue
    return None


def _is_whole(place: Path, data: bytes, contents: dict[str, bytes]) -> bool:
    """Whether an earlier run wrote the case as it is now; a folder appears only when complete."""
    try:
        return (place / _DATA).read_bytes() == data and all(
            (place / _FILES / name).read_bytes() == content for name, content in contents.items()
        )
    except FileNotFoundError:
        return False


def _place(place: Path, parts: dict[str, bytes]) -> None:
    """Writes the parts of a case beside its place, then moves them there together."""
    draft = place.with_name(f".{place.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    for name, content in parts.items():
        path = draft / name
        path.parent.mkdir(mode=0o700, exist_ok=True)
        write_whole(path, content, private=True, durable=True)
    shutil.rmtree(place, ignore_errors=True)
    os.replace(draft, place)
    sync(place.parent)
