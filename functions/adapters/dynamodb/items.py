"""Builds and reads the items of the table, and their keys (docs/decisions/0008-one-table.md)."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar
from zlib import crc32

from pydantic import BaseModel

from functions.adapters.encryption.codec import Codec
from functions.adapters.encryption.moments import stamp
from functions.cases.ports.case_store import Idempotency
from functions.model.case import Case, CaseEvent, Tombstone
from functions.model.mail import LeasedMail, MailRecord, OutboxMail

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef

    Item = dict[str, AttributeValueTypeDef]

_Model = TypeVar("_Model", bound=BaseModel)

SHARDS = 16
"""The number of index keys that owed mails and ends of retention are each spread over, so that no
partition is hot."""

KEY_CHECK = "KEYCHECK"
"""The `pk` and `sk` of the item that holds the check value of the key."""


def case_key(reference: str) -> str:
    """Returns the `pk` of a case, its events and its mails."""
    return f"CASE#{reference}"


def mail_key(message_id: str) -> str:
    """Returns the `sk` of a mail."""
    return f"MAIL#{message_id}"


def shard_key(name: str, shard: int) -> str:
    """Returns the index key of one shard of the owed mails, or of other entries of that name."""
    return f"{name}#{shard}"


def shard_of(reference: str) -> int:
    """Returns the shard that a case, or a mail of it, is in."""
    return crc32(reference.encode()) % SHARDS


def case_item(case: Case, codec: Codec, key: str) -> "Item":
    """Returns the item of a case; `key` is its idempotency key, which is deleted with it.

    Its first event follows from it and has no item.
    """
    return item(
        pk=case_key(case.reference),
        sk="CASE",
        content=codec.case(case),
        idempotency=key,
        expires=epoch(case.retained_until),
    )


def tombstone_item(tombstone: Tombstone, codec: Codec) -> "Item":
    """Returns the item that replaces that of an erased case."""
    return item(
        pk=case_key(tombstone.reference),
        sk="CASE",
        content=codec.tombstone(tombstone),
        expires=epoch(tombstone.retained_until),
    )


def idempotency_key(key: str) -> str:
    """Returns the `pk` of an idempotency key."""
    return f"KEY#{key}"


def event_item(
    reference: str, event: CaseEvent, cause: str, expires: int, codec: Codec, number: int = 0
) -> "Item":
    """Returns the item of an event; an act has its number among those of the case.

    `cause` distinguishes events of the same moment, and makes a repeated write idempotent.
    """
    numbered = item(number=number) if number else {}
    return numbered | item(
        pk=case_key(reference),
        sk=f"EVENT#{stamp(event.at)}#{cause}",
        expires=expires,
        **event.model_dump(mode="json", exclude={"detail"}),
        detail=codec.detail(reference, event),
    )


def order_events(events: "list[Item]") -> "list[Item]":
    """Orders events by time, but acts as they were recorded, whatever each function's clock said:
    each is chained to the one before it.
    """
    acts = iter(
        sorted(
            (event for event in events if "number" in event), key=lambda e: int(e["number"]["N"])
        )
    )
    return [next(acts) if "number" in event else event for event in events]


def mail_item(mail: OutboxMail, due_at: datetime, expires: int, codec: Codec) -> "Item":
    """Returns the item of an owed mail, due at `due_at` unless it has its own time.

    The attributes `owed` with `due_at` put it into the index of owed mails. Only a mail that is not
    sent at first gets `owed_at`, and so into the index of those that wait.
    """
    fields = set(OutboxMail.model_fields) - {"recipient"}
    return item(
        pk=case_key(mail.reference),
        sk=mail_key(mail.message_id),
        owed=shard_key("OWED", shard_of(mail.reference)),
        due_at=stamp(mail.due(due_at)),
        expires=expires,
        **mail.model_dump(mode="json", include=fields),
        recipient=codec.recipient(mail),
    )


def mail_record(stored: "Item", codec: Codec) -> MailRecord:
    """Returns a stored mail with its state."""
    mail = codec.read_mail(read(OutboxMail, stored))
    attributes = {name: next(iter(value.values())) for name, value in stored.items()}
    return MailRecord.model_validate(
        {
            "mail": mail,
            "state": attributes.get("outcome", "owed"),
            "reason": codec.read_reason(mail, str(attributes.get("reason", ""))),
            "settled_at": attributes.get("settled_at"),
        }
    )


def leased_mail(stored: "Item", codec: Codec) -> LeasedMail:
    """Returns a stored mail, readable or not."""
    return codec.read_leased(_fields(OutboxMail, stored))


def key_item(idempotency: Idempotency, reference: str) -> "Item":
    """Returns the item of an idempotency key, which names its case."""
    return item(
        pk=idempotency_key(idempotency.key),
        sk="KEY",
        fingerprint=idempotency.fingerprint,
        reference=reference,
        expires_at=stamp(idempotency.expires_at),
        expires=epoch(idempotency.expires_at),
    )


def once_item(reference: str, key: str, mark: str, expires: int) -> "Item":
    """Returns the item that says that an event was added; `mark` identifies the request."""
    return item(pk=case_key(reference), sk=f"ONCE#{key}", mark=mark, expires=expires)


def item(**attributes: str | int) -> "Item":
    """Returns strings and whole numbers as DynamoDB's attribute values."""
    return {
        name: {"N": str(value)} if isinstance(value, int) else {"S": value}
        for name, value in attributes.items()
    }


def values(**attributes: str | int) -> "Item":
    """Returns the values of an expression, each under `:name`."""
    return {f":{name}": value for name, value in item(**attributes).items()}


def read(model: type[_Model], stored: "Mapping[str, AttributeValueTypeDef]") -> _Model:
    """Reads a model from an item; ignores the attributes that only the store uses."""
    return model.model_validate(_fields(model, stored))


def _fields(
    model: type[BaseModel], stored: "Mapping[str, AttributeValueTypeDef]"
) -> dict[str, object]:
    return {
        name: next(iter(stored[name].values())) for name in model.model_fields if name in stored
    }


def epoch(at: datetime) -> int:
    """Returns seconds since 1970, as DynamoDB's time to live expects."""
    return int(at.timestamp())
