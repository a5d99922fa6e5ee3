"""Backs up and restores the SQLite store with the attached files: both completely, or neither."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from shutil import rmtree

from functions.adapters.files.folder import FolderFileStorage
from functions.adapters.sqlite import archive
from functions.adapters.sqlite.schema import foreign_objects, prepare, running_objects
from functions.cases.ports.backup import BackedUp, Restored
from functions.cases.ports.file_storage import PLACES, UPLOADS
from functions.model.durable_files import sync
from functions.model.errors import BackupDamaged, BackupRefused, OmbudError, StoreError, StoreNewer
from functions.model.files.private_files import make_private

_SIDECARS = ("-wal", "-shm", "-journal")


def sqlite_file(address: str) -> Path:
    """Returns the file that OMBUD_STORE names. Raises BackupRefused if it is not SQLite."""
    scheme, _, path = address.partition(":")
    if scheme != "sqlite" or not path:
        raise BackupRefused(
            f"OMBUD_STORE is {address}: this command backs up sqlite:PATH only; "
            "DynamoDB keeps 35 days itself, see docs/operations.md"
        )
    return Path(path)


def files_folder(address: str) -> Path:
    """Returns the folder that OMBUD_ATTACHMENTS names. Raises BackupRefused if it is a bucket."""
    if not address:
        raise BackupRefused("OMBUD_STORE is set: OMBUD_ATTACHMENTS must be, too")
    if address.startswith("s3:"):
        raise BackupRefused(
            f"OMBUD_ATTACHMENTS is {address}: this command backs up a folder only, together with "
            "the store; see docs/operations.md"
        )
    return Path(address)


class SqliteBackup:
    """Backs up and restores a store in SQLite and a folder of files; see Backup."""

    def __init__(self, store: str, files: str) -> None:
        """Takes OMBUD_STORE and OMBUD_ATTACHMENTS. Raises BackupRefused if one is on AWS."""
        self._store, self._files = sqlite_file(store), files_folder(files)

    def save(self, file: Path) -> BackedUp:
        """See Backup."""
        return back_up(self._store, self._files, file)

    def restore(self, file: Path, replace: bool, now: datetime) -> Restored:
        """See Backup."""
        return restore(file, self._store, self._files, replace, now)


def back_up(store: Path, files: Path, file: Path) -> BackedUp:
    """Copies the store as of one moment, in use or not, and then its files, into `file`.

    Files are stored before the case that names them, so every file that the copy names exists.
    Raises BackupRefused; then `file` is not written.
    """
    if file.exists():
        raise BackupRefused(f"{file} exists and is not overwritten: name another file")
    copy, part = (file.with_name(f"{file.name}.{end}") for end in ("store", "part"))
    try:
        make_private(file.parent)
        cases = _copy(store, copy)
        _create_private(part)
        packed = archive.pack_archive(copy, files, part)
        archive.check_archive(part)
        sync(part)
        part.rename(file)
        sync(file.parent)
    except (OmbudError, OSError, sqlite3.Error) as error:
        raise BackupRefused(f"{store} cannot be copied to {file}: {error}") from error
    finally:
        for leftover in (copy, part):
            leftover.unlink(missing_ok=True)
    return BackedUp(cases, packed)


def restore(file: Path, store: Path, files: Path, replace: bool, now: datetime) -> Restored:
    """Replaces a store that nobody uses by a backup, and keeps the old store aside.

    Puts all files in place first, then exchanges the store in one step. If it is interrupted, the
    store is either the old or the new one, with its files. Raises BackupRefused if the store has
    cases and `replace` is false, or if store or backup is damaged; then the store is unchanged.
    """
    draft, drafts = store.with_name(f"{store.name}.restoring"), files / "restoring"
    try:
        keys = archive.unpack_archive(file, draft, drafts)
        cases, owed = _examine(draft, file)
        _check_replaceable(store, replace)
        aside = f"replaced-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        _keep_files(files, files / aside)
        _put_files(drafts, files, keys)
        old_store = _put_store(draft, store, store.with_name(f"{store.name}.{aside}"))
    except (OSError, sqlite3.Error) as error:
        raise BackupRefused(f"{store} cannot be restored from {file}: {error}") from error
    finally:
        draft.unlink(missing_ok=True)
        rmtree(drafts, ignore_errors=True)
    return Restored(cases, owed, len(keys), old_store)


def _examine(draft: Path, file: Path) -> tuple[int, int]:
    """Brings the store of a backup to this release; returns the numbers of cases and owed mails.

    Raises BackupRefused if a later release wrote it, BackupDamaged if anything in it is not
    Ombud's: a trigger would run with each filing, and mark mails as sent that were not.
    """
    try:
        with closing(_open(draft)) as copy:
            copy.execute("PRAGMA trusted_schema = OFF")
            copy.execute("PRAGMA journal_mode = DELETE")
            if running := running_objects(copy):
                raise BackupDamaged(f"{file} is not a backup of Ombud: it has a {running[0]}")
            counts = _check_integrity(copy, file)
            prepare(copy, f"the store in {file}")
            if foreign := foreign_objects(copy):
                raise BackupDamaged(f"{file} is not a backup of Ombud: {foreign[0]} differs")
            return counts
    except StoreNewer as error:
        raise BackupRefused(str(error)) from error
    except StoreError as error:
        raise BackupDamaged(str(error)) from error
    except sqlite3.DatabaseError as error:
        raise BackupDamaged(f"{file} is damaged: {error}") from error


def _copy(source: Path, target: Path) -> int:
    """Copies and checks a store; returns the number of its cases."""
    _create_private(target)
    with closing(_open(source)) as original, closing(_open(target)) as copy:
        original.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
        cases, _ = _check_integrity(copy, source)
    return cases


def _create_private(file: Path) -> None:
    """Creates an empty file that only its owner can read: cases are confidential."""
    file.unlink(missing_ok=True)
    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _check_integrity(copy: sqlite3.Connection, source: Path) -> tuple[int, int]:
    """Returns the numbers of cases and of owed mails. Raises BackupRefused if it is damaged."""
    findings = [line for (line,) in copy.execute("PRAGMA integrity_check") if line != "ok"]
    findings += [f"stray row in {table}" for table, *_ in copy.execute("PRAGMA foreign_key_check")]
    if findings:
        raise BackupDamaged(f"{source} is damaged: {findings[0].splitlines()[-1]}")
    owed = "SELECT count(*) FROM outbox WHERE state = 'owed'"
    return _count(copy, "SELECT count(*) FROM cases"), _count(copy, owed)


def _check_replaceable(store: Path, replace: bool) -> None:
    """Raises BackupRefused if the store is in use, or has cases and `replace` is false."""
    if not store.exists():
        return
    try:
        with closing(_open(store)) as db:
            # SQLite refuses this while another process has the file open. It also empties the log.
            db.execute("PRAGMA journal_mode = DELETE")
            cases = _count(db, "SELECT count(*) FROM cases")
    except sqlite3.Error as error:
        if error.sqlite_errorname == "SQLITE_BUSY":
            raise BackupRefused(f"{store} is in use: stop the server first") from error
        if not replace:
            raise BackupRefused(
                f"{store} cannot be read ({error}); --replace puts it aside unread"
            ) from error
        return
    if cases and not replace:
        raise BackupRefused(f"{store} has {cases} cases; --replace puts it aside")


def _keep_files(files: Path, aside: Path) -> None:
    """Links the old store's files below `aside`: the new store removes those it does not name."""
    for place in (UPLOADS, *PLACES):
        for entry in FolderFileStorage(str(files)).entries(place):
            link = aside / entry.key
            make_private(link.parent)
            if not link.exists():
                os.link(files / entry.key, link)


def _put_files(drafts: Path, files: Path, keys: tuple[str, ...]) -> None:
    for key in keys:
        make_private((files / key).parent)
        os.replace(drafts / key, files / key)
    for folder in {parent for key in keys for parent in (files / key).parents[:3]}:
        sync(folder)


def _put_store(draft: Path, store: Path, aside: Path) -> Path | None:
    """Replaces the store by the draft; returns where the old store is now, or None.

    Moves the old log away first: SQLite would replay it into the new store.
    """
    for suffix in _SIDECARS:
        sidecar = store.with_name(f"{store.name}{suffix}")
        if sidecar.exists():
            sidecar.rename(f"{aside}{suffix}")
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
