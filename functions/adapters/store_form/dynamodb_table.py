"""Tells what a table is that OMBUD_STORE names, without changing it."""

from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from functions.adapters.aws import session
from functions.adapters.dynamodb.desk_items import LISTED
from functions.cases.ports.store_state import (
    StoreAbsent,
    StoreForeign,
    StoreOlder,
    StoreReady,
    StoreState,
)
from functions.model.errors import StoreError

INDEXES = ("owed-due", "owed-since", LISTED)


def examine_table(name: str) -> StoreState:
    """Asks DynamoDB for the table's description. Raises StoreError if it may not be asked."""
    limits = Config(connect_timeout=5, read_timeout=10, retries={"total_max_attempts": 2})
    try:
        client: Any = session().create_client("dynamodb", config=limits)
        table = client.describe_table(TableName=name)["Table"]
    except ClientError as error:
        if error.response["Error"]["Code"] == "ResourceNotFoundException":
            return StoreAbsent()
        raise StoreError(f"DynamoDB: {error.response['Error']['Code']} for {name}") from error
    except BotoCoreError as error:
        raise StoreError(f"DynamoDB: {error}") from error
    return _form_of(table)


def _form_of(table: dict[str, Any]) -> StoreState:
    if table["TableStatus"] not in ("ACTIVE", "UPDATING"):
        return StoreForeign(f"the table is {table['TableStatus']}")
    indexes = {each["IndexName"]: each for each in table.get("GlobalSecondaryIndexes", ())}
    if missing := [name for name in INDEXES if name not in indexes]:
        return StoreOlder(f"the table lacks the index {missing[0]}, which this release has")
    building = [name for name in INDEXES if indexes[name].get("IndexStatus", "ACTIVE") != "ACTIVE"]
    remarks = [f"the index {name} is still being built: wait" for name in building]
    if not table.get("StreamSpecification", {}).get("StreamEnabled"):
        remarks.append("the table has no stream, so mails wait for the sweep: deploy the stack")
    if not table.get("DeletionProtectionEnabled"):
        remarks.append("the table may be deleted by mistake: deploy the stack, which protects it")
    return StoreReady(tuple(remarks))
