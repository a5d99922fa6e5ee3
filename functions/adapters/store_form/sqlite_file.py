"""Tells what a file is that OMBUD_STORE names, without changing it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from functions.adapters.sqlite.schema import (
    VERSION,
    foreign_objects,
    later_release,
    no_store,
)
from functions.cases.ports.store_state import (
    StoreAbsent,
    StoreForeign,
    StoreOlder,
    StoreReady,
    StoreState,
)


def examine_file(path: str) -> StoreState:
    """Reads the form of the store: opening it would make a file, or bring it to this release."""
    file = Path(path).resolve()
    if not file.exists():
        return StoreAbsent()
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as db:
            return _form_of(db, str(file))
    except sqlite3.Error as error:
        return StoreForeign(f"{file} cannot be read: {error}")


def _form_of(db: sqlite3.Connection, path: str) -> StoreState:
    (version,) = db.execute("PRAGMA user_version").fetchone()
    (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if version > VERSION:
        return StoreForeign(later_release(db, path))
    if 0 < version < VERSION:
        return StoreOlder(
            f"its tables are of version {version}, and the next start brings them to {VERSION}: "
            "back it up before"
        )
    if version == 0:
        return StoreForeign(no_store(path)) if tables else StoreAbsent()
    if foreign := foreign_objects(db):
        return StoreForeign(f"{path} is damaged, {foreign[0]} differs: restore a backup")
    return StoreReady()
