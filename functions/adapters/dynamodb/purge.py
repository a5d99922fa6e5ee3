"""Erases and expires cases in DynamoDB, item by item; each step is idempotent."""

from collections.abc import Callable
from datetime import datetime

from functions.adapters.dynamodb.items import case_item, case_key, epoch, item, mail_key, read
from functions.adapters.dynamodb.table import Table
from functions.adapters.encryption.codec import Codec
from functions.model.case import CaseEvent, Tombstone


def erase_items(
    table: Table, tombstone: Tombstone, keep: Callable[[CaseEvent], CaseEvent], codec: Codec
) -> None:
    """See CaseStore.

    Writes the tombstone first; from then on nothing is added to the case. After an interruption,
    the same call continues with the rest.
    """
    pk = case_key(tombstone.reference)
    case = table.get(pk, "CASE", "content")
    if case is None:
        return
    if codec.read_tombstone(case["content"]["S"], tombstone.reference) is None:
        table.write(table.put(case_item(tombstone, codec)))
    for stored in table.beginning_with(pk, "EVENT#"):
        kept = codec.kept_detail(tombstone.reference, read(CaseEvent, stored), keep)
        table.write(table.put({**stored, **item(detail=kept)}))
    for start in (mail_key(""), "ONCE#"):
        for stored in table.beginning_with(pk, start):
            table.delete(pk, stored["sk"]["S"])
    for stored in table.scan("begins_with(pk, :start)", start="KEY#"):
        if stored["reference"]["S"] == tombstone.reference:
            table.delete(stored["pk"]["S"], stored["sk"]["S"])


def delete_expired_items(table: Table, now: datetime) -> int:
    """See CaseStore. Scans the whole table."""
    cases = 0
    for stored in table.scan("expires <= :now", now=epoch(now)):
        table.delete(stored["pk"]["S"], stored["sk"]["S"])
        cases += stored["sk"]["S"] == "CASE"
    return cases
