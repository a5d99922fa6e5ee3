"""Each store, for the suites that every store must pass."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from functions.adapters.dynamodb.store import DynamoStore
from functions.adapters.sqlite.store import SqliteStore
from functions.cases.ports.store import Store
from tests.conftest import StoppedClock, codec
from tests.helpers.servers.dynamodb_local import client_at

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def unlist(client: "DynamoDBClient", table: str, reference: str) -> None:
    """Takes from a new case what a release before the desk did not store."""
    case = {"pk": {"S": f"CASE#{reference}"}, "sk": {"S": "CASE"}}
    client.update_item(TableName=table, Key=case, UpdateExpression="REMOVE listed, sort")
    for sk in ("SUMMARY", "ENDS"):
        client.delete_item(TableName=table, Key=case | {"sk": {"S": sk}})


@pytest.fixture(params=["sqlite", "dynamodb"])
def store(request: pytest.FixtureRequest, tmp_path: Path, clock: StoppedClock) -> Iterator[Store]:
    """Each store, empty."""
    if request.param == "dynamodb":
        address, table = map(request.getfixturevalue, ("dynamodb", "table"))
        yield DynamoStore(table, client_at(address), codec(clock))
        return
    made = SqliteStore(str(tmp_path / "ombud.db"), codec(clock))
    yield made
    made.close()


@pytest.fixture
def make_earlier(
    store: Store, request: pytest.FixtureRequest, tmp_path: Path
) -> Callable[[str], None]:
    """Makes of a case what a release before the desk stored of it, given its reference."""
    if isinstance(store, DynamoStore):
        address, table = map(request.getfixturevalue, ("dynamodb", "table"))
        client = client_at(address)

        def delete_items(reference: str) -> None:
            unlist(client, table, reference)

        return delete_items

    def delete_row(reference: str) -> None:
        of_case = "(SELECT id FROM cases WHERE reference = ?)"
        with closing(sqlite3.connect(tmp_path / "ombud.db", isolation_level=None)) as db:
            db.execute(f"DELETE FROM summaries WHERE case_id = {of_case}", (reference,))

    return delete_row
