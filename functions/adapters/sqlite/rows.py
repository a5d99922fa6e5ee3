"""Writes and reads rows of the SQLite store through the codec."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from functions.adapters.encryption.codec import ERASED, Codec
from functions.adapters.encryption.moments import stamp
from functions.model.case import Case, CaseEvent
from functions.model.mail import LeasedMail, MailRecord, OutboxMail

ID = "(SELECT id FROM cases WHERE reference = ?)"
"""SQL for the number of a case, by which other tables name it."""

KEPT_ID = f"(SELECT id FROM cases WHERE reference = ? AND instr(content, '{ERASED}') = 0)"
"""SQL for the number of a case that is not erased, readable or not."""

REFERENCE = "(SELECT reference FROM cases WHERE id = case_id)"
"""SQL for the reference of the case that a row belongs to."""

MAIL = ", ".join(REFERENCE if name == "reference" else name for name in OutboxMail.model_fields)
"""SQL for the columns of a mail."""

MAIL_RECORD = f"{MAIL}, state, reason, settled_at"
"""SQL for the columns of a mail and its state."""


class Rows:
    """Reads and writes single rows. Methods that take `db` are part of the caller's transaction."""

    def __init__(self, codec: Codec) -> None:
        self._codec = codec

    def owe(self, db: sqlite3.Connection, mails: tuple[OutboxMail, ...], due_at: datetime) -> None:
        """Adds those of the mails that are not stored yet."""
        self.add_owed(db, self.owed_rows(mails, due_at))

    def owed_rows(
        self, mails: tuple[OutboxMail, ...], due_at: datetime
    ) -> list[tuple[str | None, ...]]:
        """Returns what `add_owed` stores, encrypted: whoever holds the lock encrypts nothing."""
        return [
            (
                *(mail.message_id, mail.reference, mail.type),
                *(self._codec.recipient(mail), mail.language, stamp(due), stamp(due)),
            )
            for mail in mails
            for due in (mail.due(due_at),)
        ]

    def add_owed(self, db: sqlite3.Connection, rows: list[tuple[str | None, ...]]) -> None:
        """Adds the mails of `owed_rows` that are not stored yet."""
        db.executemany(
            f"""INSERT INTO outbox VALUES (?, {ID}, ?, ?, ?, 0, ?, 'owed', '', NULL, ?)
            ON CONFLICT DO NOTHING""",
            rows,
        )

    def read_mail(self, row: Sequence[Any]) -> OutboxMail:
        """Returns a mail from the columns `MAIL`."""
        stored = dict(zip(OutboxMail.model_fields, row, strict=True))
        return self._codec.read_mail(OutboxMail.model_validate(stored))

    def read_leased(self, row: Sequence[Any]) -> LeasedMail:
        """Returns a mail from the columns `MAIL`, readable or not."""
        return self._codec.read_leased(dict(zip(OutboxMail.model_fields, row, strict=True)))

    def mail_record(self, row: Sequence[Any]) -> MailRecord:
        """Returns a mail and its state from the columns `MAIL_RECORD`."""
        *columns, state, reason, settled_at = row
        mail = self.read_mail(columns)
        reason = self._codec.read_reason(mail, reason)
        return MailRecord(mail=mail, state=state, reason=reason, settled_at=settled_at)

    def read_case(self, db: sqlite3.Connection, reference: str) -> Case | None:
        """Returns the case; None if it is missing, erased or past its retention."""
        row = db.execute("SELECT content FROM cases WHERE reference = ?", (reference,)).fetchone()
        return self._codec.read_case(row[0], reference) if row else None

    def add_event(self, db: sqlite3.Connection, reference: str, event: CaseEvent) -> None:
        """Adds an event to a case."""
        db.execute(
            f"INSERT INTO events (case_id, at, type, detail, link) VALUES ({ID}, ?, ?, ?, ?)",
            (
                *(reference, stamp(event.at), event.type),
                *(self._codec.detail(reference, event), event.link),
            ),
        )
