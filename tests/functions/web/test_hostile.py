"""The corpus of hostile requests: nothing answers 5xx, nothing is stored in part or unasked."""

import json
from base64 import b64decode, b64encode
from typing import Any

import pytest
from starlette.testclient import TestClient

from functions.cases.ports.ports import Ports
from functions.model.case import Case
from functions.web.app import create_app
from tests.conftest import SITE_URL
from tests.helpers.filings import APPEAL
from tests.helpers.hostile.bodies import HOSTILE, Hostile
from tests.helpers.lambdas import answered, event


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wrong codes are not waited for; `test_app.py` holds that they are."""

    async def sleep(_: float) -> None:
        pass

    monkeypatch.setattr("functions.web.status.anyio.sleep", sleep)


def cases(ports: Ports) -> list[Case]:
    """Every case in the store."""
    return [case for case in ports.store.cases() if isinstance(case, Case)]


def check(one: Hostile, status: int, media: str, body: str, ports: Ports) -> None:
    """The rule that every entry is held to."""
    assert status == one.status, body[:300]
    stored = cases(ports)
    if one.stored is None:
        assert stored == []
        assert one.says in (json.loads(body)["detail"] if "json" in media else body)
        assert media.partition(";")[0] in ("application/problem+json", "text/html")
    else:
        (case,) = stored
        assert case.submission.account == one.stored
        assert case.submission.name == APPEAL["name"]
        assert case.submission.consent is True
    assert "Traceback" not in body
    assert "<script>alert" not in body or "json" in media


def test_names_differ() -> None:
    """Each entry can be told from the others, or some would never be seen to fail."""
    names = [one.name for one in HOSTILE]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("one", HOSTILE, ids=lambda one: one.name)
def test_refused_or_whole(one: Hostile, ports: Ports) -> None:
    """Each request is refused with a reason, or stored whole; a program is told what to mend."""
    headers = [(b"content-type", one.media.encode("latin-1")), (b"accept", b"application/json")]
    headers += [(name.encode(), value.encode("latin-1")) for name, value in one.headers]
    with TestClient(create_app(ports), base_url=SITE_URL) as client:
        answer = client.post(one.path, content=one.body, headers=headers, follow_redirects=False)
    check(one, answer.status_code, answer.headers.get("content-type", ""), answer.text, ports)


@pytest.mark.parametrize("one", HOSTILE, ids=lambda one: one.name)
def test_the_same_behind_api_gateway(one: Hostile, ports: Ports) -> None:
    """As an event of API Gateway the same request gets the same answer."""
    given = event("form_base64")
    given["headers"] |= {"content-type": one.media, "accept": "application/json"}
    given["headers"] |= dict(one.headers)
    given["requestContext"]["http"]["path"] = one.path
    given["body"] = b64encode(one.body).decode()
    answer = answered(given, ports)
    body = answer.get("body", "")
    if answer["isBase64Encoded"]:
        body = b64decode(body).decode()
    check(one, answer["statusCode"], answer["headers"].get("content-type", ""), body, ports)


@pytest.mark.parametrize(
    "changed",
    [
        {"body": "!!!"},
        {"body": "YQ"},
        {"body": "é"},
        {"body": "\ud800", "isBase64Encoded": False},
    ],
    ids=["no base64", "no padding", "not ASCII", "lone surrogate"],
)
def test_unreadable_events(changed: dict[str, Any], ports: Ports) -> None:
    """An event whose body is not what it says is answered with 400 and what to do."""
    answer = answered(event("form_base64") | changed, ports)
    assert answer["statusCode"] == 400
    assert "send it again" in json.loads(answer["body"])["detail"]
    assert cases(ports) == []


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"body": None}, 422),
        ({"body": "YQ==", "isBase64Encoded": False}, 422),
        ({"headers": None}, 415),
        ({"headers": {"Host": "[::1]:80:90", "X-Forwarded-Port": "a,b"}}, 415),
    ],
    ids=["no body", "base64 unsaid", "no headers", "odd host and port"],
)
def test_odd_events(changed: dict[str, Any], status: int, ports: Ports) -> None:
    """An event without what others have is answered as the request that it is."""
    answer = answered(event("form_base64") | changed, ports)
    assert answer["statusCode"] == status
    assert cases(ports) == []


def test_page_says_what_to_do(client: TestClient) -> None:
    """A person whose browser sends what cannot be read is told that the words are still there."""
    answer = client.post(
        "/cases/accreditation-body/appeal",
        content=b"account=%FF",
        headers={"content-type": "application/x-www-form-urlencoded", "accept-language": "en"},
    )
    assert answer.status_code == 400
    assert "Nothing was stored. Please go back to the form in your browser" in answer.text
