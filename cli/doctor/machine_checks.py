"""Checks this machine: whether its clock is kept, and whether it can draw PDFs."""

import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cli.doctor.installation import Installation
from cli.doctor.result import CheckResult, fault, good, note, warning
from functions.bootstrap import can_print

_ASK_NTP = ("timedatectl", "show", "--property=NTPSynchronized", "--value")
_TIMEOUT_SECONDS = 5
_ROUNDING = timedelta(minutes=1)


def machine_checks(installation: Installation) -> Iterator[CheckResult]:
    """The clock; and the libraries for PDF, which only this machine needs."""
    yield from _clock(installation)
    if installation.stack is None:
        if can_print():
            yield good("pdf", "receipts can be had as PDF")
        else:
            yield note("pdf", "receipts are text and HTML alone: Pango is not installed")


def _clock(installation: Installation) -> Iterator[CheckResult]:
    """Whether it is behind what was written here, and whether somebody keeps it."""
    newest = max((_written(place) for place in _places(installation)), default=installation.now)
    if newest > installation.now + _ROUNDING:
        yield fault(
            "clock",
            f"it says {installation.now:%Y-%m-%d %H:%M} UTC, and what is stored here is of "
            f"{newest:%Y-%m-%d %H:%M}",
            "set it by NTP: filings would be dated wrongly",
        )
        return
    match _kept():
        case True:
            yield good("clock", "it is kept by NTP")
        case False:
            yield warning("clock", "nobody keeps it", "switch NTP on: timedatectl set-ntp true")
        case None:
            yield note("clock", "nothing here says whether it is kept by NTP")


def _places(installation: Installation) -> Iterator[Path]:
    scheme, _, path = installation.environment.get("OMBUD_STORE", "").partition(":")
    places = [installation.out / "contracts" / "current.json"]
    if scheme == "sqlite":
        places += [Path(path + end) for end in ("", "-wal")]
    yield from (place for place in places if place.is_file())


def _written(place: Path) -> datetime:
    return datetime.fromtimestamp(place.stat().st_mtime, UTC)


def _kept() -> bool | None:
    """Whether systemd says that the clock is synchronised; None where nobody can be asked."""
    try:
        asked = subprocess.run(
            _ASK_NTP, capture_output=True, text=True, timeout=_TIMEOUT_SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return {"yes": True, "no": False}.get(asked.stdout.strip())
