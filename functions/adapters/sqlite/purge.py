"""Erases and expires cases in SQLite."""

import sqlite3
from collections.abc import Callable
from datetime import datetime

from functions.adapters.encryption.codec import Codec
from functions.adapters.encryption.moments import stamp
from functions.adapters.sqlite.rows import ID
from functions.model.case import CaseEvent, Tombstone

_OF_CASE = (
    *("outbox", "event_keys", "idempotency"),
    *("summaries", "listed", "found_by", "looks"),
)


def erase_rows(
    db: sqlite3.Connection,
    tombstone: Tombstone,
    keep: Callable[[CaseEvent], CaseEvent],
    codec: Codec,
) -> None:
    """See CaseStore. The caller provides the transaction and then empties the log."""
    reference = tombstone.reference
    (content,) = db.execute(
        "SELECT content FROM cases WHERE reference = ?", (reference,)
    ).fetchone() or ("",)
    if not content or codec.read_tombstone(content, reference):
        return
    db.execute(
        "UPDATE cases SET content = ? WHERE reference = ?",
        (codec.tombstone(tombstone), reference),
    )
    for id_, at, type_, detail in db.execute(
        f"SELECT id, at, type, detail FROM events WHERE case_id = {ID}", (reference,)
    ).fetchall():
        event = CaseEvent(at=at, type=type_, detail=detail)
        kept = codec.kept_detail(reference, event, keep)
        db.execute("UPDATE events SET detail = ? WHERE id = ?", (kept, id_))
    for table in _OF_CASE:
        db.execute(f"DELETE FROM {table} WHERE case_id = {ID}", (reference,))


def delete_expired_rows(
    db: sqlite3.Connection, now: datetime, references: tuple[str, ...] | None
) -> int:
    """See `CaseStore.expire`. The caller provides the transaction and then empties the log.

    Foreign keys delete everything of a case with it.
    """
    for table in ("idempotency", "counters"):
        db.execute(f"DELETE FROM {table} WHERE expires_at <= ?", (stamp(now),))
    ended = "DELETE FROM cases WHERE retained_until <= ?"
    if references is None:
        return db.execute(ended, (stamp(now),)).rowcount
    return db.executemany(
        f"{ended} AND reference = ?", [(stamp(now), reference) for reference in references]
    ).rowcount
