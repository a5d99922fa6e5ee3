"""Lists cases for the desk in DynamoDB, with who looked and whose access was revoked."""

from dataclasses import replace
from datetime import datetime
from secrets import token_hex
from typing import TYPE_CHECKING

from functions.adapters.dynamodb.desk_items import (
    BEFORE_ALL,
    DUE,
    FOUND,
    LISTED,
    NOT_ERASED,
    SUMMARY,
    Known,
    by,
    due_place,
    end_item,
    found_item,
    found_key,
    list_key,
    next_places,
    place_item,
    read_known,
    reference_of,
    slots,
    summary_item,
)
from functions.adapters.dynamodb.items import case_key, epoch
from functions.adapters.dynamodb.records import TableRecords
from functions.adapters.dynamodb.table import Table
from functions.adapters.dynamodb.unlisted import leave_due, list_case, list_earlier
from functions.adapters.encryption.codec import Codec
from functions.model.case import Case

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

    from functions.adapters.dynamodb.items import Item
    from functions.cases.ports.desk_store import Page
    from functions.model.desk.summary import CaseSummary

_MOST_PLACES = 60
"""Places that are written in one transaction; 40 of its 100 items are left for an act, its mails
and quotas."""

_ALL = 1_000_000
"""More than one person files."""


class TableDesk(TableRecords):
    """The lists of the store in DynamoDB; see DeskStore. An index may lag behind the table."""

    def __init__(self, table: Table, codec: Codec) -> None:
        super().__init__(table, codec)
        self._all_listed = False

    def summary(self, reference: str) -> "CaseSummary | None":
        """See DeskStore."""
        return self._read_summary(self._table.get_whole(case_key(reference), SUMMARY))

    def summarise(self, summary: "CaseSummary") -> bool:
        """See DeskStore. A request that is repeated finds its own revision.

        More places than one transaction takes are written in several, and the case is due until
        the last one.
        """
        case, wanted, revision = self.case(summary.reference), slots(summary.entries), token_hex(8)
        if case is None:
            return False
        known = self.known(summary.reference)
        while known.head == summary.head and not self.is_refused(summary, known):
            failed = self._table.write(
                *self.summary_writes(summary, case, known, known.acts, revision)
            )
            if failed is None:
                places = next_places(known.places, wanted, _MOST_PLACES)
                known = replace(known, revision=revision, places=places)
            elif not known.revision and failed.refused[1]:
                return False  # the case is gone
            else:
                known = read_known(failed.items[0])
            if known.revision == revision:
                if known.places == wanted:
                    return True
                revision = token_hex(8)
        return False

    def is_refused(self, summary: "CaseSummary", known: Known) -> bool:
        """Whether the case is erased, or staff were told of a stage that the summary lacks."""
        if not known.content:
            return known.is_erased
        told = self._codec.read_summary(known.content, summary.reference).told
        return not set(told) <= set(summary.told)

    def known(self, reference: str) -> Known:
        """Returns what is stored of a case for the desk."""
        return read_known(self._table.get_whole(case_key(reference), SUMMARY))

    def summary_writes(
        self, summary: "CaseSummary", case: Case, known: Known, acts: int, revision: str
    ) -> "tuple[TransactWriteItemTypeDef, ...]":
        """Returns parts of a transaction: the summary after that many acts, if `known` is what is
        stored, what the first one brings along, and the places in lists that differ from it.

        If these are too many for a transaction, the case is due, and the sweep writes the others.
        """
        reference, expires = summary.reference, epoch(case.retained_until)
        before, after = known.places, slots(summary.entries)
        places = next_places(before, after, _MOST_PLACES)
        due_at = summary.next_due if places == after else self._codec.now()
        stored = summary_item(summary, places, acts, due_at, expires, revision, self._codec)
        changed = [slot for slot in before | places if before.get(slot) != places.get(slot)]
        return (
            self._table.put_if(stored, known.condition, **known.seen),
            *self.first_writes(case, known),
            *(
                self._table.put(
                    place_item(reference, slot, summary.organisation, places.get(slot), expires)
                )
                for slot in changed
            ),
        )

    def first_writes(self, case: Case, known: Known) -> "tuple[TransactWriteItemTypeDef, ...]":
        """Returns parts of a transaction that go with the first `SUMMARY` of a case, else none.

        The first of them fails if the case is gone.
        """
        if known.revision:
            return ()
        end = end_item(case.reference, case.retained_until)
        return leave_due(self._table, case.reference), self._table.put(end)

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
    ) -> "Page":
        """See DeskStore. A case whose summary says that it left the list is left out."""
        from functions.cases.ports.desk_store import Page
        from functions.model.desk.summary import Entry

        first, last = since or BEFORE_ALL, until
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
        first = since or BEFORE_ALL
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
        due = self._table.in_index(
            LISTED, "listed = :due AND sort <= :now", most, due=DUE, now=by(now)
        )
        return tuple(map(reference_of, due))

    def put_off(self, reference: str, until: datetime | None) -> None:
        """See DeskStore."""
        pk, now = case_key(reference), self._codec.now()
        case = self._table.get_whole(pk, "CASE")
        if case is not None and self._table.get(pk, SUMMARY, "pk") is None:
            list_case(self._table, case, now)
        if until is None:
            self._table.update(pk, SUMMARY, "REMOVE listed, sort", "attribute_exists(pk)")
            return
        self._table.update(
            pk,
            SUMMARY,
            "SET listed = :listed, sort = :sort",
            f"attribute_exists(pk) AND {NOT_ERASED}",
            **due_place(reference, until),
        )

    def references_of(self, found_by: str) -> tuple[str, ...]:
        """See DeskStore."""
        rows = self._table.in_index(LISTED, "listed = :listed", _ALL, listed=found_key(found_by))
        return tuple(row["sort"]["S"] for row in rows)

    def find_by(self, reference: str, found_by: tuple[str, ...]) -> None:
        """See DeskStore. Nothing is written if nothing changes.

        Only to take hashes back it deletes: after a new key, or of a case that can be read again.
        """
        pk = case_key(reference)
        case = self._table.get(pk, "CASE", "expires")
        if case is None:
            return
        expires = int(case["expires"]["N"])
        stored = {row["sk"]["S"] for row in self._table.beginning_with(pk, FOUND)}
        wanted = {found_key(hash_) for hash_ in found_by}
        new = [found_item(reference, key, expires) for key in sorted(wanted - stored)]
        over = sorted(stored - wanted)
        if new or over:
            self._table.write(
                self._table.check(pk, SUMMARY, NOT_ERASED),
                *(self._table.put(entry) for entry in new),
                *(self._table.remove(pk, key) for key in over),
            )

    def unlisted(self, most: int) -> tuple[str, ...]:
        """See DeskStore. Once there are none left, nobody asks again."""
        if self._all_listed:
            return ()
        found = list_earlier(self._table, self._codec.now(), most)
        self._all_listed = len(found) < most
        return found

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

    def _read_summary(self, stored: "Item | None") -> "CaseSummary | None":
        """Reads the item `SUMMARY`; None if it has none yet, or its case is past its retention."""
        if stored is None or "content" not in stored:
            return None
        if int(stored["expires"]["N"]) <= epoch(self._codec.now()):
            return None
        return self._codec.read_summary(stored["content"]["S"], reference_of(stored))
