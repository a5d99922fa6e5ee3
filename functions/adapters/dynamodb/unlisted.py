"""Finds cases of earlier releases, which no index knows, in one pass over the whole table."""

from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import TYPE_CHECKING

from functions.adapters.dynamodb.desk_items import (
    SUMMARY,
    end_item,
    erased_item,
    new_item,
    reference_of,
)
from functions.adapters.dynamodb.items import case_key, item
from functions.adapters.dynamodb.table import Table
from functions.adapters.encryption.codec import is_tombstone

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

    from functions.adapters.dynamodb.items import Item

_MARKER = "UNLISTED"
"""The `pk` and `sk` of the item that says how far the pass has come."""

_SECOND = timedelta(seconds=1)


def list_earlier(table: Table, now: datetime, most: int) -> tuple[str, ...]:
    """See `DeskStore.unlisted`.

    A case is made due before the marker passes it, so that the sweep finds it whatever is killed.
    """
    marker = table.get_whole(_MARKER, _MARKER) or {}
    if "done" in marker:
        return ()
    start = item(pk=marker["at"]["S"], sk=marker["in"]["S"]) if marker else None
    found: list[str] = []
    while len(found) < most:
        page, end = table.scan_page("sk IN (:case, :summary)", start, case="CASE", summary=SUMMARY)
        summarised = {stored["pk"]["S"] for stored in page if stored["sk"]["S"] == SUMMARY}
        for stored in page:
            is_new = "listed" in stored
            if is_new or stored["sk"]["S"] != "CASE" or stored["pk"]["S"] in summarised:
                continue
            if len(found) == most:
                break
            if list_case(table, stored, now):
                found.append(reference_of(stored))
            start = item(pk=stored["pk"]["S"], sk="CASE")
        else:
            start = end
        if start is None:
            table.store(item(pk=_MARKER, sk=_MARKER, done=1))
            break
        table.store(item(pk=_MARKER, sk=_MARKER) | {"at": start["pk"], "in": start["sk"]})
    return tuple(found)


def leave_due(table: Table, reference: str) -> "TransactWriteItemTypeDef":
    """Returns part of a transaction: what is stored for the desk, and no longer the item of the
    case, says when the case is due. Fails if the case is gone.
    """
    return table.change(case_key(reference), "CASE", "REMOVE listed, sort", "attribute_exists(pk)")


def list_case(table: Table, case: "Item", now: datetime) -> bool:
    """Adds what the desk has of a case before its first summary, given the item of the case; False
    if the case has it, or is erased, so that there is nothing to list.
    """
    reference, expires = reference_of(case), int(case["expires"]["N"])
    erased = is_tombstone(case["content"]["S"])
    # `expires` has no fractions: the end must not be listed before it has come.
    end = datetime.fromtimestamp(expires, UTC) + _SECOND
    revision = token_hex(8)
    failed = table.write(
        table.put_new(
            erased_item(reference, expires, revision)
            if erased
            else new_item(reference, now, expires, revision)
        ),
        table.put(end_item(reference, end)),
        *([leave_due(table, reference)] if "listed" in case else []),
    )
    return failed is None and not erased
