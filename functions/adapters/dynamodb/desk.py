"""Lists cases for the desk in DynamoDB, with who looked and whose access was revoked."""

from collections.abc import Iterator
from datetime import datetime
from secrets import token_hex
from typing import TYPE_CHECKING

from functions.adapters.dynamodb.desk_items import (
    DUE,
    FOUND,
    LISTED,
    LOOK,
    NOT_ERASED,
    NOTED,
    SUMMARY,
    Known,
    by,
    due_place,
    found_item,
    found_key,
    list_key,
    look_item,
    place_item,
    read_known,
    reference_of,
    slots,
    staff_key,
    summary_item,
    total_item,
    total_key,
    undue_item,
)
from functions.adapters.dynamodb.items import SHARDS, case_key, epoch, item, shard_key
from functions.adapters.dynamodb.outbox import TableOutbox
from functions.adapters.dynamodb.unlisted import list_earlier
from functions.adapters.encryption.moments import stamp
from functions.cases.ports.desk_store import AccessEntry, Page, Total
from functions.model.case import Case, CaseEvent
from functions.model.desk.summary import CaseSummary, Entry

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

    from functions.adapters.dynamodb.items import Item

_ALL = 1_000_000
"""More than one person files."""

_FIRST = " "
"""Sorts before any text: DynamoDB takes no empty one."""


class TableDesk(TableOutbox):
    """The lists of the store in DynamoDB; see DeskStore. An index may lag behind the table."""

    def case(self, reference: str) -> Case | None:
        """See CaseStore."""
        stored = self._table.get(case_key(reference), "CASE", "content")
        return self._codec.read_case(stored["content"]["S"], reference) if stored else None

    def summary(self, reference: str) -> CaseSummary | None:
        """See DeskStore."""
        return self._read_summary(self._table.get_whole(case_key(reference), SUMMARY))

    def summarise(self, summary: CaseSummary) -> bool:
        """See DeskStore. A request that is repeated finds its own revision."""
        case, revision = self.case(summary.reference), token_hex(8)
        if case is None:
            return False
        known = self.known(summary.reference)
        while not known.is_erased and known.head == summary.head:
            failed = self._table.write(
                *self.summary_writes(summary, case, known, known.acts, revision)
            )
            if failed is None:
                return True
            known = read_known(failed.items[0])
            if known.revision == revision:
                return True
        return False

    def known(self, reference: str) -> Known:
        """Returns what is stored of a case for the desk."""
        return read_known(self._table.get_whole(case_key(reference), SUMMARY))

    def summary_writes(
        self, summary: CaseSummary, case: Case, known: Known, acts: int, revision: str
    ) -> "tuple[TransactWriteItemTypeDef, ...]":
        """Returns parts of a transaction: the summary after that many acts, if `known` is what is
        stored, and the places in lists that differ from it.
        """
        reference, expires = summary.reference, epoch(case.retained_until)
        stored = summary_item(summary, acts, expires, revision, self._codec)
        before, after = slots(known.places), slots(summary.entries)
        changed = [slot for slot in before | after if before.get(slot) != after.get(slot)]
        places = {slot: (summary.organisation, entry) for slot, entry in after.items()}
        return (
            self._table.put_if(stored, known.condition, **known.seen),
            *(
                self._table.put(place_item(reference, slot, places.get(slot), expires))
                for slot in changed
            ),
        )

    def due_write(
        self, case: Case, event: CaseEvent, known: Known, revision: str
    ) -> "TransactWriteItemTypeDef":
        """Returns part of a transaction: after this act the case is due at once, if `known` is what
        is stored.
        """
        return self._table.change(
            case_key(case.reference),
            SUMMARY,
            "SET head = :head, acts = :acts, revision = :revision, listed = :listed, sort = :sort, "
            "expires = :ends",
            known.condition,
            head=event.link,
            acts=known.acts + 1,
            revision=revision,
            ends=epoch(case.retained_until),
            **due_place(case.reference, event.at),
            **known.seen,
        )

    def listed(
        self,
        organisation: str,
        holder: str,
        bucket: str,
        *,
        since: str = "",
        until: str = "~",
        after: str | None = None,
        most: int = 50,
        newest_first: bool = False,
    ) -> Page:
        """See DeskStore. A case whose summary says that it left the list is left out."""
        first, last = since or _FIRST, until
        if after:
            first, last = (first, min(last, after)) if newest_first else (max(first, after), last)
        found = self._in_list(
            list_key(organisation, holder, bucket), first, last, most + 2, newest_first
        )
        rows = [row for row in found if row["sort"]["S"] != after]
        keys = [(row["pk"]["S"], SUMMARY) for row in rows[:most]]
        stored = self._table.get_each(keys)
        summaries: list[CaseSummary] = []
        for row, key in zip(rows, keys, strict=False):
            summary = self._read_summary(stored.get(key))
            sort = row["sort"]["S"].rpartition("#")[0]
            entry = Entry(holder=holder, bucket=bucket, sort=sort)
            if summary is not None and entry in summary.entries:
                summaries.append(summary)
        more = rows[most - 1]["sort"]["S"] if len(rows) > most else None
        return Page(tuple(summaries), more)

    def counted(
        self, organisation: str, holder: str, bucket: str, since: str, until: str, most: int
    ) -> int:
        """See DeskStore."""
        first = since or _FIRST
        if first >= until:
            return 0
        return self._table.count_in_index(
            LISTED,
            "listed = :listed AND sort BETWEEN :first AND :last",
            most,
            listed=list_key(organisation, holder, bucket),
            first=first,
            last=until,
        )

    def due_cases(self, now: datetime, most: int) -> tuple[str, ...]:
        """See DeskStore."""
        due = sorted(
            (stored["sort"]["S"], reference_of(stored))
            for shard in range(SHARDS)
            for stored in self._table.in_index(
                LISTED,
                "listed = :due AND sort <= :now",
                most,
                due=shard_key(DUE, shard),
                now=by(now),
            )
        )
        return tuple(reference for _, reference in due[:most])

    def put_off(self, reference: str, until: datetime | None) -> None:
        """See DeskStore."""
        case = self._table.get(case_key(reference), "CASE", "expires")
        if case is None:
            return
        revision, place = token_hex(8), due_place(reference, until) if until else {}
        new = undue_item(reference, int(case["expires"]["N"]), revision) | item(**place)
        unknown = not self.known(reference).revision
        if unknown and self._table.write(self._table.put_new(new)) is None:
            return
        change = ", listed = :listed, sort = :sort" if place else " REMOVE listed, sort"
        self._table.update(
            case_key(reference),
            SUMMARY,
            f"SET revision = :revision{change}",
            NOT_ERASED,
            revision=revision,
            **place,
        )

    def remembered(self, name: str) -> str | None:
        """See DeskStore."""
        stored = self._table.get(NOTED, name, "content")
        return stored["content"]["S"] if stored else None

    def remember(self, name: str, content: str) -> None:
        """See DeskStore."""
        self._table.store(item(pk=NOTED, sk=name, content=content))

    def references_of(self, found_by: str) -> tuple[str, ...]:
        """See DeskStore."""
        rows = self._table.in_index(LISTED, "listed = :listed", _ALL, listed=found_key(found_by))
        return tuple(row["sort"]["S"] for row in rows)

    def find_by(self, reference: str, found_by: tuple[str, ...]) -> None:
        """See DeskStore. Nothing is written if nothing changes."""
        pk = case_key(reference)
        case = self._table.get(pk, "CASE", "expires")
        if case is None:
            return
        expires = int(case["expires"]["N"])
        stored = {row["sk"]["S"]: "listed" in row for row in self._table.beginning_with(pk, FOUND)}
        wanted = {found_key(hash_): hash_ for hash_ in found_by}
        new = [
            found_item(reference, hash_, expires)
            for key, hash_ in wanted.items()
            if not stored.get(key)
        ]
        over = [
            place_item(reference, key, None, expires)
            for key, is_listed in stored.items()
            if is_listed and key not in wanted
        ]
        if new or over:
            self._table.write(
                self._table.check(pk, SUMMARY, NOT_ERASED),
                *(self._table.put(entry) for entry in (*new, *over)),
            )

    def unlisted(self, most: int) -> tuple[str, ...]:
        """See DeskStore."""
        return list_earlier(self._table, self._codec.now(), most)

    def note_look(self, reference: str, look: AccessEntry) -> None:
        """See DeskStore."""
        pk = case_key(reference)
        case = self._table.get(pk, "CASE", "expires")
        if case is None:
            return
        expires = int(case["expires"]["N"])
        noted = look_item(reference, look, token_hex(4), expires, self._codec)
        self._table.write(self._table.put(noted), self._table.check(pk, SUMMARY, NOT_ERASED))

    def looks(self, reference: str) -> tuple[AccessEntry, ...]:
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

    def keep_total(self, total: Total) -> None:
        """See DeskStore."""
        self._table.store(total_item(total, self._codec))

    def totals(self, organisation: str, since: str = "", until: str = "~") -> Iterator[Total]:
        """See DeskStore."""
        first = since or _FIRST
        if first >= until:
            return
        for row in self._table.between(total_key(organisation), first, until):
            if (period := row["sk"]["S"]) != until:
                yield self._codec.read_total(organisation, period, row["content"]["S"])

    def _in_list(
        self, listed: str, first: str, last: str, most: int, newest_first: bool
    ) -> "list[Item]":
        """Returns entries of a list from `first` to `last`; entries end in a reference, and so are
        never equal to a moment.
        """
        if first > last:
            return []
        return self._table.in_index(
            LISTED,
            "listed = :listed AND sort BETWEEN :first AND :last",
            most,
            newest_first=newest_first,
            listed=listed,
            first=first,
            last=last,
        )

    def _read_summary(self, stored: "Item | None") -> CaseSummary | None:
        """Reads the item `SUMMARY`; None if it has none yet, or its case is past its retention."""
        if stored is None or "content" not in stored:
            return None
        if int(stored["expires"]["N"]) <= epoch(self._codec.now()):
            return None
        return self._codec.read_summary(stored["content"]["S"], reference_of(stored))
