"""Checks who may read keys and data on this machine."""

import os
from collections.abc import Iterator
from pathlib import Path

from cli.doctor.installation import Installation
from cli.doctor.result import CheckResult, fault, good, note, warning
from functions.model.files.private_files import is_open_to_others


def key_checks(installation: Installation) -> Iterator[CheckResult]:
    """The file of each key, and the folder of cases, mails and files."""
    for name in ("OMBUD_KEY", "OMBUD_DATA_KEY"):
        scheme, _, place = installation.environment.get(name, "").partition(":")
        if name == "OMBUD_KEY" and installation.fresh:
            yield note("key", f"none yet: the first start makes {installation.data / 'key'}")
        elif scheme == "file":
            yield from _private("key", Path(place))
        elif scheme in ("secret", "kms"):
            yield good("key", f"{name} is {scheme}:{place}")
        elif scheme and name == "OMBUD_KEY":
            yield warning(
                "key",
                f"{name} has the key itself, which other programs of this user can read",
                "put it into a file of its owner alone and set file:PATH",
            )
    if installation.stack is None and installation.data.exists():
        yield from _private("data", installation.data)
    store, _, path = installation.environment.get("OMBUD_STORE", "").partition(":")
    if store == "sqlite":
        for end in ("", "-wal", "-shm"):
            yield from _private("data", Path(path + end), silent=True)


def _private(subject: str, place: Path, silent: bool = False) -> Iterator[CheckResult]:
    """Whether its owner alone may read it, and is who runs this."""
    if not place.exists():
        return
    mode = "700" if place.is_dir() else "600"
    if is_open_to_others(place):
        yield fault(subject, f"others on this machine can read {place}", f"chmod {mode} {place}")
        return
    owner = place.stat().st_uid
    if owner != os.geteuid():
        yield note(subject, f"{place} belongs to user {owner}, and user {os.geteuid()} looks at it")
    elif not silent:
        yield good(subject, f"{place} is for its owner alone")
