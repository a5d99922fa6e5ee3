"""Backup and restore of the SQLite store: each file is whole and examined, or not there."""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from functions.adapters.durable import sync
from functions.errors import BackupRefused

_SIDECARS = ("-wal", "-shm", "-journal")


@dataclass(frozen=True)
class Restored:
    """What a store has after its restore, and where the store that it replaced lies now."""

    cases: int
    owed: int
    aside: Path | None


def sqlite_file(address: str) -> Path:
    """The file of an OMBUD_STORE. Raises BackupRefused where it is no SQLite."""
    scheme, _, path = address.partition(":")
    if scheme != "sqlite" or not path:
        raise BackupRefused(
            f"OMBUD_STORE is {address}: only sqlite:PATH is backed up here; "
            "DynamoDB keeps 35 days itself, see docs/operations.md"
        )
    return Path(path)


def back_up(store: Path, file: Path) -> int:
    """Copies a store as it is at one moment, in use or not; returns how many cases it has.

    Raises BackupRefused; then no `file` is written.
    """
    if file.exists():
        raise BackupRefused(f"{file} is there already and stays as it is: name another file")
    cases, _ = _copy(store, file)
    return cases


def restore(file: Path, store: Path, replace: bool, now: datetime) -> Restored:
    """Puts a backup in the place of a store that nobody uses; what was there is kept aside.

    Raises BackupRefused, where the store has cases and `replace` does not say that they
    may go, and for all that is wrong with either; then the store is as it was.
    """
    draft = store.with_name(f"{store.name}.restoring")
    cases, owed = _copy(file, draft)
    try:
        _check_replaceable(store, replace)
        aside = _put_aside(store, now)
        draft.rename(store)
        sync(store.parent)
    except BackupRefused:
        draft.unlink()
        raise
    except OSError as error:
        raise BackupRefused(f"{store} cannot be replaced by {draft}: {error}") from error
    return Restored(cases, owed, aside)


def _copy(source: Path, target: Path) -> tuple[int, int]:
    """Copies, examines and then names the copy `target`; returns its cases and owed mails."""
    part = target.with_name(f"{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # Nobody but the owner reads what people told in confidence.
        os.close(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
        with closing(_open(source)) as read, closing(_open(part)) as copy:
            read.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, with no log beside it
            counted = _examined(copy, source)
        sync(part)
        part.rename(target)
        sync(target.parent)
    except (sqlite3.Error, OSError) as error:
        part.unlink(missing_ok=True)
        raise BackupRefused(f"{source} cannot be copied to {target}: {error}") from error
    except BackupRefused:
        part.unlink(missing_ok=True)
        raise
    return counted


def _examined(copy: sqlite3.Connection, source: Path) -> tuple[int, int]:
    """How many cases and owed mails. Raises BackupRefused where anything is amiss."""
    findings = [said for (said,) in copy.execute("PRAGMA integrity_check") if said != "ok"]
    findings += [f"stray row in {table}" for table, *_ in copy.execute("PRAGMA foreign_key_check")]
    if findings:
        raise BackupRefused(f"{source} is damaged: {findings[0]}")
    owed = "SELECT count(*) FROM outbox WHERE state = 'owed'"
    return _count(copy, "SELECT count(*) FROM cases"), _count(copy, owed)


def _check_replaceable(store: Path, replace: bool) -> None:
    """Raises BackupRefused where the store is in use, or has cases that nobody gave up."""
    if not store.exists():
        return
    try:
        with closing(_open(store)) as db:
            # Refused while any other process has the file open; and it empties the log.
            db.execute("PRAGMA journal_mode = DELETE")
            cases = _count(db, "SELECT count(*) FROM cases")
    except sqlite3.Error as error:
        if error.sqlite_errorname == "SQLITE_BUSY":
            raise BackupRefused(f"{store} is in use: stop the server first") from error
        if not replace:
            raise BackupRefused(
                f"{store} cannot be read ({error}); --replace puts it aside all the same"
            ) from error
        return
    if cases and not replace:
        raise BackupRefused(f"{store} has {cases} cases; --replace puts it aside")


def _put_aside(store: Path, now: datetime) -> Path | None:
    """Renames the store with its logs; a log that stayed would be read into the next store."""
    aside = store.with_name(f"{store.name}.replaced-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    for suffix in (*_SIDECARS, ""):
        there = store.with_name(f"{store.name}{suffix}")
        if there.exists():
            there.rename(f"{aside}{suffix}")
    return aside if aside.exists() else None


def _open(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=rw", uri=True, isolation_level=None)


def _count(db: sqlite3.Connection, query: str) -> int:
    (number,) = db.execute(query).fetchone()
    return int(number)
