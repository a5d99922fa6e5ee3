"""Counts how often something happened, in DynamoDB; a count is gone when its period ends."""

from datetime import datetime
from typing import TYPE_CHECKING

from functions.adapters.dynamodb.items import epoch
from functions.adapters.dynamodb.table import Table
from functions.adapters.encryption.moments import stamp
from functions.cases.ports.counters import Quota

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef


def increment(table: Table, key: str, now: datetime, expires_at: datetime, by: int) -> int:
    """See Counters."""
    ends = "SET expires_at = :expires_at, expires = :expires"
    while True:  # an expired count restarts; repeat if another request was faster
        for change, condition in (
            (f"{ends} ADD used :added", "attribute_not_exists(pk) OR expires_at > :now"),
            (f"{ends}, used = :added", "expires_at <= :now"),
        ):
            counter = table.update(
                f"COUNT#{key}",
                "COUNT",
                change,
                condition,
                now=stamp(now),
                added=by,
                expires_at=stamp(expires_at),
                expires=epoch(expires_at),
            )
            if counter is not None:
                return int(counter["used"]["N"])


def current_count(table: Table, key: str, now: datetime) -> int:
    """See Counters. Whole, because DynamoDB removes what has expired only within days."""
    counter = table.get_whole(f"COUNT#{key}", "COUNT")
    if counter is None or counter["expires_at"]["S"] <= stamp(now):
        return 0
    return int(counter["used"]["N"])


def use_quota(table: Table, quota: Quota) -> "TransactWriteItemTypeDef":
    """Part of a transaction: adds one to the quota, and fails if it is spent."""
    return table.change(
        f"QUOTA#{quota.key}",
        "QUOTA",
        "SET expires = :expires ADD used :one",
        "attribute_not_exists(pk) OR used < :most",
        one=1,
        most=quota.most,
        expires=epoch(quota.ends),
    )
