"""Encrypts the SQLite store under the current key."""

import logging
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from pydantic import ValidationError

from functions.adapters.encryption.codec import Codec
from functions.adapters.sqlite.database import Database
from functions.adapters.sqlite.rows import REFERENCE
from functions.cases.ports.case_store import Rekeyed
from functions.model.case import CaseEvent
from functions.model.errors import StoredTextUnreadable

log = logging.getLogger("ombud.rekey")

_BATCH = 200
"""Rows in one transaction: a filing that arrives meanwhile waits only milliseconds."""


_TOTAL = "organisation || ' ' || period"
"""What identifies a count: no name of an organisation has a space."""


@dataclass(frozen=True)
class _Column:
    """A column of encrypted texts, and the function that encrypts one under the current key.

    `key` identifies a row. `others` are the columns that the text is bound to; `rekey` takes
    their values, then the text.
    """

    table: str
    key: str
    name: str
    others: str
    rekey: Callable[..., str]


def rekey_rows(database: Database, codec: Codec) -> Rekeyed:
    """See CaseStore."""
    texts = left = 0
    for column in _columns(codec):
        for rows in _batches(database, column):
            changes = []
            for id_, stored, *others in rows:
                if not stored:
                    continue
                new = attempt(partial(column.rekey, *others, stored), f"{column.table} {id_}")
                left += new is None
                if new is not None and new != stored:
                    changes.append((new, id_, stored))
            if changes:
                texts += database.write(partial(_write, column=column, changes=changes))
    database.empty_log()
    return Rekeyed(texts, left)


def attempt(rekeyed: Callable[[], str], what: str) -> str | None:
    """Returns the text under the current key; logs why and returns None if it does not decrypt."""
    try:
        return rekeyed()
    except (StoredTextUnreadable, ValidationError, KeyError) as error:
        log.error("%s stays as it is: %s", what, error)
        return None


def _columns(codec: Codec) -> tuple[_Column, ...]:
    def event(reference: str, at: str, type_: str, detail: str) -> str:
        stored = CaseEvent.model_validate({"at": at, "type": type_, "detail": detail})
        return codec.rekeyed_event(reference, stored)

    of_mail = f"{REFERENCE}, message_id"
    return (
        _Column("cases", "reference", "content", "reference", codec.rekeyed_case),
        _Column("events", "id", "detail", f"{REFERENCE}, at, type", event),
        _Column("outbox", "message_id", "recipient", of_mail, codec.rekeyed_mail),
        _Column("outbox", "message_id", "reason", of_mail, codec.rekeyed_reason),
        _Column("summaries", "case_id", "content", REFERENCE, codec.rekeyed_summary),
        _Column("looks", "id", "content", REFERENCE, codec.rekeyed_look),
        _Column("totals", _TOTAL, "content", "organisation, period", codec.rekeyed_total),
    )


def _batches(database: Database, column: _Column) -> Iterator[list[tuple[Any, ...]]]:
    """Yields all rows in batches, by key. Rows added meanwhile have the current key already."""
    names = f"{column.key}, {column.name}, {column.others}"
    after, values = "", list[str | int]()
    while rows := database.read(
        f"SELECT {names} FROM {column.table} {after} ORDER BY {column.key} LIMIT {_BATCH}", *values
    ):
        yield rows
        after, values = f"WHERE {column.key} > ?", [rows[-1][0]]


def _write(
    db: sqlite3.Connection, column: _Column, changes: Sequence[tuple[str, str | int, str]]
) -> int:
    return db.executemany(
        f"UPDATE {column.table} SET {column.name} = ? WHERE {column.key} = ? AND {column.name} = ?",
        changes,
    ).rowcount
