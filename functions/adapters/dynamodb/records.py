"""Keeps in DynamoDB who opened a case, whose access was revoked, counts, and notes of the sweep."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from secrets import token_hex
from typing import TYPE_CHECKING

from functions.adapters.dynamodb.desk_items import (
    BEFORE_ALL,
    LOOK,
    NOT_ERASED,
    SUMMARY,
    SWEEP,
    look_item,
    staff_key,
    total_item,
    total_key,
)
from functions.adapters.dynamodb.items import case_key, item
from functions.adapters.dynamodb.outbox import TableOutbox
from functions.adapters.dynamodb.table import Table
from functions.adapters.encryption.codec import Codec
from functions.adapters.encryption.moments import stamp
from functions.model.case import Case

if TYPE_CHECKING:
    from functions.cases.ports.desk_store import AccessEntry, Total

_NOTES_LIFETIME = timedelta(minutes=15)
"""How long a note is not read again: what another process noted meanwhile is known after that."""


class TableRecords(TableOutbox):
    """The records of the store in DynamoDB that no list has; see DeskStore."""

    def __init__(self, table: Table, codec: Codec) -> None:
        super().__init__(table, codec)
        self._notes: dict[str, tuple[datetime | None, str | None]] = {}

    def case(self, reference: str) -> Case | None:
        """See CaseStore."""
        stored = self._table.get(case_key(reference), "CASE", "content")
        return self._codec.read_case(stored["content"]["S"], reference) if stored else None

    def note_look(self, reference: str, look: "AccessEntry") -> None:
        """See DeskStore."""
        pk = case_key(reference)
        case = self._table.get(pk, "CASE", "expires")
        if case is None:
            return
        expires = int(case["expires"]["N"])
        noted = look_item(reference, look, token_hex(4), expires, self._codec)
        self._table.write(self._table.put(noted), self._table.check(pk, SUMMARY, NOT_ERASED))

    def looks(self, reference: str) -> "tuple[AccessEntry, ...]":
        """See DeskStore."""
        stored = self._table.beginning_with(case_key(reference), LOOK)
        return tuple(self._codec.read_look(row["content"]["S"], reference) for row in stored)

    def revoke(self, organisation: str, mark: str, at: datetime) -> None:
        """See DeskStore."""
        self._table.store(item(pk=staff_key(organisation), sk=mark, at=stamp(at)))

    def restore(self, organisation: str, mark: str) -> None:
        """See DeskStore."""
        self._table.delete(staff_key(organisation), mark)

    def is_revoked(self, organisation: str, mark: str) -> bool:
        """See DeskStore."""
        return self._table.get(staff_key(organisation), mark, "pk") is not None

    def revoked(self, organisation: str) -> frozenset[str]:
        """See DeskStore."""
        return frozenset(self._table.keys_of(staff_key(organisation)))

    def keep_total(self, total: "Total") -> None:
        """See DeskStore."""
        self._table.store(total_item(total, self._codec))

    def totals(self, organisation: str, since: str = "", until: str = "~") -> "Iterator[Total]":
        """See DeskStore."""
        first = since or BEFORE_ALL
        if first >= until:
            return
        for row in self._table.between(total_key(organisation), first, until):
            if (period := row["sk"]["S"]) != until:
                yield self._codec.read_total(organisation, period, row["content"]["S"])

    def remembered(self, name: str) -> str | None:
        """See DeskStore. A note that this process knows is not read again for a while: the sweep
        writes them, and two never run at once.
        """
        now, (known_at, content) = self._codec.now(), self._notes.get(name, (None, None))
        if known_at is not None and known_at <= now < known_at + _NOTES_LIFETIME:
            return content
        stored = self._table.get(SWEEP, name, "content")
        content = stored["content"]["S"] if stored else None
        self._notes[name] = now, content
        return content

    def remember(self, name: str, content: str) -> None:
        """See DeskStore."""
        self._notes.pop(name, None)
        self._table.store(item(pk=SWEEP, sk=name, content=content))
        self._notes[name] = self._codec.now(), content
