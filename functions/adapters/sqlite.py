"""SQLite on one machine: write-ahead log, full durability, one writer."""

import sqlite3
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any

from functions.adapters.journal import Journal
from functions.adapters.stamp import stamp
from functions.errors import StoreError, StoreUnavailable
from functions.ports import (
    LONGEST_PAUSE,
    Case,
    CaseEvent,
    Idempotency,
    KeyReused,
    OutboxMail,
    ReferenceTaken,
    Repeated,
    Stored,
)

_SCHEMA = """
CREATE TABLE IF NOT EXISTS cases (
    reference TEXT PRIMARY KEY, content TEXT NOT NULL
) WITHOUT ROWID, STRICT;
CREATE TABLE IF NOT EXISTS events (
    id INTEGER PRIMARY KEY, reference TEXT NOT NULL REFERENCES cases,
    at TEXT NOT NULL, type TEXT NOT NULL, detail TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS events_of_case ON events (reference, id);
CREATE TABLE IF NOT EXISTS event_keys (
    reference TEXT NOT NULL REFERENCES cases, key TEXT NOT NULL, PRIMARY KEY (reference, key)
) WITHOUT ROWID, STRICT;
CREATE TABLE IF NOT EXISTS outbox (
    message_id TEXT PRIMARY KEY, reference TEXT NOT NULL REFERENCES cases,
    type TEXT NOT NULL, recipient TEXT NOT NULL, language TEXT NOT NULL,
    attempts INTEGER NOT NULL, due_at TEXT, state TEXT NOT NULL, reason TEXT NOT NULL
) WITHOUT ROWID, STRICT;
CREATE INDEX IF NOT EXISTS outbox_due ON outbox (due_at) WHERE state = 'owed';
CREATE TABLE IF NOT EXISTS idempotency (
    key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, reference TEXT NOT NULL,
    expires_at TEXT NOT NULL
) WITHOUT ROWID, STRICT;
CREATE TABLE IF NOT EXISTS failures (
    key TEXT PRIMARY KEY, count INTEGER NOT NULL, expires_at TEXT NOT NULL
) WITHOUT ROWID, STRICT;
CREATE INDEX IF NOT EXISTS failures_by_end ON failures (expires_at);
"""

_CLAIM = """
INSERT INTO idempotency VALUES (?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET
    fingerprint = excluded.fingerprint, reference = excluded.reference,
    expires_at = excluded.expires_at
WHERE expires_at <= ?
"""
"""Takes a key that is new or whose time is over; changes nothing where it is neither."""

_CLAIMED = "SELECT fingerprint, reference FROM idempotency WHERE key = ?"

_BUSY_SECONDS = 10


class SqliteStore:
    """One connection writes, in groups; another reads and never waits for it."""

    def __init__(self, path: str) -> None:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        self._writer = _connect(path)
        self._writer.executescript(_SCHEMA)
        self._journal = Journal(self._writer)
        self._reader = _connect(path)
        self._reading = Lock()

    def close(self) -> None:
        """Closes both connections."""
        self._reader.close()
        self._writer.close()

    def _read(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        """The rows of a query. A locked file and the like: StoreUnavailable."""
        with self._reading:
            try:
                return self._reader.execute(query, values).fetchall()
            except sqlite3.OperationalError as error:
                raise StoreUnavailable(f"SQLite: {error}") from error
            except sqlite3.Error as error:
                raise StoreError(f"SQLite: {error}") from error

    def accept(
        self, case: Case, mails: tuple[OutboxMail, ...], idempotency: Idempotency
    ) -> Stored | Repeated | KeyReused | ReferenceTaken:
        """See Store."""
        # Made before the write: while a transaction is open, all other writers wait.
        content, end = case.model_dump_json(), stamp(idempotency.expires_at)
        claim = (idempotency.key, idempotency.fingerprint, case.reference, end)
        claim_at = (*claim, stamp(case.received_at))
        received = CaseEvent(at=case.received_at, type="received", detail="")

        def work(db: sqlite3.Connection) -> Stored | Repeated | KeyReused | ReferenceTaken:
            if db.execute(_CLAIM, claim_at).rowcount == 0:
                fingerprint, reference = db.execute(_CLAIMED, (idempotency.key,)).fetchone()
                if fingerprint != idempotency.fingerprint:
                    return KeyReused()
                return Repeated(_read_case(db, reference))
            added = db.execute(
                "INSERT INTO cases VALUES (?, ?) ON CONFLICT DO NOTHING", (case.reference, content)
            )
            if added.rowcount == 0:
                db.execute("DELETE FROM idempotency WHERE key = ?", (idempotency.key,))
                return ReferenceTaken()
            _add_event(db, case.reference, received)
            _owe(db, mails, case.received_at)
            return Stored()

        return self._journal.write(work)

    def case(self, reference: str) -> Case | None:
        """See Store."""
        rows = self._read("SELECT content FROM cases WHERE reference = ?", reference)
        return Case.model_validate_json(rows[0][0]) if rows else None

    def events(self, reference: str) -> tuple[CaseEvent, ...]:
        """See Store."""
        rows = self._read(
            "SELECT at, type, detail FROM events WHERE reference = ? ORDER BY id", reference
        )
        return tuple(CaseEvent(at=at, type=type_, detail=detail) for at, type_, detail in rows)

    def lease_mails(self, now: datetime, until: datetime, most: int) -> tuple[OutboxMail, ...]:
        """See Store."""

        def work(db: sqlite3.Connection) -> list[tuple[str | int, ...]]:
            db.execute(
                "UPDATE outbox SET due_at = ? WHERE state = 'owed' AND due_at > ?",
                (stamp(now), stamp(now + LONGEST_PAUSE)),
            )
            return db.execute(
                """UPDATE outbox SET due_at = ? WHERE message_id IN (
                    SELECT message_id FROM outbox WHERE state = 'owed' AND due_at <= ?
                    ORDER BY due_at LIMIT ?)
                RETURNING message_id, reference, type, recipient, language, attempts""",
                (stamp(until), stamp(now), most),
            ).fetchall()

        return tuple(_read_mail(row) for row in self._journal.write(work))

    def lease_mail(
        self, reference: str, message_id: str, now: datetime, until: datetime
    ) -> OutboxMail | None:
        """See Store."""

        def work(db: sqlite3.Connection) -> tuple[str | int, ...] | None:
            row: tuple[str | int, ...] | None = db.execute(
                """UPDATE outbox SET due_at = ?
                WHERE message_id = ? AND reference = ? AND state = 'owed' AND due_at <= ?
                RETURNING message_id, reference, type, recipient, language, attempts""",
                (stamp(until), message_id, reference, stamp(now)),
            ).fetchone()
            return row

        row = self._journal.write(work)
        return _read_mail(row) if row else None

    def mail_sent(self, mail: OutboxMail, now: datetime) -> None:
        """See Store."""
        self._settle(mail, "sent", now, CaseEvent(at=now, type="mail_sent", detail=mail.type))

    def mail_failed(
        self, mail: OutboxMail, now: datetime, reason: str, mails: tuple[OutboxMail, ...] = ()
    ) -> None:
        """See Store."""
        event = CaseEvent(at=now, type="mail_failed", detail=f"{mail.type}: {reason}")
        self._settle(mail, "failed", now, event, mails)

    def add_event(
        self,
        reference: str,
        event: CaseEvent,
        mails: tuple[OutboxMail, ...],
        key: str,
        due_at: datetime | None = None,
    ) -> bool:
        """See Store."""

        def work(db: sqlite3.Connection) -> bool:
            added = db.execute(
                "INSERT INTO event_keys VALUES (?, ?) ON CONFLICT DO NOTHING", (reference, key)
            )
            if added.rowcount == 0:
                return False
            _add_event(db, reference, event)
            _owe(db, mails, due_at or event.at)
            return True

        return self._journal.write(work)

    def mail_deferred(self, mail: OutboxMail, again_at: datetime, reason: str) -> None:
        """See Store."""

        def work(db: sqlite3.Connection) -> None:
            db.execute(
                "UPDATE outbox SET due_at = ?, attempts = ?, reason = ? WHERE message_id = ?",
                (stamp(again_at), mail.attempts + 1, reason, mail.message_id),
            )

        self._journal.write(work)

    def count_failure(self, key: str, now: datetime, expires_at: datetime) -> int:
        """See Store."""

        def work(db: sqlite3.Connection) -> int:
            db.execute("DELETE FROM failures WHERE expires_at <= ?", (stamp(now),))
            row = db.execute(
                """INSERT INTO failures VALUES (?, 1, ?) ON CONFLICT (key)
                DO UPDATE SET count = count + 1, expires_at = excluded.expires_at
                RETURNING count""",
                (key, stamp(expires_at)),
            ).fetchone()
            return int(row[0])

        return self._journal.write(work)

    def ping(self) -> None:
        """See Store."""
        self._read("SELECT 1 FROM cases LIMIT 1")

    def _settle(
        self,
        mail: OutboxMail,
        state: str,
        now: datetime,
        event: CaseEvent,
        mails: tuple[OutboxMail, ...] = (),
    ) -> None:
        def work(db: sqlite3.Connection) -> None:
            db.execute(
                "UPDATE outbox SET state = ?, due_at = NULL, attempts = ?, reason = ? "
                "WHERE message_id = ?",
                (state, mail.attempts + 1, event.detail, mail.message_id),
            )
            _add_event(db, mail.reference, event)
            _owe(db, mails, now)

        self._journal.write(work)


def _connect(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _owe(db: sqlite3.Connection, mails: tuple[OutboxMail, ...], now: datetime) -> None:
    db.executemany(
        "INSERT INTO outbox VALUES (?, ?, ?, ?, ?, 0, ?, 'owed', '') ON CONFLICT DO NOTHING",
        [
            (mail.message_id, mail.reference, mail.type, mail.recipient, mail.language, stamp(now))
            for mail in mails
        ],
    )


def _read_case(db: sqlite3.Connection, reference: str) -> Case:
    row = db.execute("SELECT content FROM cases WHERE reference = ?", (reference,)).fetchone()
    return Case.model_validate_json(row[0])


def _read_mail(row: tuple[str | int, ...]) -> OutboxMail:
    return OutboxMail.model_validate(dict(zip(OutboxMail.model_fields, row, strict=True)))


def _add_event(db: sqlite3.Connection, reference: str, event: CaseEvent) -> None:
    db.execute(
        "INSERT INTO events (reference, at, type, detail) VALUES (?, ?, ?, ?)",
        (reference, stamp(event.at), event.type, event.detail),
    )
