"""Writes the archive of a year: a folder for each case, an index, and the digest of every file.

An archive that was interrupted is continued: it is written beside its place, and takes its place
only when it is whole.
"""

import csv
import os
import shutil
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

from cli.reporting.archived_files import ArchivedCase, archive_case
from cli.reporting.due_cases import refresh_due
from functions.cases.ports.ports import Ports
from functions.cases.statistics.measured_cases import filed
from functions.model.contract.directory import Directory
from functions.model.durable_files import sync, write_whole
from functions.model.errors import ContractDamaged, ContractMissing, StoredTextUnreadable
from functions.views.desk.pages import Frame
from functions.views.desk.report.case_table import safe_cell
from site_src.errors import RecordsUnreadable

ARCHIVE_MANIFEST = "manifest.sha256"
"""As `sha256sum --check` reads it."""

INDEX = "index.csv"
_CASES = "cases"

_WARNED_BEFORE = timedelta(days=90)


@dataclass(frozen=True)
class YearArchive:
    """An archive, how many cases and files of cases it has, and what whoever made it must know.

    `ending` are cases whose retention ends within ninety days, `broken` those whose log is not
    whole, `unreadable` cases and files that are missing.
    """

    folder: Path
    cases: int
    files: int
    ending: tuple[tuple[str, date], ...]
    broken: tuple[str, ...]
    unreadable: tuple[str, ...]


def write_archive(directory: Directory, year: int, out: Path, ports: Ports) -> YearArchive:
    """Writes the cases that an organisation received in a year by its clock.

    Raises RecordsUnreadable if the year is not over or the archive is there already,
    ContractError, StoreError, FilesUnavailable, OSError.
    """
    zone = ZoneInfo(directory.timezone)
    begin, end = (datetime(each, 1, 1, tzinfo=zone) for each in (year, year + 1))
    if ports.now() < end:
        raise RecordsUnreadable(
            f"the year {year} is not over: its archive is written once, after it"
        )
    name = f"{ports.contracts.current().address_of(directory.organisation)}-{year}"
    place, draft = out / name, out / f".{name}.partial"
    if place.exists():
        raise RecordsUnreadable(f"{place} is there already; move it away, or choose another --out")
    draft.mkdir(parents=True, exist_ok=True, mode=0o700)
    (draft / _CASES).mkdir(exist_ok=True, mode=0o700)
    stale = refresh_due(directory, ports)
    frame = Frame.of(directory)
    archived: list[ArchivedCase] = []
    unreadable = {
        case.reference: case.why
        for case in stale
        if case.received_at is None or begin <= case.received_at < end
    }
    for summary in filed(directory.organisation, begin, end, ports):
        try:
            case = ports.store.case(summary.reference)
            if case is None:
                continue
            archived.append(archive_case(case, draft / _CASES, frame, summary.head, ports))
        except (ContractMissing, ContractDamaged, StoredTextUnreadable) as error:
            unreadable[summary.reference] = str(error)
        else:
            unreadable.pop(summary.reference, None)
    _remove_others(draft, archived)
    write_whole(draft / INDEX, _index(archived, zone), private=True, durable=True)
    write_whole(draft / ARCHIVE_MANIFEST, _manifest(draft), private=True, durable=True)
    os.replace(draft, place)
    sync(out)
    soon = ports.now() + _WARNED_BEFORE
    return YearArchive(
        folder=place,
        cases=len(archived),
        files=sum(len(case.files) for case in archived),
        ending=tuple(
            (case.reference, case.retained_until.astimezone(zone).date())
            for case in archived
            if case.retained_until <= soon
        ),
        broken=tuple(case.reference for case in archived if case.broken),
        unreadable=(
            *(f"case {reference}: {why}" for reference, why in unreadable.items()),
            *(missing for case in archived for missing in case.missing),
        ),
    )


def _remove_others(draft: Path, archived: list[ArchivedCase]) -> None:
    """Removes what an interrupted run left of cases that were erased since."""
    known = {case.reference for case in archived}
    for folder in (draft / _CASES).iterdir():
        if folder.name not in known:
            shutil.rmtree(folder)


def _index(archived: list[ArchivedCase], zone: ZoneInfo) -> bytes:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(
        ("reference", "kind", "received", "state", "kept_until", "files", "log_is_whole", "folder")
    )
    for case in archived:
        row = (
            case.reference,
            case.kind,
            f"{case.received_at.astimezone(zone):%Y-%m-%d %H:%M}",
            case.state,
            f"{case.retained_until.astimezone(zone):%Y-%m-%d}",
            str(len(case.files)),
            "no" if case.broken else "yes",
            f"{_CASES}/{case.reference}",
        )
        writer.writerow(map(safe_cell, row))
    return f"\ufeff{out.getvalue()}".encode()


def _manifest(draft: Path) -> bytes:
    """The digest of every file but the manifest itself, in the order of their names."""
    files = sorted(
        path for path in draft.rglob("*") if path.is_file() and path.name != ARCHIVE_MANIFEST
    )
    lines = (
        f"{sha256(path.read_bytes()).hexdigest()}  {path.relative_to(draft)}\n" for path in files
    )
    return "".join(lines).encode()
