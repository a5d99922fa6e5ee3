"""DynamoDB: one table and one transaction a filing (docs/decisions/0008-one-table.md)."""

import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from secrets import token_hex
from typing import TYPE_CHECKING, TypeVar, cast

from botocore.config import Config

from functions.adapters.attempts import Attempts, Refused
from functions.adapters.aws import session
from functions.adapters.items import (
    SHARDS,
    case_item,
    case_key,
    epoch,
    event_item,
    item,
    key_item,
    mail_item,
    mail_key,
    read,
    shard_key,
    values,
)
from functions.adapters.stamp import stamp
from functions.errors import StoreError, StoreUnavailable, StoreUncertain
from functions.ports import (
    Case,
    CaseEvent,
    Idempotency,
    KeyReused,
    OutboxMail,
    ReferenceTaken,
    Repeated,
    Stored,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

    from functions.adapters.items import Item

Answer = TypeVar("Answer")

_INDEX = "owed-due"


def connect() -> "DynamoDBClient":
    """A client that tries once and soon gives up: it is Attempts that tries again."""
    config = Config(connect_timeout=1, read_timeout=3, retries={"total_max_attempts": 1})
    return cast("DynamoDBClient", session().create_client("dynamodb", config=config))


class DynamoStore:
    """Cases in a table of DynamoDB; every request may be repeated without harm."""

    def __init__(
        self,
        table: str,
        client: "DynamoDBClient",
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._table = table
        self._client = client
        self._attempts = Attempts(sleep)

    def accept(
        self, case: Case, mails: tuple[OutboxMail, ...], idempotency: Idempotency
    ) -> Stored | Repeated | KeyReused | ReferenceTaken:
        """See Store.

        A reply may be lost after the table has the filing: then the next attempt finds its own
        reference under its key, which says that the filing is stored.
        """
        expires = epoch(case.retained_until)
        received = CaseEvent(at=case.received_at, type="received", detail="")
        refused = self._write(
            self._claim(idempotency, case),
            self._put_new(case_item(case)),
            self._put(event_item(case.reference, received, "", expires)),
            *(self._put(mail_item(mail, case.received_at, expires)) for mail in mails),
            lost=StoreUncertain,
        )
        if refused is None:
            return Stored()
        known = refused.items[0]
        if known is None:
            return ReferenceTaken()
        reference = known["reference"]["S"]
        if reference == case.reference:
            return Stored()
        if known["fingerprint"]["S"] != idempotency.fingerprint:
            return KeyReused()
        earlier = self.case(reference)
        if earlier is None:
            raise StoreError("DynamoDB: a key stands for a case that is gone")
        return Repeated(earlier)

    def case(self, reference: str) -> Case | None:
        """See Store."""
        found = self._get(case_key(reference), "CASE", "content")
        return Case.model_validate_json(found["content"]["S"]) if found else None

    def events(self, reference: str) -> tuple[CaseEvent, ...]:
        """See Store."""
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :sk)",
            ExpressionAttributeValues=values(pk=case_key(reference), sk="EVENT#"),
            ConsistentRead=True,
        )
        found = self._answer(pages.build_full_result)["Items"]
        return tuple(read(CaseEvent, event) for event in found)

    def lease_mails(self, now: datetime, until: datetime, most: int) -> tuple[OutboxMail, ...]:
        """See Store; the index may lag behind the table, so only the lease decides."""
        due = sorted(
            (mail["due_at"]["S"], mail["sk"]["S"], mail["pk"]["S"])
            for shard in range(SHARDS)
            for mail in self._due(shard, now, most)
        )
        leased: list[OutboxMail] = []
        for _, sk, pk in due:
            if len(leased) == most:
                break
            if mail := self._lease(pk, sk, now, until):
                leased.append(mail)
        return tuple(leased)

    def lease_mail(
        self, reference: str, message_id: str, now: datetime, until: datetime
    ) -> OutboxMail | None:
        """See Store."""
        return self._lease(case_key(reference), mail_key(message_id), now, until)

    def mail_sent(self, mail: OutboxMail, now: datetime) -> None:
        """See Store."""
        self._settle(mail, "sent", CaseEvent(at=now, type="mail_sent", detail=mail.type))

    def mail_failed(self, mail: OutboxMail, now: datetime, reason: str) -> None:
        """See Store."""
        event = CaseEvent(at=now, type="mail_failed", detail=f"{mail.type}: {reason}")
        self._settle(mail, "failed", event)

    def mail_deferred(self, mail: OutboxMail, again_at: datetime, reason: str) -> None:
        """See Store; a mail that another worker settled meanwhile stays settled."""
        self._attempts.make(
            partial(
                self._client.update_item,
                TableName=self._table,
                Key=item(pk=case_key(mail.reference), sk=mail_key(mail.message_id)),
                ConditionExpression="attribute_exists(owed)",
                UpdateExpression="SET due_at = :due_at, attempts = :attempts, reason = :reason",
                ExpressionAttributeValues=values(
                    due_at=stamp(again_at), attempts=mail.attempts + 1, reason=reason
                ),
            )
        )

    def count_failure(self, key: str, now: datetime, expires_at: datetime) -> int:
        """See Store; a lost reply may count a failure twice, which only slows a guesser more."""
        update = partial(
            self._client.update_item,
            TableName=self._table,
            Key=item(pk=f"FAIL#{key}", sk="FAIL"),
            ExpressionAttributeNames={"#count": "count"},
            ExpressionAttributeValues=values(
                now=stamp(now), one=1, expires_at=stamp(expires_at), expires=epoch(expires_at)
            ),
            ReturnValues="UPDATED_NEW",
        )
        lasts = "SET expires_at = :expires_at, expires = :expires"
        counted = partial(
            update,
            ConditionExpression="attribute_not_exists(pk) OR expires_at > :now",
            UpdateExpression=f"{lasts} ADD #count :one",
        )
        started_anew = partial(
            update,
            ConditionExpression="expires_at <= :now",
            UpdateExpression=f"{lasts}, #count = :one",
        )
        while True:  # a count that expired is started anew, unless somebody was faster
            for request in (counted, started_anew):
                outcome = self._attempts.make(request)
                if not isinstance(outcome, Refused):
                    return int(outcome["Attributes"]["count"]["N"])

    def ping(self) -> None:
        """See Store."""
        self._get("PING", "PING", "pk")

    def _get(self, pk: str, sk: str, attribute: str) -> "Item | None":
        """One attribute of an item, as the latest write left it."""
        answer = self._answer(
            partial(
                self._client.get_item,
                TableName=self._table,
                Key=item(pk=pk, sk=sk),
                ProjectionExpression=attribute,
                ConsistentRead=True,
            )
        )
        return answer.get("Item")

    def _due(self, shard: int, now: datetime, most: int) -> "list[Item]":
        """The first mails that are due under one key of the index."""
        answer = self._answer(
            partial(
                self._client.query,
                TableName=self._table,
                IndexName=_INDEX,
                KeyConditionExpression="owed = :owed AND due_at <= :now",
                ExpressionAttributeValues=values(owed=shard_key(shard), now=stamp(now)),
                Limit=most,
            )
        )
        return answer["Items"]

    def _lease(self, pk: str, sk: str, now: datetime, until: datetime) -> OutboxMail | None:
        """Moves the mail's due time on; the lease's name tells a lost reply from a rival."""
        outcome = self._attempts.make(
            partial(
                self._client.update_item,
                TableName=self._table,
                Key=item(pk=pk, sk=sk),
                ConditionExpression=(
                    "attribute_exists(owed) AND (due_at <= :now OR lease = :lease)"
                ),
                UpdateExpression="SET due_at = :until, lease = :lease",
                ExpressionAttributeValues=values(
                    now=stamp(now), until=stamp(until), lease=token_hex(8)
                ),
                ReturnValues="ALL_NEW",
            )
        )
        return None if isinstance(outcome, Refused) else read(OutboxMail, outcome["Attributes"])

    def _settle(self, mail: OutboxMail, state: str, event: CaseEvent) -> None:
        """Ends a mail and says so on the case, unless both are past their retention."""
        pk, sk = case_key(mail.reference), mail_key(mail.message_id)
        kept = self._get(pk, sk, "expires")
        if kept is None:
            return
        settled: TransactWriteItemTypeDef = {
            "Update": {
                "TableName": self._table,
                "Key": item(pk=pk, sk=sk),
                "UpdateExpression": (
                    "SET #state = :state, attempts = :attempts, reason = :reason "
                    "REMOVE owed, due_at, lease"
                ),
                "ExpressionAttributeNames": {"#state": "state"},
                "ExpressionAttributeValues": values(
                    state=state, attempts=mail.attempts + 1, reason=event.detail
                ),
            }
        }
        expires = int(kept["expires"]["N"])
        self._write(settled, self._put(event_item(mail.reference, event, mail.message_id, expires)))

    def _claim(self, idempotency: Idempotency, case: Case) -> "TransactWriteItemTypeDef":
        """Takes the key for this case, and asks who has it where that is refused."""
        return {
            "Put": {
                "TableName": self._table,
                "Item": key_item(idempotency, case.reference),
                "ConditionExpression": "attribute_not_exists(pk) OR expires_at <= :now",
                "ExpressionAttributeValues": values(now=stamp(case.received_at)),
                "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
            }
        }

    def _put_new(self, new: "Item") -> "TransactWriteItemTypeDef":
        return {
            "Put": {
                "TableName": self._table,
                "Item": new,
                "ConditionExpression": "attribute_not_exists(pk)",
            }
        }

    def _put(self, new: "Item") -> "TransactWriteItemTypeDef":
        return {"Put": {"TableName": self._table, "Item": new}}

    def _write(
        self, *writes: "TransactWriteItemTypeDef", lost: type[StoreUnavailable] = StoreUnavailable
    ) -> Refused | None:
        """Writes all or nothing, and then says why not."""
        outcome = self._attempts.make(
            partial(self._client.transact_write_items, TransactItems=writes), lost
        )
        return outcome if isinstance(outcome, Refused) else None

    def _answer(self, reading: Callable[[], Answer]) -> Answer:
        answer = self._attempts.make(reading)
        assert not isinstance(answer, Refused), "a read has no condition"
        return answer
