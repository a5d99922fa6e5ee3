"""Real API Gateway v2 events through Mangum, as Lambda would hand them over."""

import json
import re
from base64 import b64decode, b64encode
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.requests import Request
from starlette.testclient import TestClient

from functions import feedback, notify, sweep
from functions.cases.ports.ports import Ports
from functions.web.request import client_address
from tests.helpers.filings import APPEAL
from tests.helpers.lambdas import answered, event
from tests.helpers.places import EVENTS


def answer(name: str, ports: Ports) -> dict[str, Any]:
    """What the function gives back for an event file."""
    event = json.loads((EVENTS / f"{name}.json").read_text(encoding="utf-8"))
    return answered(event, ports)


@pytest.mark.parametrize("name", ["form_base64", "multipart_base64"])
def test_form_event(name: str, ports: Ports) -> None:
    """A form, base64 encoded as API Gateway does, leads to a receipt that can be fetched."""
    given = answer(name, ports)
    assert given["statusCode"] == 303
    assert given["headers"]["location"].startswith("/cases/receipt?token=ACB-")
    reference = given["headers"]["location"].partition("=")[2].partition(".")[0]
    case = ports.store.case(reference)
    assert case is not None
    assert case.submission.name == "张三"


def test_json_event(ports: Ports) -> None:
    """A JSON body is answered with 201."""
    given = answer("json_plain", ports)
    assert given["statusCode"] == 201
    assert json.loads(given["body"])["version"] == "1"


def test_empty_form_event(ports: Ports) -> None:
    """An empty form comes back in the page's language."""
    given = answer("form_empty", ports)
    assert given["statusCode"] == 422
    assert 'lang="en"' in given["body"]


def test_other_events(ports: Ports) -> None:
    """Health and receipt are reached by GET."""
    assert answer("health", ports)["statusCode"] == 200
    assert answer("receipt_forged", ports)["statusCode"] == 410


NO_REQUESTS = [
    {"key1": "value1", "key2": "value2", "key3": "value3"},
    {"version": "0", "detail-type": "Scheduled Event", "source": "aws.events", "detail": {}},
    {"version": "2.0", "requestContext": {}},
    {"version": "1.0", "httpMethod": "POST", "requestContext": {"http": None}},
    {},
    [],
    "warm",
    None,
]


@pytest.mark.parametrize("event", NO_REQUESTS, ids=repr)
def test_what_is_no_request_is_answered(event: Any, ports: Ports) -> None:
    """A test event of the console or a schedule that keeps intake warm is no error."""
    assert answered(event, ports)["statusCode"] == 204


@pytest.mark.parametrize("event", [{"key1": "value1"}, {}, {"Records": None}, "warm", None, []])
def test_other_functions_answer_test_events(event: Any, ports: Ports, wired: Path) -> None:
    """Neither the mails' function nor that of bounces fails on an event without records."""
    assert notify.handler(event, None) == {"batchItemFailures": []}
    feedback.handler(event, None)
    context = SimpleNamespace(get_remaining_time_in_millis=lambda: 60_000)
    assert sweep.handler(event, context) == {"tried": 0, "scanned": 0, "reminded": 0}


def test_trailing_slash_is_the_same_address(ports: Ports, client: TestClient) -> None:
    """A filing sent to the address with a slash is taken there, not redirected to a host."""
    event = json.loads((EVENTS / "json_plain.json").read_text(encoding="utf-8"))
    event["rawPath"] += "/"
    event["requestContext"]["http"]["path"] += "/"
    assert answered(event, ports)["statusCode"] == 201
    assert client.post("/cases/accreditation-body/appeal/", json=APPEAL).status_code == 201
    headers = {"Host": "evil.example"}
    for path in ("/cases/health/", "/cases/", "/cases//", "/cases/nobody/appeal/"):
        answer = client.get(path, headers=headers, follow_redirects=False)
        assert answer.status_code in (200, 404, 405)
        assert "evil.example" not in answer.text + str(answer.headers)


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_wrong_look_ups_do_not_hold_an_instance(
    ports: Ports, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """Lambda never sleeps: it says how long to wait, and the right pair opens at once."""

    async def sleep(_: float) -> None:
        raise AssertionError("this holds one of forty instances")

    monkeypatch.setattr("functions.web.status.case_access.anyio.sleep", sleep)
    filed = json.loads(answer("json_plain", ports)["body"])
    right = {"reference": filed["reference"], "access_code": filed["access_code"]}

    def look_up(pair: dict[str, str]) -> dict[str, Any]:
        given = event("json_plain")
        given["requestContext"]["http"]["path"] = "/cases/status"
        given["body"] = json.dumps(pair | {"language": language})
        return answered(given, ports)

    wrong = right | {"access_code": "AAAAA-AAAA-AAAA"}
    told = [look_up(wrong) for _ in range(7)]
    assert [one["statusCode"] for one in told] == [404, 404, 429, 429, 429, 429, 429]
    waits = [one["headers"].get("retry-after") for one in told]
    assert waits == [None, None, "1", "2", "4", "8", "8"]
    assert re.search(r"\b8\b", json.loads(b64decode(told[-1]["body"]))["detail"], re.ASCII)
    assert look_up(right)["statusCode"] == 200
    page = event("form_base64")
    page["requestContext"]["http"]["path"] = "/cases/status"
    page["body"] = b64encode(urlencode(wrong | {"language": language}).encode()).decode()
    given = answered(page, ports)
    assert (given["statusCode"], given["headers"]["retry-after"]) == (429, "8")
    assert f'value="{filed["reference"]}"' in given["body"]


@pytest.mark.parametrize(
    ("header", "lambda_event", "address"),
    [
        ("192.0.2.10:46532", {"aws.event": {}}, "192.0.2.10"),
        ("2001:db8::1:46532", {"aws.event": {}}, "2001:db8::/64"),
        ("", {"aws.event": {}}, "203.0.113.5"),
        ("192.0.2.10:46532", {}, "203.0.113.5"),
    ],
)
def test_viewer_behind_cloudfront(
    header: str, lambda_event: dict[str, object], address: str
) -> None:
    """Failures count for CloudFront's viewer, not for its edge; elsewhere nobody names himself."""
    headers = [(b"cloudfront-viewer-address", header.encode())]
    scope = {"type": "http", "headers": headers, "client": ("203.0.113.5", 1)}
    assert client_address(Request(scope | lambda_event)) == address
