"""Makes the requests that the store needs of a DynamoDB table."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from functions.adapters.dynamodb.attempts import Attempts, ConditionFailed
from functions.adapters.dynamodb.items import item, values
from functions.adapters.dynamodb.transaction import TransactionParts
from functions.model.errors import StoreUnavailable

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import (
        QueryInputTypeDef,
        ScanInputTypeDef,
        TransactWriteItemTypeDef,
        UpdateItemInputTypeDef,
    )

    from functions.adapters.dynamodb.items import Item

_Answer = TypeVar("_Answer")

_MOST_IN_BATCH = 100
"""Items that DynamoDB reads in one request."""


class Table(TransactionParts):
    """A table whose requests are repeated while a later try may succeed, so all are idempotent.

    Each method raises StoreUnavailable once the attempts are used up, and StoreError if no
    attempt can succeed.
    """

    def __init__(self, name: str, client: "DynamoDBClient", sleep: Callable[[float], None]) -> None:
        super().__init__(name)
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

    def get_each(self, keys: "Sequence[tuple[str, str]]") -> "dict[tuple[str, str], Item]":
        """Returns those of the items that are there, by `pk` and `sk`, read consistently."""
        found: dict[tuple[str, str], Item] = {}
        for start in range(0, len(keys), _MOST_IN_BATCH):
            wanted = [item(pk=pk, sk=sk) for pk, sk in keys[start : start + _MOST_IN_BATCH]]
            while wanted:
                answer = self._answer(
                    partial(
                        self._client.batch_get_item,
                        RequestItems={self.name: {"Keys": wanted, "ConsistentRead": True}},
                    )
                )
                for stored in answer["Responses"].get(self.name, ()):
                    found[stored["pk"]["S"], stored["sk"]["S"]] = stored
                rest = answer["UnprocessedKeys"].get(self.name)
                wanted = list(rest["Keys"]) if rest else []
        return found

    def beginning_with(self, pk: str, sk: str) -> "list[Item]":
        """Returns all items of `pk` whose `sk` begins with this one, in order of `sk`."""
        return self._all_of("pk = :pk AND begins_with(sk, :sk)", pk=pk, sk=sk)

    def between(self, pk: str, first: str, last: str) -> "list[Item]":
        """Returns all items of `pk` whose `sk` is from `first` to `last`, in order of `sk`."""
        return self._all_of(
            "pk = :pk AND sk BETWEEN :first AND :last", pk=pk, first=first, last=last
        )

    def keys_of(self, pk: str) -> list[str]:
        """Returns the `sk` of all items of `pk`."""
        return [stored["sk"]["S"] for stored in self._all_of("pk = :pk", "sk", pk=pk)]

    def scan_page(
        self, condition: str, start: "Item | None", **values_: str | int
    ) -> "tuple[list[Item], Item | None]":
        """Returns what meets the condition in one page of the table, and where the next begins."""
        request: ScanInputTypeDef = {
            "TableName": self.name,
            "FilterExpression": condition,
            "ExpressionAttributeValues": values(**values_),
            "ConsistentRead": True,
        }
        if start is not None:
            request["ExclusiveStartKey"] = start
        answer = self._answer(partial(self._client.scan, **request))
        return answer["Items"], answer.get("LastEvaluatedKey")

    def scan(self, condition: str, **values_: str | int) -> "Iterator[Item]":
        """Yields every item of the table that meets the condition, page by page."""
        start: Item | None = None
        while True:
            items, start = self.scan_page(condition, start, **values_)
            yield from items
            if start is None:
                return

    def delete(self, pk: str, sk: str) -> None:
        """Deletes an item, if it is there."""
        self._answer(partial(self._client.delete_item, TableName=self.name, Key=item(pk=pk, sk=sk)))

    def scan_index(self, index: str, most: int) -> "tuple[list[Item], bool]":
        """Returns up to `most` entries of a sparse index in no order, and whether these are all.

        The index may lag.
        """
        answer = self._answer(
            partial(self._client.scan, TableName=self.name, IndexName=index, Limit=most)
        )
        return answer["Items"], "LastEvaluatedKey" not in answer

    def in_index(
        self,
        index: str,
        condition: str,
        most: int,
        *,
        newest_first: bool = False,
        **values_: str | int,
    ) -> "list[Item]":
        """Returns up to `most` entries of an index, in its order; an index may lag."""
        found: list[Item] = []
        request = self._index_request(index, condition, values_)
        request["ScanIndexForward"] = not newest_first
        while len(found) < most:
            request["Limit"] = most - len(found)
            answer = self._answer(partial(self._client.query, **request))
            found += answer["Items"]
            if "LastEvaluatedKey" not in answer:
                break
            request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]
        return found

    def count_in_index(self, index: str, condition: str, most: int, **values_: str | int) -> int:
        """Returns how many entries of an index there are, but at most `most`."""
        count = 0
        request = self._index_request(index, condition, values_)
        request["Select"] = "COUNT"
        while count < most:
            request["Limit"] = most - count
            answer = self._answer(partial(self._client.query, **request))
            count += answer["Count"]
            if "LastEvaluatedKey" not in answer:
                break
            request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]
        return count

    def store(self, new: "Item") -> None:
        """Puts one item, and replaces an existing one."""
        self._answer(partial(self._client.put_item, TableName=self.name, Item=new))

    def update(
        self, pk: str, sk: str, change: str, condition: str, **values_: str | int
    ) -> "Item | None":
        """Returns the changed item; None if the condition does not hold."""
        request: UpdateItemInputTypeDef = {
            "TableName": self.name,
            "Key": item(pk=pk, sk=sk),
            "UpdateExpression": change,
            "ConditionExpression": condition,
            "ReturnValues": "ALL_NEW",
        }
        if values_:
            request["ExpressionAttributeValues"] = values(**values_)
        outcome = self._attempts.make(partial(self._client.update_item, **request))
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

    def close(self) -> None:
        """Closes the client's connections."""
        self._client.close()

    def _index_request(
        self, index: str, condition: str, values_: dict[str, str | int]
    ) -> "QueryInputTypeDef":
        return {
            "TableName": self.name,
            "IndexName": index,
            "KeyConditionExpression": condition,
            "ExpressionAttributeValues": values(**values_),
        }

    def _all_of(
        self, condition: str, attributes: str | None = None, **values_: str
    ) -> "list[Item]":
        request: QueryInputTypeDef = {
            "TableName": self.name,
            "KeyConditionExpression": condition,
            "ExpressionAttributeValues": values(**values_),
            "ConsistentRead": True,
        }
        if attributes:
            request["ProjectionExpression"] = attributes
        items: list[Item] = []
        while True:
            answer = self._answer(partial(self._client.query, **request))
            items += answer["Items"]
            if "LastEvaluatedKey" not in answer:
                return items
            request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def _answer(self, request: Callable[[], _Answer]) -> _Answer:
        answer = self._attempts.make(request)
        assert not isinstance(answer, ConditionFailed), "the request has no condition"
        return answer
