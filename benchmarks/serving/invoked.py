"""Measures the processor time of one Lambda invocation, against a bare Starlette under Mangum.

Runs the handler as deployed, with the real DynamoDB client, which builds, signs and parses its
requests by the data of the package; only the reply comes from here and not from the network.
"""

import itertools
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, cast
from unittest.mock import patch
from urllib.parse import urlencode

from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from mangum import Mangum

from benchmarks.figure import Figure
from benchmarks.serving.intake import APPEALS
from benchmarks.serving.servers import bare_starlette, encrypting
from functions.adapters import aws
from functions.adapters.dynamodb.store import DynamoStore
from functions.cases.ports.ports import Ports
from functions.web.app import create_app
from functions.web.gateway import Gateway
from infra.aws_data import aws_data
from tests.helpers.filings import APPEAL
from tests.helpers.servers.dynamodb_local import client_at

_Handler = Callable[[dict[str, Any], object], dict[str, Any]]
"""What Lambda calls with an event and a context."""

_JSON, _FORM = "application/json", "application/x-www-form-urlencoded"

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
    with _data_of_the_package():
        client = client_at("http://127.0.0.1:1")
    client.meta.events.register("before-send.dynamodb", cast(Any, _reply))
    store = DynamoStore("ombud", client, encrypting())
    ombud = Gateway(create_app(replace(ports, store=store)))
    starlette = cast(_Handler, Mangum(bare_starlette(), lifespan="off"))
    numbers = itertools.count()
    rounds = {
        "form": _round_of(ombud, _FORM, 303, numbers),
        "json": _round_of(ombud, _JSON, 201, numbers),
        "starlette": _round_of(starlette, _JSON, 201, numbers),
    }
    costs: dict[str, list[float]] = {name: [] for name in rounds}
    for run_round in rounds.values():
        run_round()
    for _ in range(_ROUNDS):
        for name, run_round in rounds.items():
            costs[name].append(run_round())
    form, ours, bare = (median(costs[name]) for name in ("form", "json", "starlette"))
    return [
        Figure(
            "lambda.form_cpu",
            "processor time of a filing by form on Lambda's path",
            form,
            "µs",
            most=1200,
        ),
        Figure(
            "lambda.cpu",
            "the same of a program's, which gets its signed receipt as JSON",
            ours,
            "µs",
            most=1200,
        ),
        Figure(
            "lambda.times_starlette",
            f"the same, against a bare Starlette under Mangum ({bare:,.0f} µs)",
            ours / bare,
            "times",
        ),
    ]


@contextmanager
def _data_of_the_package() -> Iterator[None]:
    """Has botocore read what the package has of its data, as on Lambda."""
    with TemporaryDirectory() as name, patch.object(aws, "_PLACE", Path(name)):
        for file, content in aws_data():
            path = Path(name) / aws.AWS_DATA / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        aws.session.cache_clear()
        try:
            yield
        finally:
            aws.session.cache_clear()


def _round_of(
    handler: _Handler, media: str, status: int, numbers: Iterator[int]
) -> Callable[[], float]:
    """Returns a function that measures the mean processor time of a filing, in microseconds."""

    def run_round() -> float:
        events = [_event(number, media) for number in itertools.islice(numbers, _FILINGS)]
        start = time.process_time()
        answers = [handler(event, None) for event in events]
        spent = time.process_time() - start
        assert {answer["statusCode"] for answer in answers} == {status}
        return 1e6 * spent / _FILINGS

    return run_round


def _event(number: int, media: str) -> dict[str, Any]:
    """Returns a filing as an event of API Gateway's HTTP API."""
    answers = APPEAL | {"account": f"{number}", "email": f"zhang{number}@example.com"}
    return {
        "version": "2.0",
        "routeKey": "POST /cases/{proxy+}",
        "rawPath": APPEALS,
        "rawQueryString": "",
        "headers": {"content-type": media, "host": "ombud.example.com"},
        "requestContext": {
            "http": {"method": "POST", "path": APPEALS, "sourceIp": f"192.0.2.{number % 250}"},
            "requestId": f"{number}",
            "stage": "$default",
        },
        "body": json.dumps(answers) if media == _JSON else urlencode(answers | {"step": "send"}),
        "isBase64Encoded": False,
    }
