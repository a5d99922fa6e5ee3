"""Backup and restore of the SQLite store and the attached files: both whole, or nothing."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from shutil import rmtree

from functions.adapters.files.folder import FolderFileStorage
from functions.adapters.sqlite import archive
from functions.cases.ports.backup import BackedUp, Restored
from functions.cases.ports.file_storage import PLACES, UPLOADS
from functions.model.durable_files import sync
from functions.model.errors import BackupRefused, OmbudError

_SIDECARS = ("-wal", "-shm", "-journal")


def sqlite_file(address: str) -> Path:
    """The file of an OMBUD_STORE. Raises BackupRefused where it is no SQLite."""
    scheme, _, path = address.partition(":")
    if scheme != "sqlite" or not path:
        raise BackupRefused(
            f"OMBUD_STORE is {address}: only sqlite:PATH is backed up here; "
            "DynamoDB keeps 35 days itself, see docs/operations.md"
        )
    return Path(path)


def files_folder(address: str) -> Path:
    """The folder of an OMBUD_ATTACHMENTS. Raises BackupRefused where it is a bucket."""
    if not address:
        raise BackupRefused("OMBUD_STORE is set: OMBUD_ATTACHMENTS must be, too")
    if address.startswith("s3:"):
        raise BackupRefused(
            f"OMBUD_ATTACHMENTS is {address}: only a folder is backed up here, and only together "
            "with the store; see docs/operations.md"
        )
    return Path(address)


class SqliteBackup:
    """The backup of a store in SQLite and a folder of files."""

    def __init__(self, store: str, files: str) -> None:
        """Takes OMBUD_STORE and OMBUD_ATTACHMENTS. Raises BackupRefused where one is on AWS."""
        self._store, self._files = sqlite_file(store), files_folder(files)

    def save(self, file: Path) -> BackedUp:
        """See Backup."""
        return back_up(self._store, self._files, file)

    def restore(self, file: Path, replace: bool, now: datetime) -> Restored:
        """See Backup."""
        return restore(file, self._store, self._files, replace, now)


def back_up(store: Path, files: Path, file: Path) -> BackedUp:
    """Copies a store as it is at one moment, in use or not, and then the files it names.

    Files are stored before the case that names them, so what the copy names is there. Raises
    BackupRefused; then no `file` is written.
    """
    if file.exists():
        raise BackupRefused(f"{file} is there already and stays as it is: name another file")
    copy, part = (file.with_name(f"{file.name}.{end}") for end in ("store", "part"))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        cases = _copy(store, copy)
        _new(part)
        packed = archive.pack_archive(copy, files, part)
        archive.check_archive(part)
        sync(part)
        part.rename(file)
        sync(file.parent)
    except (OmbudError, OSError, sqlite3.Error) as error:
        raise BackupRefused(f"{store} cannot be copied to {file}: {error}") from error
    finally:
        for left in (copy, part):
            left.unlink(missing_ok=True)
    return BackedUp(cases, packed)


def restore(file: Path, store: Path, files: Path, replace: bool, now: datetime) -> Restored:
    """Puts a backup in the place of a store that nobody uses; what was there is kept aside.

    All files are there before the store that names them takes its place, in one step: whenever
    this is cut off, the store is the old one or the new one, with its files. Raises BackupRefused,
    where the store has cases and `replace` does not say that they may go, and for all that is
    wrong with either; then the store is as it was.
    """
    draft, drafts = store.with_name(f"{store.name}.restoring"), files / "restoring"
    try:
        keys = archive.unpack_archive(file, draft, drafts)
        with closing(_open(draft)) as copy:
            cases, owed = _examined(copy, file)
        _check_replaceable(store, replace)
        aside = f"replaced-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        _keep_files(files, files / aside)
        _put_files(drafts, files, keys)
        kept = _put_store(draft, store, store.with_name(f"{store.name}.{aside}"))
    except (OSError, sqlite3.Error) as error:
        raise BackupRefused(f"{store} cannot be restored from {file}: {error}") from error
    finally:
        draft.unlink(missing_ok=True)
        rmtree(drafts, ignore_errors=True)
    return Restored(cases, owed, len(keys), kept)


def _copy(source: Path, target: Path) -> int:
    """Copies and examines; returns how many cases there are."""
    _new(target)
    with closing(_open(source)) as read, closing(_open(target)) as copy:
        read.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, with no log beside it
        cases, _ = _examined(copy, source)
    return cases


def _new(file: Path) -> None:
    """Nobody but the owner reads what people told in confidence."""
    file.unlink(missing_ok=True)
    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


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


def _keep_files(files: Path, aside: Path) -> None:
    """Gives what is there a second name: files that the next store does not know are tidied."""
    for place in (UPLOADS, *PLACES):
        for entry in FolderFileStorage(str(files)).entries(place):
            kept = aside / entry.key
            kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not kept.exists():
                os.link(files / entry.key, kept)


def _put_files(drafts: Path, files: Path, keys: tuple[str, ...]) -> None:
    for key in keys:
        (files / key).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.replace(drafts / key, files / key)
    for folder in {parent for key in keys for parent in (files / key).parents[:3]}:
        sync(folder)


def _put_store(draft: Path, store: Path, aside: Path) -> Path | None:
    """One store takes the other's place; a log that stayed would be read into the next one."""
    for suffix in _SIDECARS:
        there = store.with_name(f"{store.name}{suffix}")
        if there.exists():
            there.rename(f"{aside}{suffix}")
    if store.exists() and not (aside.exists() and aside.samefile(store)):
        os.link(store, aside)
    os.replace(draft, store)
    sync(store.parent)
    return aside if aside.exists() else None


def _open(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=rw", uri=True, isolation_level=None)


def _count(db: sqlite3.Connection, query: str) -> int:
    (number,) = db.execute(query).fetchone()
    return int(number)
