"""SQLite on one machine: write-ahead log, full durability, one writer."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any

from functions.adapters.encryption.codec import Codec
from functions.adapters.encryption.moments import stamp
from functions.adapters.sqlite import purge, rekey
from functions.adapters.sqlite.journal import Journal
from functions.adapters.sqlite.rows import ID, MAIL, MAIL_RECORD, Rows
from functions.adapters.sqlite.schema import connect, prepare
from functions.cases.ports.ports import (
    LONGEST_PAUSE,
    Idempotency,
    KeyReused,
    Quota,
    ReferenceTaken,
    Rekeyed,
    Repeated,
    Spent,
    Stored,
)
from functions.model.case import Case, CaseEvent, Tombstone
from functions.model.errors import StoreError, StoreUnavailable
from functions.model.mail import MailRecord, OutboxMail

_BUSY_SECONDS = 10


class SqliteStore:
    """One connection writes, in groups; another reads and never waits for it."""

    def __init__(self, path: str, codec: Codec) -> None:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        self._codec, self._rows = codec, Rows(codec)
        self._writer = connect(path, _BUSY_SECONDS)
        prepare(self._writer, path)
        self._journal = Journal(self._writer)
        self._reader = connect(path, _BUSY_SECONDS)
        self._reading = Lock()

    def close(self) -> None:
        """Closes both connections."""
        self._reader.close()
        self._writer.close()

    def _read(self, query: str, *values: str | int) -> list[tuple[Any, ...]]:
        """The rows of a query. A locked file and the like: StoreUnavailable."""
        with self._reading:
            try:
                return self._reader.execute(query, values).fetchall()
            except sqlite3.OperationalError as error:
                raise StoreUnavailable(f"SQLite: {error}") from error
            except sqlite3.Error as error:
                raise StoreError(f"SQLite: {error}") from error

    def accept(
        self,
        case: Case,
        mails: tuple[OutboxMail, ...],
        idempotency: Idempotency,
        quotas: tuple[Quota, ...] = (),
    ) -> Stored | Repeated | KeyReused | ReferenceTaken | Spent:
        """See Store."""
        now, content = stamp(case.received_at), self._codec.case(case)
        received = CaseEvent(at=case.received_at, type="received", detail="")

        def work(db: sqlite3.Connection) -> Stored | Repeated | KeyReused | ReferenceTaken | Spent:
            known = db.execute(
                """SELECT fingerprint, reference FROM idempotency JOIN cases ON cases.id = case_id
                WHERE key = ? AND expires_at > ?""",
                (idempotency.key, now),
            ).fetchone()
            if known:
                fingerprint, reference = known
                if fingerprint != idempotency.fingerprint:
                    return KeyReused()
                if earlier := self._rows.read_case(db, reference):
                    return Repeated(earlier)
            for quota in quotas:
                if _used(db, quota) >= quota.most:
                    return Spent(quota)
            added = db.execute(
                "INSERT INTO cases VALUES (NULL, ?, ?, ?) ON CONFLICT DO NOTHING",
                (case.reference, content, stamp(case.retained_until)),
            )
            if added.rowcount == 0:
                return ReferenceTaken()
            db.execute(
                f"INSERT OR REPLACE INTO idempotency VALUES (?, ?, {ID}, ?)",
                (
                    idempotency.key,
                    idempotency.fingerprint,
                    case.reference,
                    stamp(idempotency.expires_at),
                ),
            )
            self._rows.add_event(db, case.reference, received)
            self._rows.owe(db, mails, case.received_at)
            _use(db, quotas, now)
            return Stored()

        return self._journal.write(work)

    def case(self, reference: str) -> Case | None:
        """See Store."""
        rows = self._read("SELECT content FROM cases WHERE reference = ?", reference)
        return self._codec.read_case(rows[0][0], reference) if rows else None

    def cases(self) -> Iterator[Case]:
        """See Store."""
        for reference, content in self._read("SELECT reference, content FROM cases ORDER BY 1"):
            if case := self._codec.read_case(content, reference):
                yield case

    def events(self, reference: str) -> tuple[CaseEvent, ...]:
        """See Store."""
        rows = self._read(
            f"SELECT at, type, detail FROM events WHERE case_id = {ID} ORDER BY id", reference
        )
        return tuple(
            self._codec.read_event(reference, CaseEvent(at=at, type=type_, detail=detail))
            for at, type_, detail in rows
        )

    def mails(self, reference: str) -> tuple[MailRecord, ...]:
        """See Store."""
        rows = self._read(
            f"SELECT {MAIL_RECORD} FROM outbox WHERE case_id = {ID} ORDER BY message_id", reference
        )
        return tuple(self._rows.mail_record(row) for row in rows)

    def erase(self, tombstone: Tombstone, keep: Callable[[CaseEvent], CaseEvent]) -> None:
        """See Store."""
        self._journal.write(lambda db: purge.erase(db, tombstone, keep, self._codec))
        self._journal.empty()

    def erased(self, reference: str) -> Tombstone | None:
        """See Store."""
        rows = self._read("SELECT content FROM cases WHERE reference = ?", reference)
        return self._codec.read_tombstone(rows[0][0], reference) if rows else None

    def expire(self, now: datetime) -> int:
        """See Store."""
        expired = self._journal.write(lambda db: purge.expire(db, now))
        self._journal.empty()
        return expired

    def rekey(self) -> Rekeyed:
        """See Store."""
        return rekey.rekey(self._read, self._journal, self._codec)

    def lease_mails(self, now: datetime, until: datetime, most: int) -> tuple[OutboxMail, ...]:
        """See Store."""

        def work(db: sqlite3.Connection) -> list[tuple[str | int, ...]]:
            db.execute(
                "UPDATE outbox SET due_at = ? WHERE state = 'owed' AND due_at > ?",
                (stamp(now), stamp(now + LONGEST_PAUSE)),
            )
            return db.execute(
                f"""UPDATE outbox SET due_at = ? WHERE message_id IN (
                    SELECT message_id FROM outbox WHERE state = 'owed' AND due_at <= ?
                    ORDER BY due_at LIMIT ?)
                RETURNING {MAIL}""",
                (stamp(until), stamp(now), most),
            ).fetchall()

        return tuple(self._rows.read_mail(row) for row in self._journal.write(work))

    def lease_mail(
        self, reference: str, message_id: str, now: datetime, until: datetime
    ) -> OutboxMail | None:
        """See Store."""

        def work(db: sqlite3.Connection) -> tuple[str | int, ...] | None:
            row: tuple[str | int, ...] | None = db.execute(
                f"""UPDATE outbox SET due_at = ?
                WHERE message_id = ? AND case_id = {ID} AND state = 'owed' AND due_at <= ?
                RETURNING {MAIL}""",
                (stamp(until), message_id, reference, stamp(now)),
            ).fetchone()
            return row

        row = self._journal.write(work)
        return self._rows.read_mail(row) if row else None

    def owed_since(self) -> datetime | None:
        """See Store."""
        ((since,),) = self._read("SELECT min(owed_at) FROM outbox WHERE state = 'owed'")
        return datetime.fromisoformat(since) if since else None

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
            if self._rows.read_case(db, reference) is None:
                return False
            added = db.execute(
                f"INSERT INTO event_keys VALUES ({ID}, ?) ON CONFLICT DO NOTHING", (reference, key)
            )
            if added.rowcount == 0:
                return False
            self._rows.add_event(db, reference, event)
            self._rows.owe(db, mails, due_at or event.at)
            return True

        return self._journal.write(work)

    def mail_deferred(self, mail: OutboxMail, again_at: datetime, reason: str) -> None:
        """See Store."""
        locked = self._codec.reason(mail, reason)

        def work(db: sqlite3.Connection) -> None:
            db.execute(
                "UPDATE outbox SET due_at = ?, attempts = ?, reason = ? WHERE message_id = ?",
                (stamp(again_at), mail.attempts + 1, locked, mail.message_id),
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
        reason = self._codec.reason(mail, event.detail if state == "failed" else "")

        def work(db: sqlite3.Connection) -> None:
            settled = db.execute(
                "UPDATE outbox SET state = ?, due_at = NULL, attempts = ?, reason = ?, "
                "settled_at = ? WHERE message_id = ?",
                (state, mail.attempts + 1, reason, stamp(now), mail.message_id),
            )
            if settled.rowcount:
                self._rows.add_event(db, mail.reference, event)
                self._rows.owe(db, mails, now)

        self._journal.write(work)


def _used(db: sqlite3.Connection, quota: Quota) -> int:
    row = db.execute(
        "SELECT count FROM quotas WHERE expires_at = ? AND key = ?", (stamp(quota.ends), quota.key)
    ).fetchone()
    return int(row[0]) if row else 0


def _use(db: sqlite3.Connection, quotas: tuple[Quota, ...], now: str) -> None:
    if quotas:
        db.execute("DELETE FROM quotas WHERE expires_at <= ?", (now,))
    db.executemany(
        "INSERT INTO quotas VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1",
        [(stamp(quota.ends), quota.key) for quota in quotas],
    )
