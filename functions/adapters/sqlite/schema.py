"""Defines the tables of the SQLite store, opens its file and migrates earlier versions.

Other tables name a case by number and not by reference. Numbers ascend, so rows that arrive
together are stored together, and a commit writes few pages (docs/performance.md).
"""

import re
import sqlite3
from contextlib import closing

from functions.model.errors import StoreError, StoreNewer
from functions.model.release import RELEASE

VERSION = 6
"""The `user_version` of the tables below; files from before cases were encrypted have 0."""

_ABOUT = "CREATE TABLE about (name TEXT PRIMARY KEY, content TEXT NOT NULL) WITHOUT ROWID, STRICT"
"""What a store says of itself: the `release` that made its tables, and the check of its `key`."""

_LINK = "ALTER TABLE events ADD COLUMN link TEXT NOT NULL DEFAULT ''"
"""Events in the order of their columns: the link of an act to the one before it comes last."""

_DESK = """
CREATE TABLE summaries (
    case_id INTEGER PRIMARY KEY REFERENCES cases ON DELETE CASCADE, content TEXT,
    head TEXT NOT NULL, next_due TEXT
) STRICT;
CREATE INDEX summaries_due ON summaries (next_due) WHERE next_due IS NOT NULL;
CREATE TABLE listed (
    organisation TEXT NOT NULL, holder TEXT NOT NULL, bucket TEXT NOT NULL, sort TEXT NOT NULL,
    case_id INTEGER NOT NULL REFERENCES cases ON DELETE CASCADE,
    PRIMARY KEY (organisation, holder, bucket, sort, case_id)
) WITHOUT ROWID, STRICT;
CREATE INDEX listed_of_case ON listed (case_id);
CREATE TABLE found_by (
    key TEXT NOT NULL, case_id INTEGER NOT NULL REFERENCES cases ON DELETE CASCADE,
    PRIMARY KEY (key, case_id)
) WITHOUT ROWID, STRICT;
CREATE INDEX found_by_of_case ON found_by (case_id);
CREATE TABLE looks (
    id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases ON DELETE CASCADE,
    content TEXT NOT NULL
) STRICT;
CREATE INDEX looks_of_case ON looks (case_id);
CREATE TABLE revoked (
    organisation TEXT NOT NULL, mark TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (organisation, mark)
) WITHOUT ROWID, STRICT;
CREATE TABLE totals (
    organisation TEXT NOT NULL, period TEXT NOT NULL, content TEXT NOT NULL,
    PRIMARY KEY (organisation, period)
) WITHOUT ROWID, STRICT"""
"""What the desk needs: see DeskStore. A case without a row in `summaries` is of an earlier release;
one whose `content` is NULL is new, and the sweep makes its summary."""

_SCHEMA = f"""
CREATE TABLE cases (
    id INTEGER PRIMARY KEY, reference TEXT NOT NULL UNIQUE, content TEXT NOT NULL,
    retained_until TEXT NOT NULL
) STRICT;
CREATE INDEX cases_by_end ON cases (retained_until);
CREATE TABLE events (
    id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases ON DELETE CASCADE,
    at TEXT NOT NULL, type TEXT NOT NULL, detail TEXT NOT NULL, link TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX events_of_case ON events (case_id);
CREATE TABLE event_keys (
    case_id INTEGER NOT NULL REFERENCES cases ON DELETE CASCADE, key TEXT NOT NULL,
    PRIMARY KEY (case_id, key)
) WITHOUT ROWID, STRICT;
CREATE TABLE outbox (
    message_id TEXT PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases ON DELETE CASCADE,
    type TEXT NOT NULL, recipient TEXT NOT NULL, language TEXT NOT NULL,
    attempts INTEGER NOT NULL, due_at TEXT, state TEXT NOT NULL, reason TEXT NOT NULL,
    settled_at TEXT, owed_at TEXT
) WITHOUT ROWID, STRICT;
CREATE INDEX outbox_due ON outbox (due_at) WHERE state = 'owed';
CREATE INDEX outbox_owed ON outbox (owed_at) WHERE state = 'owed';
CREATE INDEX outbox_of_case ON outbox (case_id);
CREATE TABLE idempotency (
    key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL,
    case_id INTEGER NOT NULL REFERENCES cases ON DELETE CASCADE, expires_at TEXT NOT NULL
) WITHOUT ROWID, STRICT;
CREATE INDEX idempotency_of_case ON idempotency (case_id);
CREATE TABLE counters (
    key TEXT PRIMARY KEY, count INTEGER NOT NULL, expires_at TEXT NOT NULL
) WITHOUT ROWID, STRICT;
CREATE INDEX counters_by_end ON counters (expires_at);
CREATE TABLE quotas (
    expires_at TEXT NOT NULL, key TEXT NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (expires_at, key)
) WITHOUT ROWID, STRICT;
{_DESK};
{_ABOUT};
INSERT INTO about VALUES ('release', '{RELEASE}');
PRAGMA user_version = {VERSION};
"""

_FROM_1 = (
    "ALTER TABLE outbox ADD COLUMN owed_at TEXT",
    "UPDATE outbox SET owed_at = due_at WHERE state = 'owed'",
)
"""Adds what version 1 lacks. It did not store since when a mail is owed; `due_at` stands in."""

_FROM_3 = (
    "ALTER TABLE failures RENAME TO counters",
    "DROP INDEX failures_by_end",
    "CREATE INDEX counters_by_end ON counters (expires_at)",
)
"""Renames the table `failures`: it now counts other things, too."""

_FROM_4 = (_ABOUT, f"INSERT INTO about VALUES ('release', '{RELEASE}')")
"""Adds the table in which a store says of itself what it is."""

_FROM_5 = (
    _LINK,
    *_DESK.split(";"),
    f"UPDATE about SET content = '{RELEASE}' WHERE name = 'release'",
    f"PRAGMA user_version = {VERSION}",
)
"""Adds what the desk needs."""

_RELEASE = re.compile(r"[0-9][0-9a-z.]{0,30}")

_TABLES = ("event_keys", "events", "outbox", "idempotency", "failures", "quotas", "cases")
"""The tables of version 2, in the order in which they are dropped: `cases` last, because others
refer to it."""

_COPY_FROM_2 = """
INSERT INTO cases
    SELECT NULL, reference, content, retained_until FROM old_cases ORDER BY retained_until;
INSERT INTO events
    SELECT o.id, c.id, at, type, detail, '' FROM old_events o JOIN cases c USING (reference);
INSERT INTO event_keys
    SELECT c.id, key FROM old_event_keys JOIN cases c USING (reference);
INSERT INTO outbox
    SELECT message_id, c.id, type, recipient, language, attempts, due_at, state, reason,
        settled_at, owed_at FROM old_outbox JOIN cases c USING (reference);
INSERT INTO idempotency
    SELECT key, fingerprint, c.id, expires_at FROM old_idempotency JOIN cases c USING (reference);
INSERT INTO counters SELECT key, count, expires_at FROM old_failures;
INSERT INTO quotas SELECT expires_at, key, count FROM old_quotas;
"""
"""Fills the tables from those of version 2, in which other tables named a case by its reference."""


def open_database(path: str, busy_seconds: float) -> sqlite3.Connection:
    """Opens a connection that waits `busy_seconds` for a locked file and overwrites deleted rows.

    Commits are durable: the log is synced at each.
    """
    connection = sqlite3.connect(
        path, timeout=busy_seconds, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    return connection


def prepare(connection: sqlite3.Connection, path: str) -> None:
    """Creates the tables in a new file, or migrates a file of an earlier version.

    Raises StoreNewer for a file of a later release, StoreError for what is no store.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        _migrate(connection, path)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _migrate(db: sqlite3.Connection, path: str) -> None:
    """Brings the tables to this version. The caller provides the transaction."""
    (version,) = db.execute("PRAGMA user_version").fetchone()
    (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if version == VERSION:
        return
    if version in (3, 4, 5):
        first = _FROM_3 if version == 3 else ()
        for statement in (*first, *(_FROM_4 if version < 5 else ()), *_FROM_5):
            db.execute(statement)
        return
    if version in (1, 2):
        _copy_rows(db, _FROM_1 if version == 1 else ())
        return
    if version > VERSION:
        raise StoreNewer(later_release(db, path))
    if version or tables:
        raise StoreError(no_store(path))
    for statement in _SCHEMA.split(";"):
        db.execute(statement)


def later_release(db: sqlite3.Connection, path: str) -> str:
    """What to do with a store of later tables, in sentences."""
    return (
        f"{path} was written by {_release_of(db)}, and this is {RELEASE}: run "
        "that release, or restore a backup that this one wrote. Nothing was changed"
    )


def no_store(path: str) -> str:
    """What to do with a file of other tables, in sentences."""
    return (
        f"{path} is not a store of Ombud, or of before 0.1.0, which no release reads: "
        "let OMBUD_STORE or --data name another place. Nothing was changed"
    )


def _release_of(db: sqlite3.Connection) -> str:
    """The release that a store of later tables names, as far as it can be read."""
    try:
        ((release,),) = db.execute("SELECT content FROM about WHERE name = 'release'").fetchall()
    except (sqlite3.Error, ValueError):
        return "a later release"
    return f"release {release}" if _RELEASE.fullmatch(str(release)) else "a later release"


def running_objects(db: sqlite3.Connection) -> list[str]:
    """The triggers and views of a store; Ombud makes none."""
    query = "SELECT type, name FROM sqlite_master WHERE type NOT IN ('table', 'index')"
    return [f"{type_} {name!a}" for type_, name in db.execute(query)]


def foreign_objects(db: sqlite3.Connection) -> list[str]:
    """What a store has besides the tables and indexes of its version, or has otherwise.

    A store from elsewhere must have none: see running_objects.
    """
    objects = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as own:
        own.executescript(_SCHEMA)
        expected = {(type_, name, _plain(sql)) for type_, name, sql in own.execute(objects)}
    found = {(type_, name, _plain(sql)) for type_, name, sql in db.execute(objects)}
    return [f"{type_} {name}" for type_, name, _ in sorted(found ^ expected)]


def _plain(sql: str) -> str:
    """SQL without white space and quotes: SQLite quotes a table's name when it renames it."""
    return "".join(sql.replace('"', "").split())


def _copy_rows(db: sqlite3.Connection, first: tuple[str, ...]) -> None:
    """Executes `first`, then copies the rows of version 2 into new tables and drops the old ones.

    The caller provides the transaction.
    """
    indexes = "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    drop_indexes = [f'DROP INDEX "{name}"' for (name,) in db.execute(indexes).fetchall()]
    rename = [f"ALTER TABLE {name} RENAME TO old_{name}" for name in _TABLES]
    drop_tables = [f"DROP TABLE old_{name}" for name in _TABLES]
    create = (*_SCHEMA.split(";"), *_COPY_FROM_2.split(";"))
    for statement in (*first, *drop_indexes, *rename, *create, *drop_tables):
        db.execute(statement)
