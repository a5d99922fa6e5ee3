"""Makes the requests that the store needs of a DynamoDB table."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from functions.adapters.dynamodb.attempts import Attempts, ConditionFailed
from functions.adapters.dynamodb.items import item, values
from functions.model.errors import StoreUnavailable

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import (
        ScanInputTypeDef,
        TransactWriteItemTypeDef,
        UpdateTypeDef,
    )

    from functions.adapters.dynamodb.items import Item

_Answer = TypeVar("_Answer")


class Table:
    """A table whose requests are repeated while a later try may succeed, so all are idempotent.

    Each method raises StoreUnavailable once the attempts are used up, and StoreError if no
    attempt can succeed.
    """

    def __init__(self, name: str, client: "DynamoDBClient", sleep: Callable[[float], None]) -> None:
        self.name = name
        self._client = client
        self._attempts = Attempts(sleep)

    def get(self, pk: str, sk: str, attribute: str) -> "Item | None":
        """Returns the item with only this attribute, read consistently; None if it is missing."""
        answer = self._answer(
            partial(
                self._client.get_item,
                TableName=self.name,
                Key=item(pk=pk, sk=sk),
                ProjectionExpression=attribute,
                ConsistentRead=True,
            )
        )
        return answer.get("Item")

    def get_whole(self, pk: str, sk: str) -> "Item | None":
        """Returns the whole item, read consistently; None if it is missing."""
        key = item(pk=pk, sk=sk)
        request = partial(self._client.get_item, TableName=self.name, Key=key, ConsistentRead=True)
        return self._answer(request).get("Item")

    def beginning_with(self, pk: str, sk: str) -> "list[Item]":
        """Returns all items of `pk` whose `sk` begins with this one, in order of `sk`."""
        pages = self._client.get_paginator("query").paginate(
            TableName=self.name,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :sk)",
            ExpressionAttributeValues=values(pk=pk, sk=sk),
            ConsistentRead=True,
        )
        items: list[Item] = self._answer(pages.build_full_result)["Items"]
        return items

    def scan(self, condition: str, **values_: str | int) -> "Iterator[Item]":
        """Yields every item of the table that meets the condition, page by page."""
        request: ScanInputTypeDef = {
            "TableName": self.name,
            "FilterExpression": condition,
            "ExpressionAttributeValues": values(**values_),
            "ConsistentRead": True,
        }
        while True:
            answer = self._answer(partial(self._client.scan, **request))
            yield from answer["Items"]
            if "LastEvaluatedKey" not in answer:
                return
            request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def delete(self, pk: str, sk: str) -> None:
        """Deletes an item, if it is there."""
        self._answer(partial(self._client.delete_item, TableName=self.name, Key=item(pk=pk, sk=sk)))

    def owed(self, shard: str, until: str, most: int) -> "list[Item]":
        """Returns up to `most` owed mails that are due by `until`, from an index that may lag."""
        answer = self._answer(
            partial(
                self._client.query,
                TableName=self.name,
                IndexName="owed-due",
                KeyConditionExpression="owed = :owed AND due_at <= :until",
                ExpressionAttributeValues=values(owed=shard, until=until),
                Limit=most,
            )
        )
        return answer["Items"]

    def owed_longest(self, shard: str, most: int) -> "list[Item]":
        """Returns keys and `owed_at` of the mails of this shard that are owed longest."""
        answer = self._answer(
            partial(
                self._client.query,
                TableName=self.name,
                IndexName="owed-since",
                KeyConditionExpression="owed = :owed",
                ExpressionAttributeValues=values(owed=shard),
                Limit=most,
            )
        )
        return answer["Items"]

    def update(
        self, pk: str, sk: str, change: str, condition: str, **values_: str | int
    ) -> "Item | None":
        """Returns the changed item; None if the condition does not hold."""
        outcome = self._attempts.make(
            partial(
                self._client.update_item,
                TableName=self.name,
                Key=item(pk=pk, sk=sk),
                UpdateExpression=change,
                ConditionExpression=condition,
                ExpressionAttributeValues=values(**values_),
                ReturnValues="ALL_NEW",
            )
        )
        return None if isinstance(outcome, ConditionFailed) else outcome["Attributes"]

    def write(
        self, *writes: "TransactWriteItemTypeDef", lost: type[StoreUnavailable] = StoreUnavailable
    ) -> ConditionFailed | None:
        """Writes all or nothing in one transaction; returns the failed condition, if any.

        Raises `lost` if all may be written although no reply came.
        """
        outcome = self._attempts.make(
            partial(self._client.transact_write_items, TransactItems=writes), lost
        )
        return outcome if isinstance(outcome, ConditionFailed) else None

    def put(self, new: "Item") -> "TransactWriteItemTypeDef":
        """Returns part of a `write`: puts the item, and replaces an existing one."""
        return {"Put": {"TableName": self.name, "Item": new}}

    def put_new(self, new: "Item") -> "TransactWriteItemTypeDef":
        """Returns part of a `write`: puts the item if none is there."""
        return {
            "Put": {
                "TableName": self.name,
                "Item": new,
                "ConditionExpression": "attribute_not_exists(pk)",
                "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
            }
        }

    def put_unless_kept(self, new: "Item", now: str) -> "TransactWriteItemTypeDef":
        """Returns part of a `write`: puts the item if none is there or the stored one has expired.

        DynamoDB deletes expired items days late, so an expired item counts as gone.
        """
        return {
            "Put": {
                "TableName": self.name,
                "Item": new,
                "ConditionExpression": "attribute_not_exists(pk) OR expires_at <= :now",
                "ExpressionAttributeValues": values(now=now),
                "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
            }
        }

    def change(
        self, pk: str, sk: str, change: str, condition: str | None, **values_: str | int
    ) -> "TransactWriteItemTypeDef":
        """Returns part of a `write`: updates an item if the condition holds."""
        update: UpdateTypeDef = {
            "TableName": self.name,
            "Key": item(pk=pk, sk=sk),
            "UpdateExpression": change,
            "ExpressionAttributeValues": values(**values_),
        }
        if condition:
            update["ConditionExpression"] = condition
            update["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
        return {"Update": update}

    def close(self) -> None:
        """Closes the client's connections."""
        self._client.close()

    def _answer(self, request: Callable[[], _Answer]) -> _Answer:
        answer = self._attempts.make(request)
        assert not isinstance(answer, ConditionFailed), "the request has no condition"
        return answer
