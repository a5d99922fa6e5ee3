"""The ports over each store."""

import pytest

from functions.adapters.dynamodb.store import DynamoStore
from functions.cases.ports.ports import Ports
from tests.conftest import StoppedClock, codec, on_store
from tests.helpers.servers.dynamodb_local import client_at


@pytest.fixture(params=["sqlite", "dynamodb"])
def stored(request: pytest.FixtureRequest, ports: Ports, clock: StoppedClock) -> Ports:
    """The ports over each store, empty."""
    if request.param == "sqlite":
        return ports
    address, table = map(request.getfixturevalue, ("dynamodb", "table"))
    return on_store(ports, DynamoStore(table, client_at(address), codec(clock)))
