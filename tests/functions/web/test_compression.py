"""Answers of intake are compressed; those of the desk, which knows people by a cookie, are not."""

import pytest
from starlette.testclient import TestClient

from functions.cases.ports.ports import Ports
from functions.web.desk.app import create_desk
from tests.conftest import SITE_URL
from tests.helpers.filings import APPEAL
from tests.helpers.lambdas import answered, event

APPEALS = "/cases/accreditation-body/appeal"
GZIP = {"accept-encoding": "gzip, br"}


def test_pages_are_compressed(client: TestClient) -> None:
    """A form that comes back and a receipt take at most half of their bytes, if a browser asks."""
    back = client.post(APPEALS, data={"account": "XYZZY"}, headers=GZIP)
    filed = client.post(APPEALS, data=APPEAL, headers=GZIP, follow_redirects=False)
    receipt = client.get(filed.headers["location"], headers=GZIP)
    for answer in (back, receipt):
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.headers["vary"] == "Accept-Encoding"
        assert int(answer.headers["content-length"]) < len(answer.content) / 2
    plain = client.get(filed.headers["location"], headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers


def test_small_answers_stay(client: TestClient) -> None:
    """What fits into one packet is sent as it is."""
    assert "content-encoding" not in client.get("/cases/health", headers=GZIP).headers


def test_lambda_sends_bytes(ports: Ports) -> None:
    """API Gateway gets a compressed page in base64, as it must be."""
    given = answered(event("form_empty"), ports)
    assert (given["isBase64Encoded"], given["headers"]["content-encoding"]) == (True, "gzip")
    assert "<form" in given["body"]


@pytest.mark.parametrize("path", ["/cases/desk/login", "/cases/desk"])
def test_desk_is_not_compressed(path: str, ports: Ports) -> None:
    """Its pages have words of a request beside what only the person of the cookie may read."""
    with TestClient(create_desk(ports), base_url=SITE_URL) as desk:
        answer = desk.get(path, headers=GZIP)
    assert len(answer.content) > 1000
    assert "content-encoding" not in answer.headers
