"""The corpus of hostile requests: nothing answers 5xx, nothing is stored in part or unasked."""

import json
from base64 import b64decode, b64encode
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from functions.cases.ports.ports import Ports
from functions.model.case import Case
from functions.web.app import create_app
from functions.web.response import LARGEST_REFUSAL
from tests.conftest import SITE_URL
from tests.functions.web.test_attachments import PATH as GRIEVANCES
from tests.functions.web.test_attachments import left
from tests.helpers.filings import APPEAL, GRIEVANCE
from tests.helpers.hostile.bodies import APPEALS, HOSTILE, Hostile
from tests.helpers.lambdas import answered, event
from tests.helpers.sample_files import PNG


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wrong codes are not waited for; `test_app.py` holds that they are."""

    async def sleep(_: float) -> None:
        pass

    monkeypatch.setattr("functions.web.status.case_access.anyio.sleep", sleep)


def cases(ports: Ports) -> list[Case]:
    """Every case in the store."""
    return [case for case in ports.store.cases() if isinstance(case, Case)]


def check(one: Hostile, status: int, media: str, body: str, ports: Ports) -> None:
    """The rule that every entry is held to."""
    assert status == one.status, body[:300]
    stored = cases(ports)
    if one.stored is None:
        assert stored == []
        assert len(body.encode()) <= LARGEST_REFUSAL
        assert one.says in (json.loads(body)["detail"] if "json" in media else body)
        assert media.partition(";")[0] in ("application/problem+json", "text/html")
    else:
        (case,) = stored
        assert case.submission.account == one.stored
        assert case.submission.name == APPEAL["name"]
        assert case.submission.consent is True
    assert "Traceback" not in body
    assert "<script>alert" not in body or "json" in media


def test_every_file_of_a_build_as_a_contract(client: TestClient, ports: Ports, built: Path) -> None:
    """A page may name any file; one that is no contract of its form is told so, by name.

    Found with the digest of a page of the site, which was answered with 503.
    """
    stored = sorted((built / "contracts").rglob("*.json"))
    assert len(stored) > 40
    statuses = set()
    for path in stored:
        answer = client.post(APPEALS, json=APPEAL | {"contract": path.stem, "consent": False})
        asked = {"name": "a.txt", "size": 4, "sha256": "0" * 64, "contract": path.stem}
        voucher = client.post("/cases/uploads/accreditation-body/appeal", json=asked)
        statuses |= {answer.status_code, voucher.status_code}
        assert answer.headers["content-type"] == "application/problem+json"
    assert statuses == {201, 404, 422}
    assert cases(ports) == []


def test_one_file_a_thousand_times_is_read_once(
    client: TestClient, ports: Ports, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often a voucher is sent, its file is read once; beyond five files none is read."""
    read: list[str] = []
    shelf_read = ports.shelf.read

    def counted(key: str) -> bytes:
        read.append(key)
        return shelf_read(key)

    tokens = [left(client, f"{number}.png", PNG + bytes([number]))[0] for number in range(7)]
    monkeypatch.setattr(ports.shelf, "read", counted)
    repeated = client.post(GRIEVANCES, json=GRIEVANCE | {"uploads": tokens[:1] * 20})
    assert repeated.status_code == 201
    assert len(read) == 1
    read.clear()
    english = {"Accept-Language": "en"}
    surplus = (
        client.post(GRIEVANCES, json=GRIEVANCE | {"uploads": tokens}, headers=english),
        client.post(GRIEVANCES, data=GRIEVANCE | {"upload": tokens}, headers=english),
    )
    for answer in surplus:
        assert answer.status_code == 422
        assert "at most 5 files" in unescape(answer.text)
    assert len(read) == 10
    read.clear()
    for tokens_ in (tokens[:1] * 500, [""] * 240_000):
        assert client.post(GRIEVANCES, json=GRIEVANCE | {"uploads": tokens_}).status_code == 400
    assert client.post(GRIEVANCES, data=GRIEVANCE | {"upload": tokens * 3}).status_code == 400
    assert read == []


def test_longest_answers_come_back_and_longer_ones_do_not(
    client: TestClient, ports: Ports, built: Path
) -> None:
    """Every form, with each answer at its longest, is given back; ten times that is refused."""
    contracts = ports.contracts
    for organisation, name in contracts.current().organisations.items():
        for kind_id, kind in contracts.contract(name).kinds.items():
            for text in ("字", '"'):
                answers: dict[str, str] = {
                    field.name: text * field.longest
                    for field in kind.fields
                    if field.input in ("text", "lines", "multiline", "email", "phone", "plate")
                }
                path = f"/cases/{organisation}/{kind_id}"
                answer = client.post(path, data=answers)
                assert answer.status_code == 422
                assert all(text in unescape(answer.text) for text in answers.values())
                longer = {name_: value * 10 for name_, value in answers.items()}
                assert client.post(path, data=longer).status_code == 413


@pytest.mark.parametrize("path", ["status", "status/information", "status/review"])
def test_look_up_gives_no_flood_back(client: TestClient, path: str) -> None:
    """What is sent with a wrong pair is not multiplied either."""
    for fields in ({"reference": '"' * 150_000}, {"reference": "x", "text": '"' * 150_000}):
        answer = client.post(f"/cases/{path}", data=fields | {"access_code": "y"})
        assert answer.status_code in (404, 413)
        assert len(answer.content) <= LARGEST_REFUSAL


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
    if answer["isBase64Encoded"] and "content-encoding" not in answer["headers"]:
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
