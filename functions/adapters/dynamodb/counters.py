"""Counts how often something happened, in DynamoDB; a count is gone when its period ends."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from functions.adapters.dynamodb.items import epoch
from functions.adapters.dynamodb.table import Table
from functions.adapters.encryption.moments import stamp
from functions.cases.ports.counters import Quota

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

    from functions.adapters.dynamodb.items import Item


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


def use_quotas(table: Table, quotas: tuple[Quota, ...]) -> "tuple[TransactWriteItemTypeDef, ...]":
    """Parts of a transaction: add one to each quota, and fail if one is spent.

    Those that are raised together are one item, and so one part.
    """
    return tuple(_use(table, key, of_item) for key, of_item in _by_item(quotas).items())


def spent_quota(quotas: tuple[Quota, ...], parts: "Sequence[Item | None]") -> Quota | None:
    """Returns the first quota that is spent, by what the parts of `use_quotas` found; or None."""
    for of_item, stored in zip(_by_item(quotas).values(), parts, strict=True):
        counts = stored or {}
        for quota in of_item:
            count = counts.get(_attribute(quota))
            if count is not None and int(count["N"]) >= quota.most:
                return quota
    return None


def quota_items(quotas: tuple[Quota, ...]) -> int:
    """Returns how many parts `use_quotas` makes of them."""
    return len(_by_item(quotas))


def _use(table: Table, key: str, quotas: list[Quota]) -> "TransactWriteItemTypeDef":
    names = [_attribute(quota) for quota in quotas]
    return table.change(
        f"QUOTA#{key}",
        "QUOTA",
        f"SET expires = :expires ADD {', '.join(f'{name} :one' for name in names)}",
        " AND ".join(
            f"(attribute_not_exists({name}) OR {name} < :most{number})"
            for number, name in enumerate(names)
        ),
        one=1,
        expires=epoch(max(quota.ends for quota in quotas)),
        **{f"most{number}": quota.most for number, quota in enumerate(quotas)},
    )


def _by_item(quotas: tuple[Quota, ...]) -> dict[str, list[Quota]]:
    found: dict[str, list[Quota]] = {}
    for quota in quotas:
        found.setdefault(quota.together or quota.key, []).append(quota)
    return found


def _attribute(quota: Quota) -> str:
    """Returns the attribute that counts it: the item of a day has one for each of its hours."""
    return f"used_{quota.key[:12]}" if quota.together else "used"
