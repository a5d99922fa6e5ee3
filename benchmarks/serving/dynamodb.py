"""Counts the requests to DynamoDB and their write units, on DynamoDB Local."""

import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from botocore.model import OperationModel
from starlette.testclient import TestClient

from functions.adapters.dynamodb.store import DynamoStore
from functions.cases.delivery import drain
from functions.cases.ports.ports import Ports
from functions.web.app import create_app
from tests.conftest import Mailbox, codec
from tests.helpers.filings import APPEAL
from tests.helpers.servers.dynamodb_local import EmulatorMissing, client_at, emulator, table
from tests.helpers.servers.listening import free_port

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_APPEALS = "/cases/accreditation-body/appeal"


@dataclass
class Meter:
    """Counts requests by operation, and the write units they cost.

    DynamoDB Local reports wrong units for transactions and empty answers. `write_units` therefore
    follows the rules of AWS; `reported_units` is what DynamoDB Local reports.
    """

    requests: Counter[str] = field(default_factory=Counter)
    write_units: int = 0
    reported_units: float = 0.0

    def watch(self, client: "DynamoDBClient") -> None:
        """Counts every further request of this client."""
        events = client.meta.events
        events.register("before-parameter-build.dynamodb", self._count_request)
        events.register("after-call.dynamodb", self._count_reported)

    def _count_request(self, params: dict[str, Any], model: OperationModel, **_: object) -> None:
        params["ReturnConsumedCapacity"] = "TOTAL"
        self.requests[model.name] += 1
        self.write_units += write_units(model.name, params)

    def _count_reported(self, model: OperationModel, parsed: dict[str, Any], **_: object) -> None:
        if not _writes(model.name):
            return
        consumed = parsed.get("ConsumedCapacity", [])
        for capacity in consumed if isinstance(consumed, list) else [consumed]:
            self.reported_units += capacity["CapacityUnits"]

    def take(self) -> "Meter":
        """Returns the counts since the last call, and starts again at zero."""
        counts = replace(self)
        self.requests, self.write_units, self.reported_units = Counter(), 0, 0.0
        return counts

    def __str__(self) -> str:
        names = ", ".join(f"{count} {name}" for name, count in sorted(self.requests.items()))
        total = self.requests.total()
        requests = f"{total} request{'s' if total > 1 else ''} ({names})"
        return f"{requests}, {self.write_units} write units (reported: {self.reported_units:g})"


def write_units(operation: str, params: dict[str, Any]) -> int:
    """Returns the write units that AWS charges, whether or not the conditions hold.

    AWS charges one for each started KB of an item, twice that in a transaction, and one for each
    entry that an index loses or gains. Updated items are mails or counts, below 1 KB.
    Source: DynamoDB developer guide, read and write operations.
    """
    if operation == "TransactWriteItems":
        return sum(_units_in_transaction(write) for write in params["TransactItems"])
    if operation == "UpdateItem":
        return 3 if params["Key"]["sk"]["S"].startswith("MAIL#") else 1
    return 0


def _units_in_transaction(write: dict[str, Any]) -> int:
    if "Update" in write:
        return 3 if write["Update"]["Key"]["sk"]["S"].startswith("MAIL#") else 2
    item = write["Put"]["Item"]
    size = sum(
        len(name.encode()) + len(str(text).encode())
        for name, value in item.items()
        for text in value.values()
    )
    return 2 * -(-size // 1024) + ("owed" in item)


def _writes(operation: str) -> bool:
    return operation in ("TransactWriteItems", "UpdateItem")


def report(ports: Ports) -> str:
    """Returns one line for each use case, or one line that says why nothing is measured."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            with emulator(Path(folder) / "dynamodb.log", free_port()) as address:
                return measure(ports, address)
        except EmulatorMissing as error:
            return f"DynamoDB: not measured, {error}"


def measure(ports: Ports, address: str) -> str:
    """Returns the same lines, measured at an emulator that runs at `address`."""
    client, meter = client_at(address), Meter()
    with table(client_at(address)) as name:
        meter.watch(client)
        ports = replace(ports, store=DynamoStore(name, client, codec(ports.now)), mailer=Mailbox())
        browser = TestClient(create_app(ports))
        headers = {"Idempotency-Key": "1"}
        filed = browser.post(_APPEALS, json=APPEAL, headers=headers).json()
        lines = [f"one filing with two mails: {meter.take()}"]
        uses: dict[str, Callable[[], object]] = {
            "one retry of it": lambda: browser.post(_APPEALS, json=APPEAL, headers=headers),
            "one status look-up": lambda: browser.post("/cases/status", json=_credentials(filed)),
            "both mails sent, by sweep": lambda: drain(ports),
            "one sweep that finds nothing": lambda: drain(ports),
        }
        for title, use in uses.items():
            use()
            lines.append(f"{title}: {meter.take()}")
    return "\n".join(["DynamoDB", *(f"  {line}" for line in lines)])


def _credentials(filed: dict[str, str]) -> dict[str, str]:
    return {name: filed[name] for name in ("reference", "access_code")}
