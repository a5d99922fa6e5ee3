"""The port of what copies a store with its attached files, and puts a copy in its place."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True)
class BackedUp:
    """What a backup has."""

    cases: int
    files: int


@dataclass(frozen=True)
class Restored:
    """What there is after a restore, and where the store that it replaced lies now."""

    cases: int
    owed: int
    files: int
    aside: Path | None


class Backup(Protocol):
    """Copies and restores cases and files: both whole, or nothing. Raises BackupRefused."""

    def save(self, file: Path) -> BackedUp:
        """Copies the store as it is at one moment, in use or not, and then the files it names.

        Where it is refused, no `file` is written.
        """

    def restore(self, file: Path, replace: bool, now: datetime) -> Restored:
        """Puts a copy in the place of a store that nobody uses; what was there is kept aside.

        Refused where the store has cases and `replace` does not say that they may go, and for
        all that is wrong with either; then the store is as it was.
        """
