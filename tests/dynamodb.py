"""The table that DynamoStore works on, as an emulator gets it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast
from uuid import uuid4

from botocore.config import Config

from functions.adapters.aws import session

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def client_at(endpoint: str) -> "DynamoDBClient":
    """A client as the function has it, with an endpoint of its own."""
    config = Config(connect_timeout=1, read_timeout=3, retries={"total_max_attempts": 1})
    made = session().create_client("dynamodb", endpoint_url=endpoint, config=config)
    return cast("DynamoDBClient", made)


@contextmanager
def table(client: "DynamoDBClient") -> Iterator[str]:
    """An empty table, removed afterwards; its name."""
    name = f"ombud-{uuid4()}"
    client.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[
            {"AttributeName": "pk", "AttributeType": "S"},
            {"AttributeName": "sk", "AttributeType": "S"},
            {"AttributeName": "owed", "AttributeType": "S"},
            {"AttributeName": "due_at", "AttributeType": "S"},
        ],
        KeySchema=[
            {"AttributeName": "pk", "KeyType": "HASH"},
            {"AttributeName": "sk", "KeyType": "RANGE"},
        ],
        GlobalSecondaryIndexes=[
            {
                "IndexName": "owed-due",
                "KeySchema": [
                    {"AttributeName": "owed", "KeyType": "HASH"},
                    {"AttributeName": "due_at", "KeyType": "RANGE"},
                ],
                "Projection": {"ProjectionType": "KEYS_ONLY"},
            }
        ],
    )
    yield name
    client.delete_table(TableName=name)
