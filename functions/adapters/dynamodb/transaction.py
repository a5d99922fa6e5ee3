"""The parts that a transaction of DynamoDB is made of; each writes or checks one item."""

import re
from typing import TYPE_CHECKING

from functions.adapters.dynamodb.items import item, values

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import (
        PutTypeDef,
        TransactWriteItemTypeDef,
        UpdateTypeDef,
    )

    from functions.adapters.dynamodb.items import Item


class TransactionParts:
    """Makes parts of a `Table.write`, for the table of that name."""

    def __init__(self, name: str) -> None:
        self.name = name

    def put(self, new: "Item") -> "TransactWriteItemTypeDef":
        """Returns part of a `write`: puts the item, and replaces an existing one."""
        return {"Put": {"TableName": self.name, "Item": new}}

    def put_new(self, new: "Item") -> "TransactWriteItemTypeDef":
        """Returns part of a `write`: puts the item if none is there."""
        return self.put_if(new, "attribute_not_exists(pk)")

    def put_if(
        self, new: "Item", condition: str, **values_: str | int
    ) -> "TransactWriteItemTypeDef":
        """Returns part of a `write`: puts the item if the stored one meets the condition."""
        put: PutTypeDef = {
            "TableName": self.name,
            "Item": new,
            "ConditionExpression": condition,
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
        if values_:
            put["ExpressionAttributeValues"] = values(**values_)
        if named := _names(condition):
            put["ExpressionAttributeNames"] = named
        return {"Put": put}

    def check(self, pk: str, sk: str, condition: str) -> "TransactWriteItemTypeDef":
        """Returns part of a `write`: changes nothing, and fails if the condition does not hold."""
        return {
            "ConditionCheck": {
                "TableName": self.name,
                "Key": item(pk=pk, sk=sk),
                "ConditionExpression": condition,
            }
        }

    def remove(self, pk: str, sk: str) -> "TransactWriteItemTypeDef":
        """Returns part of a `write`: deletes the item, if it is there."""
        return {"Delete": {"TableName": self.name, "Key": item(pk=pk, sk=sk)}}

    def remove_if(
        self, pk: str, sk: str, condition: str, **values_: str | int
    ) -> "TransactWriteItemTypeDef":
        """Returns part of a `write`: deletes the item if it meets the condition."""
        return {
            "Delete": {
                "TableName": self.name,
                "Key": item(pk=pk, sk=sk),
                "ConditionExpression": condition,
                "ExpressionAttributeNames": _names(condition),
                "ExpressionAttributeValues": values(**values_),
            }
        }

    def change(
        self, pk: str, sk: str, change: str, condition: str, **values_: str | int
    ) -> "TransactWriteItemTypeDef":
        """Returns part of a `write`: updates an item if the condition holds."""
        update: UpdateTypeDef = {
            "TableName": self.name,
            "Key": item(pk=pk, sk=sk),
            "UpdateExpression": change,
            "ConditionExpression": condition,
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
        if values_:
            update["ExpressionAttributeValues"] = values(**values_)
        return {"Update": update}


def _names(condition: str) -> dict[str, str]:
    """Returns the attributes that a condition names with a #, as DynamoDB reserves their names."""
    return {f"#{name}": name for name in re.findall(r"#(\w+)", condition)}
