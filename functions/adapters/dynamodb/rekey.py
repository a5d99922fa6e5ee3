"""Encrypts the DynamoDB store under the current key, item by item."""

from functools import partial
from typing import TYPE_CHECKING

from functions.adapters.dynamodb.desk_items import LOOK, SUMMARY, TOTAL
from functions.adapters.dynamodb.items import KEY_CHECK, read
from functions.adapters.dynamodb.table import Table
from functions.adapters.encryption.codec import Codec
from functions.adapters.sqlite.rekey import attempt
from functions.cases.ports.case_store import Rekeyed
from functions.model.case import CaseEvent

if TYPE_CHECKING:
    from functions.adapters.dynamodb.items import Item


def rekey_items(table: Table, codec: Codec) -> Rekeyed:
    """See CaseStore. Reads the whole table."""
    texts = left = 0
    for stored in table.scan(
        "begins_with(pk, :case) OR begins_with(pk, :total) OR pk = :check",
        case="CASE#",
        total=TOTAL,
        check=KEY_CHECK,
    ):
        pk, sk = stored["pk"]["S"], stored["sk"]["S"]
        for name in ("content", "detail", "recipient", "reason"):
            if name not in stored or not (locked := stored[name]["S"]):
                continue
            new = attempt(partial(_rekey_attribute, name, stored, codec), f"{pk} {sk}")
            left += new is None
            if new is None or new == locked:
                continue
            changed = table.update(
                pk, sk, f"SET {name} = :new", f"{name} = :locked", new=new, locked=locked
            )
            texts += changed is not None
    return Rekeyed(texts, left)


def _rekey_attribute(name: str, stored: "Item", codec: Codec) -> str:
    if stored["pk"]["S"] == KEY_CHECK:
        return codec.rekeyed_key_check(stored["content"]["S"])
    if stored["pk"]["S"].startswith(TOTAL):
        organisation = stored["pk"]["S"].removeprefix(TOTAL)
        return codec.rekeyed_total(organisation, stored["sk"]["S"], stored["content"]["S"])
    locked, reference = stored[name]["S"], stored["pk"]["S"].removeprefix("CASE#")
    match name:
        case "content" if stored["sk"]["S"] == SUMMARY:
            return codec.rekeyed_summary(reference, locked)
        case "content" if stored["sk"]["S"].startswith(LOOK):
            return codec.rekeyed_look(reference, locked)
        case "content":
            return codec.rekeyed_case(reference, locked)
        case "detail":
            return codec.rekeyed_event(reference, read(CaseEvent, stored))
        case "recipient":
            return codec.rekeyed_mail(reference, stored["message_id"]["S"], locked)
    return codec.rekeyed_reason(reference, stored["message_id"]["S"], locked)
