"""Erases and expires cases in DynamoDB, item by item; each step is idempotent."""

from collections.abc import Callable
from datetime import datetime
from secrets import token_hex

from functions.adapters.dynamodb.desk_items import (
    ENDS,
    FOUND,
    LISTED,
    LOOK,
    PLACE,
    by,
    end_item,
    erased_item,
    reference_of,
)
from functions.adapters.dynamodb.items import (
    SHARDS,
    case_key,
    epoch,
    idempotency_key,
    item,
    mail_key,
    read,
    shard_key,
    tombstone_item,
)
from functions.adapters.dynamodb.table import Table
from functions.adapters.encryption.codec import Codec
from functions.model.case import CaseEvent, Tombstone

_OF_PERSONS = (mail_key(""), "ONCE#", PLACE, FOUND, LOOK)


def erase_items(
    table: Table, tombstone: Tombstone, keep: Callable[[CaseEvent], CaseEvent], codec: Codec
) -> None:
    """See CaseStore.

    Writes the tombstone first; from then on nothing is added to the case. After an interruption,
    the same call continues with the rest.
    """
    pk = case_key(tombstone.reference)
    case = table.get_whole(pk, "CASE")
    if case is None:
        return
    if codec.read_tombstone(case["content"]["S"], tombstone.reference) is None:
        _bury(table, tombstone, case["idempotency"]["S"] if "idempotency" in case else "", codec)
    for start in _OF_PERSONS:
        for stored in table.beginning_with(pk, start):
            table.delete(pk, stored["sk"]["S"])
    for stored in table.beginning_with(pk, "EVENT#"):
        kept = codec.kept_detail(tombstone.reference, read(CaseEvent, stored), keep)
        table.write(table.put({**stored, **item(detail=kept)}))


def ended_cases(table: Table, now: datetime, most: int) -> tuple[str, ...]:
    """See `CaseStore.ended`."""
    ended = sorted(
        (stored["sort"]["S"], reference_of(stored))
        for shard in range(SHARDS)
        for stored in table.in_index(
            LISTED,
            "listed = :ends AND sort <= :now",
            most,
            ends=shard_key(ENDS, shard),
            now=by(now),
        )
    )
    return tuple(reference for _, reference in ended[:most])


def expire_items(table: Table, now: datetime, references: tuple[str, ...] | None) -> int:
    """See `CaseStore.expire`."""
    if references is not None:
        return sum(_delete(table, reference, now) for reference in references)
    expired = 0
    while ended := ended_cases(table, now, 100):
        expired += sum(_delete(table, reference, now) for reference in ended)
    return expired


def _bury(table: Table, tombstone: Tombstone, key: str, codec: Codec) -> None:
    """Puts the tombstone in place of the case, in one transaction with the end of its idempotency
    key, which another filing may have by now.
    """
    reference, expires = tombstone.reference, epoch(tombstone.retained_until)
    writes = (
        table.put(tombstone_item(tombstone, codec)),
        table.put(erased_item(reference, expires, token_hex(8))),
        table.put(end_item(reference, tombstone.retained_until)),
    )
    if key:
        ended = table.remove_if(
            idempotency_key(key), "KEY", "#reference = :reference", reference=reference
        )
        if table.write(*writes, ended) is None:
            return
    table.write(*writes)


def _delete(table: Table, reference: str, now: datetime) -> bool:
    """Deletes a case whose retention is over; False if it is not, or DynamoDB has deleted it.

    What says that it is over goes last: after an interruption it is found again.
    """
    pk = case_key(reference)
    end = table.get(pk, ENDS, "sort")
    if end is None or end["sort"]["S"] > by(now):
        return False
    case = table.get(pk, "CASE", "idempotency")
    if case and (key := case.get("idempotency")):
        table.write(
            table.remove_if(
                idempotency_key(key["S"]), "KEY", "#reference = :reference", reference=reference
            )
        )
    for sk in table.keys_of(pk):
        if sk != ENDS:
            table.delete(pk, sk)
    table.delete(pk, ENDS)
    return case is not None
