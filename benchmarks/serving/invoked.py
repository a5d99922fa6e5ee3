"""Measures the processor time of one Lambda invocation, against a bare Starlette under Mangum.

Runs the handler as deployed, with the real DynamoDB client, which builds, signs and parses its
requests; only the reply comes from here and not from the network.
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

from benchmarks.figure import Figure
from benchmarks.serving.intake import APPEALS
from benchmarks.serving.servers import bare_starlette, encrypting
from functions.adapters.dynamodb.store import DynamoStore
from functions.cases.ports.ports import Ports
from functions.web.app import create_app
from functions.web.gateway import Gateway
from tests.helpers.filings import APPEAL
from tests.helpers.servers.dynamodb_local import client_at

_Handler = Callable[[dict[str, Any], object], dict[str, Any]]
"""What Lambda calls with an event and a context."""

_ROUNDS = 5
_FILINGS = 300


class _EmptyBody:
    """The body of a reply, with the method by which botocore reads it."""

    def stream(self, **_: object) -> Iterator[bytes]:
        """Yields the whole body."""
        yield b"{}"


def _reply(request: Any, **_: object) -> AWSResponse:
    return AWSResponse(request.url, 200, HTTPHeaders(), _EmptyBody())


def measure(ports: Ports) -> list[Figure]:
    """Returns the figures; the contracts are those of `ports`."""
    client = client_at("http://127.0.0.1:1")
    client.meta.events.register("before-send.dynamodb", cast(Any, _reply))
    store = DynamoStore("ombud", client, encrypting())
    handlers: dict[str, _Handler] = {
        "ombud": Gateway(create_app(replace(ports, store=store))),
        "starlette": cast(_Handler, Mangum(bare_starlette(), lifespan="off")),
    }
    rounds = {name: _round_of(handler) for name, handler in handlers.items()}
    costs: dict[str, list[float]] = {name: [] for name in rounds}
    for run_round in rounds.values():
        run_round()
    for _ in range(_ROUNDS):
        for name, run_round in rounds.items():
            costs[name].append(run_round())
    ours, bare = median(costs["ombud"]), median(costs["starlette"])
    return [
        Figure("lambda.cpu", "processor time of a filing on Lambda's path", ours, "µs", most=1200),
        Figure(
            "lambda.times_starlette",
            f"the same, against a bare Starlette under Mangum ({bare:,.0f} µs)",
            ours / bare,
            "times",
        ),
    ]


def _round_of(handler: _Handler) -> Callable[[], float]:
    """Returns a function that measures the mean processor time of a filing, in microseconds."""
    numbers = itertools.count()

    def run_round() -> float:
        events = [_event(number) for number in itertools.islice(numbers, _FILINGS)]
        start = time.process_time()
        answers = [handler(event, None) for event in events]
        spent = time.process_time() - start
        assert {answer["statusCode"] for answer in answers} == {201}
        return 1e6 * spent / _FILINGS

    return run_round


def _event(number: int) -> dict[str, Any]:
    """Returns a filing as an event of API Gateway's HTTP API."""
    answers = APPEAL | {"account": f"{number}", "email": f"zhang{number}@example.com"}
    return {
        "version": "2.0",
        "routeKey": "POST /cases/{proxy+}",
        "rawPath": APPEALS,
        "rawQueryString": "",
        "headers": {"content-type": "application/json", "host": "ombud.example.com"},
        "requestContext": {
            "http": {"method": "POST", "path": APPEALS, "sourceIp": f"192.0.2.{number % 250}"},
            "requestId": f"{number}",
            "stage": "$default",
        },
        "body": json.dumps(answers),
        "isBase64Encoded": False,
    }
