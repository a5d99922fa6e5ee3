"""A table of DynamoDB: the few requests that the store makes of it."""

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
    """Each request is tried again where that may help, so each must bear being repeated.

    Raises StoreUnavailable where it did not help, StoreError where it never will.
    """

    def __init__(self, name: str, client: "DynamoDBClient", sleep: Callable[[float], None]) -> None:
        self.name = name
        self._client = client
        self._attempts = Attempts(sleep)

    def get(self, pk: str, sk: str, attribute: str) -> "Item | None":
        """One attribute of an item, as the latest write left it."""
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

    def beginning_with(self, pk: str, sk: str) -> "list[Item]":
        """All items of `pk` whose own key begins with `sk`, in its order."""
        pages = self._client.get_paginator("query").paginate(
            TableName=self.name,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :sk)",
            ExpressionAttributeValues=values(pk=pk, sk=sk),
            ConsistentRead=True,
        )
        items: list[Item] = self._answer(pages.build_full_result)["Items"]
        return items

    def scan(self, condition: str, **values_: str | int) -> "Iterator[Item]":
        """Every item that meets the condition, from the whole table, page by page."""
        asked: ScanInputTypeDef = {
            "TableName": self.name,
            "FilterExpression": condition,
            "ExpressionAttributeValues": values(**values_),
            "ConsistentRead": True,
        }
        while True:
            answer = self._answer(partial(self._client.scan, **asked))
            yield from answer["Items"]
            if "LastEvaluatedKey" not in answer:
                return
            asked["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def delete(self, pk: str, sk: str) -> None:
        """Deletes an item, if it is there."""
        self._answer(partial(self._client.delete_item, TableName=self.name, Key=item(pk=pk, sk=sk)))

    def owed(self, shard: str, until: str, most: int) -> "list[Item]":
        """The first entries of the index of owed mails; it may lag behind the table."""
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

    def owed_since(self, shard: str) -> "str | None":
        """When the mail of this key that waits longest came to be owed."""
        answer = self._answer(
            partial(
                self._client.query,
                TableName=self.name,
                IndexName="owed-since",
                KeyConditionExpression="owed = :owed",
                ExpressionAttributeValues=values(owed=shard),
                Limit=1,
            )
        )
        return next((found["owed_at"]["S"] for found in answer["Items"]), None)

    def update(
        self, pk: str, sk: str, change: str, condition: str, **values_: str | int
    ) -> "Item | None":
        """The changed item; None where the condition does not hold."""
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
        """Writes all or nothing; nothing gives the items that were in the way.

        Raises `lost` where all may be written although no reply came.
        """
        outcome = self._attempts.make(
            partial(self._client.transact_write_items, TransactItems=writes), lost
        )
        return outcome if isinstance(outcome, ConditionFailed) else None

    def put(self, new: "Item") -> "TransactWriteItemTypeDef":
        """Part of a `write`: the item, whatever is there."""
        return {"Put": {"TableName": self.name, "Item": new}}

    def put_new(self, new: "Item") -> "TransactWriteItemTypeDef":
        """Part of a `write`: the item, if none is there."""
        return {
            "Put": {
                "TableName": self.name,
                "Item": new,
                "ConditionExpression": "attribute_not_exists(pk)",
                "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
            }
        }

    def put_unless_kept(self, new: "Item", now: str) -> "TransactWriteItemTypeDef":
        """Part of a `write`: the item, if none is there that has not expired by `now`.

        DynamoDB deletes days late, so that what has expired counts as gone.
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
        """Part of a `write`: an update of an item, where the condition holds."""
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

    def _answer(self, reading: Callable[[], _Answer]) -> _Answer:
        answer = self._attempts.make(reading)
        assert not isinstance(answer, ConditionFailed), "a read has no condition"
        return answer
