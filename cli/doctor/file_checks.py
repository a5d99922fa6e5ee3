"""Checks attached files: whether one can be stored, read and removed, and who scans them."""

import os
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex

from cli.doctor.installation import Installation
from cli.doctor.result import CheckResult, fault, good, note, warning
from functions.cases.ports.file_storage import UPLOADS
from functions.cases.ports.scanner import Clean, Scanner
from functions.model.errors import FileStorageError, ScannerUnavailable, SettingInvalid

_CONTENT = b"doctor"
_EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""What every scanner calls malware, and harms nobody (eicar.org); in two parts for scanners of
source code."""


def file_checks(installation: Installation) -> Iterator[CheckResult]:
    """The place of attached files, then the scanner."""
    if installation.parts is None:
        return
    place = installation.environment["OMBUD_ATTACHMENTS"]
    if place.startswith("s3:") or Path(place).is_dir():
        yield _stored(installation, place)
    else:
        yield missing_folder("files", Path(place))
    try:
        scanner = installation.parts.scanner
    except SettingInvalid as error:
        yield fault("scanner", str(error), "docs/settings.md says what it takes")
        return
    if scanner is None:
        yield note("scanner", "OMBUD_SCAN is none: notices say that nobody scanned the files")
        return
    yield _scanned(scanner, installation.environment["OMBUD_SCAN"])


def missing_folder(subject: str, folder: Path) -> CheckResult:
    """Whether a folder that is not there could be made."""
    if folder.exists():
        return fault(subject, f"{folder} is no folder", "name another place, or move the file away")
    above = next(place for place in folder.resolve().parents if place.exists())
    if not above.is_dir() or not os.access(above, os.W_OK | os.X_OK):
        return fault(subject, f"{folder} cannot be made in {above}", "make it, for its owner alone")
    return note(subject, f"none yet: {folder} is made when it is needed")


def _stored(installation: Installation, place: str) -> CheckResult:
    assert installation.parts is not None
    key = f"{UPLOADS}/{token_hex(16)}"
    try:
        shelf = installation.parts.shelf
        shelf.put(key, _CONTENT)
        content = shelf.read(key)
        shelf.remove(key)
    except (SettingInvalid, FileStorageError) as error:
        return fault("files", f"{place}: {error}", "see that it can be written with these rights")
    if content != _CONTENT:
        return fault("files", f"{place} returns another file than it got", "look at the disk")
    return good("files", f"{place} stores, returns and removes a file")


def _scanned(scanner: Scanner, address: str) -> CheckResult:
    try:
        ordinary, malware = scanner.scan(_CONTENT), scanner.scan(_EICAR)
    except ScannerUnavailable as error:
        return fault("scanner", f"{address}: {error}", "start clamd; until then files wait")
    if not isinstance(ordinary, Clean):
        return fault("scanner", f"{address} calls anything malware", "look at its signatures")
    if isinstance(malware, Clean):
        return warning(
            "scanner", f"{address} does not know EICAR's test file", "run freshclam: no signatures"
        )
    return good("scanner", f"{address} finds EICAR's test file, and nothing in another")
