"""Real API Gateway v2 events through Mangum, as Lambda would hand them over."""

import json
from typing import Any

import pytest
from starlette.requests import Request

from functions.cases.ports.ports import Ports
from functions.web.request import client_address
from tests.helpers.lambdas import answered
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
