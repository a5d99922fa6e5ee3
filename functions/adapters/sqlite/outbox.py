"""Leases, defers and settles the mails of cases in SQLite."""

import sqlite3
from datetime import datetime

from functions.adapters.encryption.codec import Codec
from functions.adapters.encryption.moments import stamp
from functions.adapters.sqlite.database import Database
from functions.adapters.sqlite.rows import ID, MAIL, Rows
from functions.cases.ports.outbox import LONGEST_PAUSE
from functions.model.case import CaseEvent
from functions.model.mail import LeasedMail, OutboxMail, UnreadableMail


class SqliteOutbox:
    """The outbox of the store in SQLite; see Outbox."""

    def __init__(self, database: Database, codec: Codec) -> None:
        self._database, self._codec, self._rows = database, codec, Rows(codec)

    def lease_mails(self, now: datetime, until: datetime, most: int) -> tuple[LeasedMail, ...]:
        """See Outbox."""

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

        return tuple(self._rows.read_leased(row) for row in self._database.write(work))

    def lease_mail(
        self, reference: str, message_id: str, now: datetime, until: datetime
    ) -> LeasedMail | None:
        """See Outbox."""

        def work(db: sqlite3.Connection) -> tuple[str | int, ...] | None:
            row: tuple[str | int, ...] | None = db.execute(
                f"""UPDATE outbox SET due_at = ?
                WHERE message_id = ? AND case_id = {ID} AND state = 'owed' AND due_at <= ?
                RETURNING {MAIL}""",
                (stamp(until), message_id, reference, stamp(now)),
            ).fetchone()
            return row

        row = self._database.write(work)
        return self._rows.read_leased(row) if row else None

    def owed_since(self) -> datetime | None:
        """See Outbox."""
        ((since,),) = self._database.read("SELECT min(owed_at) FROM outbox WHERE state = 'owed'")
        return datetime.fromisoformat(since) if since else None

    def owed_mails(self, since: datetime, most: int) -> int:
        """See Outbox."""
        ((count,),) = self._database.read(
            """SELECT count(*) FROM (
                SELECT 1 FROM outbox WHERE state = 'owed' AND owed_at <= ? LIMIT ?)""",
            stamp(since),
            most,
        )
        return int(count)

    def unreadable_mails(self, most: int) -> int:
        """See Outbox."""
        rows = self._database.read(
            f"SELECT {MAIL} FROM outbox WHERE state = 'owed' ORDER BY owed_at LIMIT ?", most
        )
        return sum(isinstance(self._rows.read_leased(row), UnreadableMail) for row in rows)

    def mail_sent(self, mail: OutboxMail, now: datetime) -> None:
        """See Outbox."""
        self._settle(mail, "sent", now, CaseEvent(at=now, type="mail_sent", detail=mail.type))

    def mail_failed(
        self, mail: LeasedMail, now: datetime, reason: str, mails: tuple[OutboxMail, ...] = ()
    ) -> None:
        """See Outbox."""
        event = CaseEvent(at=now, type="mail_failed", detail=f"{mail.type}: {reason}")
        self._settle(mail, "failed", now, event, mails)

    def mail_deferred(self, mail: LeasedMail, again_at: datetime, reason: str) -> None:
        """See Outbox."""
        locked = self._codec.reason(mail, reason)

        def work(db: sqlite3.Connection) -> None:
            db.execute(
                "UPDATE outbox SET due_at = ?, attempts = ?, reason = ? WHERE message_id = ?",
                (stamp(again_at), mail.attempts + 1, locked, mail.message_id),
            )

        self._database.write(work)

    def _settle(
        self,
        mail: LeasedMail,
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

        self._database.write(work)
