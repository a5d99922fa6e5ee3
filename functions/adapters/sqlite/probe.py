"""Proves that the store has the right key, and that a filing could be stored and read again."""

import sqlite3
from datetime import timedelta

from functions.adapters.encryption.codec import KEY_MISMATCH, Codec
from functions.adapters.encryption.moments import stamp
from functions.adapters.sqlite.database import Database
from functions.adapters.sqlite.rows import Rows
from functions.model.answers.submission import Submission
from functions.model.case import Case, CaseEvent
from functions.model.errors import (
    DataKeyMissing,
    KeyMismatch,
    StoredTextDamaged,
    StoredTextUnreadable,
    StoreError,
)
from functions.model.mail import OutboxMail

_NEWEST = 20
_REFERENCE = "PROBE-22222-22222"


class _RolledBack(Exception):
    """Ends the probe's write: nothing of it stays."""


def check_key(database: Database, codec: Codec) -> None:
    """See CaseStore."""
    if rows := database.read("SELECT content FROM about WHERE name = 'key'"):
        codec.verify_key(rows[0][0])
        return
    _read_newest(database, codec)
    new = codec.key_check()
    database.write(
        lambda db: db.execute("INSERT INTO about VALUES ('key', ?) ON CONFLICT DO NOTHING", (new,))
    )


def rekey_check(database: Database, codec: Codec) -> None:
    """Puts the check value under the current key; leaves one that no key opens as it is."""
    for (stored,) in database.read("SELECT content FROM about WHERE name = 'key'"):
        try:
            new = codec.rekeyed_key_check(stored)
        except StoredTextUnreadable:
            return
        if new != stored:
            _write_check(database, new)


def probe(database: Database, rows: Rows, codec: Codec) -> None:
    """Stores a filing with event and mail, reads it in the same transaction, and rolls it back."""
    now = codec.now()
    case = Case(
        reference=_REFERENCE,
        organisation="probe",
        kind="complaint",
        contract="0" * 32,
        language="en",
        received_at=now,
        retained_until=now + timedelta(days=1),
        submission=Submission(account="probe"),
    )
    mail = OutboxMail(
        message_id="<probe>",
        reference=_REFERENCE,
        type="notice",
        recipient="probe@ombud.invalid",
        language="en",
    )

    def work(db: sqlite3.Connection) -> None:
        db.execute(
            "INSERT INTO cases VALUES (NULL, ?, ?, ?)",
            (_REFERENCE, codec.case(case), stamp(case.retained_until)),
        )
        rows.add_event(db, _REFERENCE, CaseEvent(at=now, type="received", detail=""))
        rows.owe(db, (mail,), now)
        if rows.read_case(db, _REFERENCE) != case:
            raise StoreError("SQLite: a case is read otherwise than it was stored")
        raise _RolledBack

    try:
        database.write(work)
    except _RolledBack:
        return


def _write_check(database: Database, content: str) -> None:
    database.write(
        lambda db: db.execute("UPDATE about SET content = ? WHERE name = 'key'", (content,))
    )


def _read_newest(database: Database, codec: Codec) -> None:
    """Reads a case that an earlier release stored. Raises KeyMismatch."""
    query = f"SELECT reference, content FROM cases ORDER BY id DESC LIMIT {_NEWEST}"
    for reference, content in database.read(query):
        try:
            if codec.read_tombstone(content, reference) is None:
                codec.read_case(content, reference)
                return
        except DataKeyMissing as error:
            raise KeyMismatch(KEY_MISMATCH) from error
        except StoredTextDamaged:
            continue
