"""The items of the table: their keys, and what they hold (docs/decisions/0008-one-table.md)."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar
from zlib import crc32

from pydantic import BaseModel

from functions.adapters.encryption.codec import Codec
from functions.adapters.encryption.moments import stamp
from functions.cases.ports.case_store import Idempotency
from functions.model.case import Case, CaseEvent, Tombstone
from functions.model.mail import MailRecord, OutboxMail

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef

    Item = dict[str, AttributeValueTypeDef]

_Model = TypeVar("_Model", bound=BaseModel)

SHARDS = 16
"""The owed mails are spread over so many keys of the index, so that none is hot."""


def case_key(reference: str) -> str:
    """The `pk` of a case, its events and its mails."""
    return f"CASE#{reference}"


def mail_key(message_id: str) -> str:
    """The `sk` of a mail."""
    return f"MAIL#{message_id}"


def shard_key(shard: int) -> str:
    """One of the keys under which the index has owed mails."""
    return f"OWED#{shard}"


def case_item(case: Case | Tombstone, codec: Codec) -> "Item":
    """The case itself, or what is left of it."""
    return item(
        pk=case_key(case.reference),
        sk="CASE",
        content=codec.case(case) if isinstance(case, Case) else codec.tombstone(case),
        expires=epoch(case.retained_until),
    )


def event_item(reference: str, event: CaseEvent, cause: str, expires: int, codec: Codec) -> "Item":
    """An event; `cause` sets those of one moment apart, and makes a repeated write the same."""
    return item(
        pk=case_key(reference),
        sk=f"EVENT#{stamp(event.at)}#{cause}",
        expires=expires,
        **event.model_dump(mode="json", exclude={"detail"}),
        detail=codec.detail(reference, event),
    )


def mail_item(mail: OutboxMail, due_at: datetime, expires: int, codec: Codec) -> "Item":
    """A mail that is owed; `owed` with `due_at` and with `owed_at` puts it into the indexes."""
    shard = crc32(mail.reference.encode()) % SHARDS
    return item(
        pk=case_key(mail.reference),
        sk=mail_key(mail.message_id),
        owed=shard_key(shard),
        due_at=stamp(due_at),
        owed_at=stamp(due_at),
        expires=expires,
        **mail.model_dump(mode="json", exclude={"recipient"}),
        recipient=codec.recipient(mail),
    )


def mail_record(stored: "Item", codec: Codec) -> MailRecord:
    """A mail as it lies in the table, and where it stands."""
    mail = codec.read_mail(read(OutboxMail, stored))
    found = {name: next(iter(value.values())) for name, value in stored.items()}
    return MailRecord.model_validate(
        {
            "mail": mail,
            "state": found.get("outcome", "owed"),
            "reason": codec.read_reason(mail, str(found.get("reason", ""))),
            "settled_at": found.get("settled_at"),
        }
    )


def key_item(idempotency: Idempotency, reference: str) -> "Item":
    """An idempotency key and the case that it stands for."""
    return item(
        pk=f"KEY#{idempotency.key}",
        sk="KEY",
        fingerprint=idempotency.fingerprint,
        reference=reference,
        expires_at=stamp(idempotency.expires_at),
        expires=epoch(idempotency.expires_at),
    )


def once_item(reference: str, key: str, mark: str, expires: int) -> "Item":
    """That an event was added; `mark` says by which request."""
    return item(pk=case_key(reference), sk=f"ONCE#{key}", mark=mark, expires=expires)


def item(**attributes: str | int) -> "Item":
    """Attributes as DynamoDB writes them, strings and whole numbers."""
    return {
        name: {"N": str(value)} if isinstance(value, int) else {"S": value}
        for name, value in attributes.items()
    }


def values(**attributes: str | int) -> "Item":
    """The same as the values of an expression, each under `:name`."""
    return {f":{name}": value for name, value in item(**attributes).items()}


def read(model: type[_Model], stored: "Mapping[str, AttributeValueTypeDef]") -> _Model:
    """The model's own attributes of an item; the others are the store's."""
    return model.model_validate(
        {name: next(iter(stored[name].values())) for name in model.model_fields if name in stored}
    )


def epoch(at: datetime) -> int:
    """What DynamoDB's time to live takes: seconds since 1970."""
    return int(at.timestamp())
