"""Counts the requests of a client of DynamoDB, and the units that AWS charges for them.

DynamoDB Local reports wrong units for transactions and for answers without items. So units follow
the rules of AWS (DynamoDB developer guide, "Read and write operations"); only how much a query or a
read found is taken from what DynamoDB Local reports.
"""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from botocore.model import OperationModel

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_Item = dict[str, Any]
_Key = tuple[str, str]

_INDEXES = (("owed", "due_at"), ("owed", "owed_at"), ("listed", "sort"))
"""The keys of the indexes, as in infra/table.yml; they hold nothing but keys."""

_CHANGES = re.compile(r"(\w+) = (:\w+)")
_FIRST_VALUES = re.compile(r"(\w+) = if_not_exists\(\w+, (:\w+)\)")
_REMOVED = re.compile(r"REMOVE ([\w, ]+)")


@dataclass
class Meter:
    """Counts requests by operation, and the read and write units they cost.

    It follows the items that are written, because an index entry is paid for when it changes.
    """

    requests: Counter[str] = field(default_factory=Counter)
    reads: float = 0.0
    writes: int = 0
    _items: dict[_Key, _Item] = field(default_factory=dict, repr=False)
    _pending: list[tuple[_Key, _Item | None]] = field(default_factory=list, repr=False)
    _least: float = 0.0

    def watch(self, client: "DynamoDBClient") -> None:
        """Counts every further request of this client, which is used by one thread."""
        events = client.meta.events
        events.register("before-parameter-build.dynamodb", self._count_request)
        events.register("after-call.dynamodb", self._count_answer)

    def take(self) -> "Meter":
        """Returns the counts since the last call, and starts again at zero."""
        counts = replace(self)
        self.requests, self.reads, self.writes = Counter(), 0.0, 0
        return counts

    def __str__(self) -> str:
        names = ", ".join(f"{count} {name}" for name, count in sorted(self.requests.items()))
        total = self.requests.total()
        requests = f"{total} request{'s' if total > 1 else ''} ({names})"
        return f"{requests}, {self.writes} write units, {self.reads:g} read units"

    def _count_request(self, params: dict[str, Any], model: OperationModel, **_: object) -> None:
        params["ReturnConsumedCapacity"] = "TOTAL"
        self.requests[model.name] += 1
        self._pending = []
        # An answer without items costs as much as one of 4 KB; half of it if it may lag.
        self._least = 1.0 if params.get("ConsistentRead") else 0.5
        match model.name:
            case "TransactWriteItems":
                for write in params["TransactItems"]:
                    ((kind, request),) = write.items()
                    self.writes += 2 * self._size(kind, request) + self._index_entries(
                        kind, request
                    )
            case "PutItem" | "UpdateItem" | "DeleteItem":
                kind = model.name.removesuffix("Item")
                self.writes += self._size(kind, params) + self._index_entries(kind, params)

    def _count_answer(self, model: OperationModel, parsed: dict[str, Any], **_: object) -> None:
        if "Error" in parsed:
            return
        for key, stored in self._pending:
            if stored is None:
                self._items.pop(key, None)
            else:
                self._items[key] = stored
        if model.name in ("GetItem", "Query", "Scan", "BatchGetItem"):
            consumed = parsed.get("ConsumedCapacity", {})
            entries = consumed if isinstance(consumed, list) else [consumed]
            units = sum(entry.get("CapacityUnits", 0.0) for entry in entries)
            self.reads += max(units, self._least)

    def _size(self, kind: str, request: dict[str, Any]) -> int:
        """Returns the started KB of an item, as it was or as it will be, whichever is more."""
        before, after = self._change(kind, request)
        return max(_kilobytes(before), _kilobytes(after))

    def _index_entries(self, kind: str, request: dict[str, Any]) -> int:
        """Returns how many entries the indexes lose and gain, each below 1 KB."""
        before, after = self._change(kind, request)
        self._pending.append((_key(kind, request), after))
        return sum(
            (old is not None) + (new is not None)
            for keys in _INDEXES
            if (old := _entry(before, keys)) != (new := _entry(after, keys))
        )

    def _change(self, kind: str, request: dict[str, Any]) -> tuple[_Item | None, _Item | None]:
        """Returns the item before and after a write."""
        before = self._items.get(_key(kind, request))
        if kind == "Put":
            return before, request["Item"]
        if kind == "Delete":
            return before, None
        if kind == "ConditionCheck":
            return before, before
        change, values = request["UpdateExpression"], request.get("ExpressionAttributeValues", {})
        after = dict(before or request["Key"])
        after = {name: values[value] for name, value in _FIRST_VALUES.findall(change)} | after
        after |= {name: values[value] for name, value in _CHANGES.findall(change)}
        for names in _REMOVED.findall(change):
            for name in names.split(","):
                after.pop(name.strip(), None)
        return before, after


def _key(kind: str, request: dict[str, Any]) -> _Key:
    keys = request["Item"] if kind == "Put" else request["Key"]
    return keys["pk"]["S"], keys["sk"]["S"]


def _entry(stored: _Item | None, keys: tuple[str, str]) -> tuple[str, ...] | None:
    if stored is None or not all(key in stored for key in keys):
        return None
    return tuple(stored[key]["S"] for key in keys)


def _kilobytes(stored: _Item | None) -> int:
    size = sum(
        len(name.encode()) + len(str(text).encode())
        for name, value in (stored or {}).items()
        for text in value.values()
    )
    return max(1, -(-size // 1024))
