"""Stores cases, mails and counters in SQLite: write-ahead log, full durability, one writer."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from functions.adapters.encryption.codec import Codec, each_readable
from functions.adapters.encryption.moments import stamp
from functions.adapters.sqlite import purge, rekey
from functions.adapters.sqlite.database import Database
from functions.adapters.sqlite.desk import (
    SqliteDesk,
    due_at_once,
    forgets,
    make_due,
    replace_summary,
)
from functions.adapters.sqlite.probe import check_key, probe, rekey_check
from functions.adapters.sqlite.rows import ID, MAIL_RECORD
from functions.cases.ports.case_store import (
    Acceptance,
    Idempotency,
    KeyReused,
    Outpaced,
    ReferenceTaken,
    Rekeyed,
    Repeated,
    Spent,
    Stored,
)
from functions.cases.ports.counters import Quota
from functions.model.case import Case, CaseEvent, Tombstone, Unreadable
from functions.model.desk.summary import CaseSummary
from functions.model.mail import MailRecord, OutboxMail

_EVENTS = f"SELECT at, type, detail, link FROM events WHERE case_id = {ID} ORDER BY id"


class SqliteStore(SqliteDesk):
    """Stores all in one file; see CaseStore, Outbox, Counters and DeskStore."""

    def __init__(self, path: str, codec: Codec) -> None:
        super().__init__(Database(path), codec)

    def close(self) -> None:
        """See CaseStore."""
        self._database.close()

    def accept(
        self,
        case: Case,
        mails: tuple[OutboxMail, ...],
        idempotency: Idempotency,
        quotas: tuple[Quota, ...] = (),
    ) -> Acceptance:
        """See CaseStore."""
        return self.begin_accept(case, mails, idempotency, quotas)()

    def begin_accept(
        self,
        case: Case,
        mails: tuple[OutboxMail, ...],
        idempotency: Idempotency,
        quotas: tuple[Quota, ...] = (),
    ) -> Callable[[], Acceptance]:
        """See GroupingStore."""
        now, content = stamp(case.stored_at), self._codec.case(case)
        received = CaseEvent(at=case.received_at, type="received", detail="")
        owed = self._rows.owed_rows(mails, case.stored_at)

        def work(db: sqlite3.Connection) -> Acceptance:
            stored_key = db.execute(
                """SELECT fingerprint, reference FROM idempotency JOIN cases ON cases.id = case_id
                WHERE key = ? AND expires_at > ?""",
                (idempotency.key, now),
            ).fetchone()
            if stored_key:
                fingerprint, reference = stored_key
                if fingerprint != idempotency.fingerprint:
                    return KeyReused()
                if earlier := self._rows.read_case(db, reference):
                    return Repeated(earlier)
            for quota in quotas:
                if _count_of(db, quota) >= quota.most:
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
            due_at_once(db, case.reference, case.stored_at)
            self._rows.add_owed(db, owed)
            _use_quotas(db, quotas, now)
            return Stored()

        return self._database.begin(work)

    def case(self, reference: str) -> Case | None:
        """See CaseStore."""
        rows = self._database.read("SELECT content FROM cases WHERE reference = ?", reference)
        return self._codec.read_case(rows[0][0], reference) if rows else None

    def cases(self) -> Iterator[Case | Unreadable]:
        """See CaseStore."""
        rows = self._database.read("SELECT reference, content FROM cases ORDER BY 1")
        for case in each_readable(
            (f"case {reference}", partial(self._codec.read_case, content, reference))
            for reference, content in rows
        ):
            if case is not None:
                yield case

    def events(self, reference: str) -> tuple[CaseEvent, ...]:
        """See CaseStore."""
        rows = self._database.read(_EVENTS, reference)
        return tuple(self._read_event(reference, row) for row in rows)

    def case_with_events(self, reference: str) -> tuple[Case | None, tuple[CaseEvent, ...]]:
        """See CaseStore."""
        case = self.case(reference)
        return case, self.events(reference) if case else ()

    def all_events(self, reference: str) -> tuple[CaseEvent | Unreadable, ...]:
        """See CaseStore."""
        rows = self._database.read(_EVENTS, reference)
        return tuple(
            each_readable(
                (f"event {row[1]} of {row[0]}", partial(self._read_event, reference, row))
                for row in rows
            )
        )

    def mails(self, reference: str) -> tuple[MailRecord | Unreadable, ...]:
        """See CaseStore."""
        rows = self._database.read(
            f"SELECT {MAIL_RECORD} FROM outbox WHERE case_id = {ID} ORDER BY message_id", reference
        )
        return tuple(
            each_readable((f"mail {row[0]}", partial(self._rows.mail_record, row)) for row in rows)
        )

    def erase(self, tombstone: Tombstone, keep: Callable[[CaseEvent], CaseEvent]) -> None:
        """See CaseStore."""
        self._database.write(lambda db: purge.erase_rows(db, tombstone, keep, self._codec))
        self._database.empty_log()

    def erased(self, reference: str) -> Tombstone | None:
        """See CaseStore."""
        rows = self._database.read("SELECT content FROM cases WHERE reference = ?", reference)
        return self._codec.read_tombstone(rows[0][0], reference) if rows else None

    def ended(self, now: datetime, most: int = 100) -> tuple[str, ...]:
        """See CaseStore."""
        rows = self._database.read(
            "SELECT reference FROM cases WHERE retained_until <= ? ORDER BY retained_until LIMIT ?",
            stamp(now),
            most,
        )
        return tuple(reference for (reference,) in rows)

    def expire(self, now: datetime, references: tuple[str, ...] | None = None) -> int:
        """See CaseStore."""
        expired = self._database.write(lambda db: purge.delete_expired_rows(db, now, references))
        self._database.empty_log()
        return expired

    def rekey(self) -> Rekeyed:
        """See CaseStore."""
        rekey_check(self._database, self._codec)
        return rekey.rekey_rows(self._database, self._codec)

    def add_event(
        self,
        reference: str,
        event: CaseEvent,
        mails: tuple[OutboxMail, ...],
        key: str,
        due_at: datetime | None = None,
        quotas: tuple[Quota, ...] = (),
        previous: str | None = None,
        summary: CaseSummary | None = None,
    ) -> bool | Spent | Outpaced:
        """See CaseStore."""

        def work(db: sqlite3.Connection) -> bool | Spent | Outpaced:
            if self._rows.read_case(db, reference) is None:
                return False
            added_before = db.execute(
                f"SELECT 1 FROM event_keys WHERE case_id = {ID} AND key = ?", (reference, key)
            ).fetchone()
            if added_before:
                return False
            if event.link and _head_of(db, reference) != previous:
                return Outpaced()
            if summary is not None and forgets(db, summary, self._codec):
                return Outpaced()
            for quota in quotas:
                if _count_of(db, quota) >= quota.most:
                    return Spent(quota)
            db.execute(f"INSERT INTO event_keys VALUES ({ID}, ?)", (reference, key))
            self._rows.add_event(db, reference, event)
            self._rows.owe(db, mails, due_at or event.at)
            _use_quotas(db, quotas, stamp(event.at))
            if event.link:
                if summary is None:
                    make_due(db, reference, event.at, event.link)
                else:
                    replace_summary(db, summary, self._codec)
            return True

        return self._database.write(work)

    def increment(self, key: str, expires_at: datetime, by: int = 1) -> int:
        """See Counters."""
        now = stamp(self._codec.now())

        def work(db: sqlite3.Connection) -> int:
            db.execute("DELETE FROM counters WHERE expires_at <= ?", (now,))
            row = db.execute(
                """INSERT INTO counters VALUES (?, ?, ?) ON CONFLICT (key)
                DO UPDATE SET count = count + excluded.count, expires_at = excluded.expires_at
                RETURNING count""",
                (key, by, stamp(expires_at)),
            ).fetchone()
            return int(row[0])

        return self._database.write(work)

    def current_count(self, key: str) -> int:
        """See Counters."""
        now = stamp(self._codec.now())
        rows = self._database.read(
            "SELECT count FROM counters WHERE key = ? AND expires_at > ?", key, now
        )
        return int(rows[0][0]) if rows else 0

    def _read_event(self, reference: str, row: tuple[str, ...]) -> CaseEvent:
        at, type_, detail, link = row
        event = CaseEvent.model_validate({"at": at, "type": type_, "detail": detail, "link": link})
        return self._codec.read_event(reference, event)

    def check_key(self) -> None:
        """See CaseStore."""
        check_key(self._database, self._codec)

    def probe(self) -> None:
        """See CaseStore. What it writes is rolled back."""
        self._database.raise_damage()
        self.check_key()
        probe(self._database, self._rows, self._codec)

    def look_for_damage(self) -> None:
        """See CaseStore. Takes at most a hundredth of the time."""
        self._database.look_for_damage()

    def ping(self) -> None:
        """See CaseStore."""
        self._database.read("SELECT 1 FROM cases LIMIT 1")


def _head_of(db: sqlite3.Connection, reference: str) -> str:
    """The link of the last act of a case; "" if there is none."""
    row = db.execute(
        f"SELECT link FROM events WHERE case_id = {ID} AND link <> '' ORDER BY id DESC LIMIT 1",
        (reference,),
    ).fetchone()
    return row[0] if row else ""


def _count_of(db: sqlite3.Connection, quota: Quota) -> int:
    row = db.execute(
        "SELECT count FROM quotas WHERE expires_at = ? AND key = ?", (stamp(quota.ends), quota.key)
    ).fetchone()
    return int(row[0]) if row else 0


def _use_quotas(db: sqlite3.Connection, quotas: tuple[Quota, ...], now: str) -> None:
    if quotas:
        db.execute("DELETE FROM quotas WHERE expires_at <= ?", (now,))
    db.executemany(
        "INSERT INTO quotas VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1",
        [(stamp(quota.ends), quota.key) for quota in quotas],
    )
