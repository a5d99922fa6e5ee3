"""The port for backup and restore of a store with its attached files."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True)
class BackedUp:
    """How many cases and files a backup contains."""

    cases: int
    files: int


@dataclass(frozen=True)
class Restored:
    """Counts of restored cases, unsent mails and files; `aside` is the replaced store, if any."""

    cases: int
    owed: int
    files: int
    aside: Path | None


class Backup(Protocol):
    """Copies and restores cases and files completely or not at all. Raises BackupRefused."""

    def save(self, file: Path) -> BackedUp:
        """Copies a snapshot of the store, which may be in use, and then the files it names.

        If it is refused, `file` is not written.
        """

    def restore(self, file: Path, replace: bool, now: datetime) -> Restored:
        """Replaces a store that is not in use with a copy; the replaced store is kept aside.

        It is refused if the store has cases and `replace` is false, or if anything is wrong
        with the store or the copy; the store is then unchanged.
        """
