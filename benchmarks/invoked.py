"""What one invocation costs the processor on Lambda, against a bare Starlette under Mangum.

The handler as it is deployed, over DynamoDB's own client, whose requests are made, signed and
parsed; only the reply comes from here and not from the network.
"""

import itertools
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from statistics import median
from typing import Any, cast

from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from mangum import Mangum
from starlette.applications import Starlette

from benchmarks.figure import Figure
from benchmarks.intake import APPEALS
from benchmarks.servers import bare_starlette, encrypting
from functions.adapters.dynamodb.store import DynamoStore
from functions.cases.ports.ports import Ports
from functions.web.app import create_app
from tests.helpers.filings import APPEAL
from tests.helpers.servers.dynamodb_local import client_at

_ROUNDS = 5
_FILINGS = 300


class _Raw:
    """The body of a reply, as botocore reads it."""

    def stream(self, **_: object) -> Iterator[bytes]:
        """All of it."""
        yield b"{}"


def _reply(request: Any, **_: object) -> AWSResponse:
    return AWSResponse(request.url, 200, HTTPHeaders(), _Raw())


def measure(ports: Ports) -> list[Figure]:
    """The figures; the contracts are those of `ports`."""
    client = client_at("http://127.0.0.1:1")
    client.meta.events.register("before-send.dynamodb", cast(Any, _reply))
    apps = {
        "ombud": create_app(replace(ports, store=DynamoStore("ombud", client, encrypting()))),
        "starlette": bare_starlette(),
    }
    works = {name: _invoking(app) for name, app in apps.items()}
    taken: dict[str, list[float]] = {name: [] for name in works}
    for work in works.values():
        work()
    for _ in range(_ROUNDS):
        for name, work in works.items():
            taken[name].append(work())
    ours, bare = median(taken["ombud"]), median(taken["starlette"])
    return [
        Figure("lambda.cpu", "processor time of a filing on Lambda's path", ours, "µs"),
        Figure(
            "lambda.times_starlette",
            f"the same, against a bare Starlette under Mangum ({bare:,.0f} µs)",
            ours / bare,
            "times",
        ),
    ]


def _invoking(app: Starlette) -> Callable[[], float]:
    """Microseconds of processor time that a filing costs, on average over many."""
    handler, numbers = Mangum(app, lifespan="off"), itertools.count()

    def work() -> float:
        events = [_event(number) for number in itertools.islice(numbers, _FILINGS)]
        start = time.process_time()
        answers = [handler(event, None) for event in events]  # type: ignore[arg-type] # as unused
        spent = time.process_time() - start
        assert {answer["statusCode"] for answer in answers} == {201}
        return 1e6 * spent / _FILINGS

    return work


def _event(number: int) -> dict[str, object]:
    """A filing as API Gateway's HTTP API hands it over."""
    answers = APPEAL | {"account": f"{number}", "email": f"zhang{number}@example.com"}
    return {
        "version": "2.0",
        "routeKey": "POST /cases/{proxy+}",
        "rawPath": APPEALS,
        "rawQueryString": "",
        "headers": {"content-type": "application/json", "host": "ombud.example.com"},
        "requestContext": {
            "http": {"method": "POST", "path": APPEALS, "sourceIp": "192.0.2.1"},
            "requestId": f"{number}",
            "stage": "$default",
        },
        "body": json.dumps(answers),
        "isBase64Encoded": False,
    }
