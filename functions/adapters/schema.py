"""The file of the SQLite store: its tables, and how it is opened."""

import sqlite3
from pathlib import Path

from functions.errors import StoreError

_VERSION = 2
"""The `user_version` of the tables below; files from before cases were encrypted have 0."""

_OWED_SINCE = "CREATE INDEX outbox_owed ON outbox (owed_at) WHERE state = 'owed'"

_FROM_1 = (
    "ALTER TABLE outbox ADD COLUMN owed_at TEXT",
    "UPDATE outbox SET owed_at = due_at WHERE state = 'owed'",
    _OWED_SINCE,
    f"PRAGMA user_version = {_VERSION}",
)
"""What makes a file of version 1 one of these; since when its mails were owed nobody knows."""

_SCHEMA = f"""
CREATE TABLE cases (
    reference TEXT PRIMARY KEY, content TEXT NOT NULL, retained_until TEXT NOT NULL
) WITHOUT ROWID, STRICT;
CREATE INDEX cases_by_end ON cases (retained_until);
CREATE TABLE events (
    id INTEGER PRIMARY KEY, reference TEXT NOT NULL REFERENCES cases ON DELETE CASCADE,
    at TEXT NOT NULL, type TEXT NOT NULL, detail TEXT NOT NULL
) STRICT;
CREATE INDEX events_of_case ON events (reference, id);
CREATE TABLE event_keys (
    reference TEXT NOT NULL REFERENCES cases ON DELETE CASCADE, key TEXT NOT NULL,
    PRIMARY KEY (reference, key)
) WITHOUT ROWID, STRICT;
CREATE TABLE outbox (
    message_id TEXT PRIMARY KEY, reference TEXT NOT NULL REFERENCES cases ON DELETE CASCADE,
    type TEXT NOT NULL, recipient TEXT NOT NULL, language TEXT NOT NULL,
    attempts INTEGER NOT NULL, due_at TEXT, state TEXT NOT NULL, reason TEXT NOT NULL,
    settled_at TEXT, owed_at TEXT
) WITHOUT ROWID, STRICT;
CREATE INDEX outbox_due ON outbox (due_at) WHERE state = 'owed';
{_OWED_SINCE};
CREATE INDEX outbox_of_case ON outbox (reference);
CREATE TABLE idempotency (
    key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL,
    reference TEXT NOT NULL REFERENCES cases ON DELETE CASCADE, expires_at TEXT NOT NULL
) WITHOUT ROWID, STRICT;
CREATE INDEX idempotency_of_case ON idempotency (reference);
CREATE TABLE failures (
    key TEXT PRIMARY KEY, count INTEGER NOT NULL, expires_at TEXT NOT NULL
) WITHOUT ROWID, STRICT;
CREATE INDEX failures_by_end ON failures (expires_at);
CREATE TABLE quotas (
    key TEXT PRIMARY KEY, count INTEGER NOT NULL, expires_at TEXT NOT NULL
) WITHOUT ROWID, STRICT;
CREATE INDEX quotas_by_end ON quotas (expires_at);
PRAGMA user_version = {_VERSION};
"""


def connect(path: str, busy_seconds: float) -> sqlite3.Connection:
    """A connection that waits so long for a locked file, and overwrites what it deletes."""
    connection = sqlite3.connect(
        path, timeout=busy_seconds, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    return connection


def prepare(connection: sqlite3.Connection, path: str) -> None:
    """Makes the tables in a new file, and what an earlier version lacks.

    Raises StoreError for a file of another version.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if version == _VERSION:
            return
        if version == 1:
            for statement in _FROM_1:
                connection.execute(statement)
            return
        if version or tables:
            raise StoreError(
                f"{Path(path).resolve()} was written by another version of Ombud, before cases "
                "were encrypted: move it away, and a new one is made"
            )
        for statement in _SCHEMA.split(";"):
            connection.execute(statement)
    finally:
        connection.execute("COMMIT")
