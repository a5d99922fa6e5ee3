"""One client that sends too many requests, and those who use the same functions meanwhile."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from functions.cases.ports.ports import Ports
from functions.web.app import create_app
from functions.web.desk.app import create_desk
from functions.web.middleware import request_rate
from functions.web.middleware.request_rate import BURST, PER_SECOND, RequestRate
from tests.helpers.lambdas import answered, event

HEALTH = "/cases/health"
CROWD = "203.0.113.9"


def statuses(client: TestClient, times: int) -> list[int]:
    """The statuses of so many requests."""
    return [client.get(HEALTH).status_code for _ in range(times)]


async def fine(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that answers 200."""
    await Response()(scope, receive, send)


async def refused(_: Request, seconds: int) -> Response:
    """The refusal."""
    return Response(str(seconds), 429)


def test_burst_then_a_rate() -> None:
    """A client has a burst, then a few requests a second; others have their own."""
    now = [100.0]
    app = RequestRate(fine, refused, lambda: now[0])
    crowd, person = (TestClient(app, client=(host, 1)) for host in (CROWD, "203.0.113.10"))
    assert statuses(crowd, BURST + 1) == [200] * BURST + [429]
    assert statuses(person, 1) == [200]
    now[0] += 1
    assert statuses(crowd, PER_SECOND + 1) == [200] * PER_SECOND + [429]
    now[0] += 3600
    assert statuses(crowd, BURST + 1) == [200] * BURST + [429]


@pytest.mark.parametrize("create", [create_app, create_desk])
@pytest.mark.parametrize(
    ("headers", "words"),
    [
        ({"accept": "text/html", "accept-language": "zh-CN"}, "<h1>同一网络发来的请求过多</h1>"),
        ({"accept": "text/html", "accept-language": "en"}, "<h1>Too many requests from one"),
        ({"accept": "application/json"}, '"title":"Too Many Requests","status":429'),
    ],
)
def test_refusal_speaks_the_readers_language(
    create: Callable[[Ports], Starlette],
    headers: dict[str, str],
    words: str,
    ports: Ports,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A page or problem details, with the time to wait and the security headers."""
    monkeypatch.setattr(request_rate, "BURST", 0)
    answer = TestClient(create(ports), client=(CROWD, 1)).get(HEALTH, headers=headers)
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "1"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert words in answer.text


def test_unknown_clients_are_not_counted() -> None:
    """Who comes through a proxy that names no clients would share one limit with all others."""
    app = RequestRate(fine, refused, lambda: 100.0)
    for host in ("127.0.0.1", "testclient"):
        assert set(statuses(TestClient(app, client=(host, 1)), BURST + 1)) == {200}
    proxied = TestClient(app, client=("127.0.0.1", 1), headers={"x-forwarded-for": CROWD})
    assert statuses(proxied, BURST + 1)[-1] == 429


def test_clients_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many addresses there are, memory is bounded; the latest are remembered."""
    monkeypatch.setattr(request_rate, "_MOST_CLIENTS", 2)
    app = RequestRate(fine, refused, lambda: 100.0)
    first, second, third = (TestClient(app, client=(f"192.0.2.{n}", 1)) for n in range(3))
    for one in (first, second, third):
        assert statuses(one, BURST + 1)[-1] == 429
    assert statuses(third, 1) == [429]
    assert statuses(first, 1) == [200]


def test_refusals_are_counted(
    ports: Ports, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On AWS each refusal is in a metric, on which an alarm stands."""
    monkeypatch.setattr(request_rate, "BURST", 0)
    caplog.set_level("INFO", "ombud.access")
    context = SimpleNamespace(aws_request_id="a", function_name="ombud-prod-intake")
    assert answered(event("health"), ports, context)["statusCode"] == 429
    metrics = caplog.records[-1].__dict__["metrics"]
    assert metrics["RequestsLimited"] == 1
