"""Site and functions behind one distribution: what a viewer gets, whatever an origin answers."""

from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlencode

import boto3
import httpx2
import pytest

from functions.cases.ports.ports import Ports
from functions.web.app import MISSING_PAGES
from tests.helpers.filings import APPEAL
from tests.helpers.lambdas import answered
from tests.helpers.packaged import Packaged
from tests.helpers.servers.edge import Answered, Edge, gateway_event

PAGES = ("index.html", "en/index.html", "404.html")


@pytest.fixture
def edge(packaged: Packaged, ports: Ports, built: Path, ministack: str) -> Edge:
    """The distribution, with S3 of the emulator and intake as its origins."""
    s3 = boto3.client("s3")
    s3.create_bucket(
        Bucket="site", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"}
    )
    for name in PAGES:
        s3.put_object(Bucket="site", Key=name, Body=(built / name).read_bytes())

    def bucket(method: str, path: str, headers: Mapping[str, str], _: str) -> Answered:
        given = httpx2.request(method, f"{ministack}/site{path}", headers=headers)
        return Answered(given.status_code, given.headers, given.text)

    def functions(method: str, path: str, headers: Mapping[str, str], body: str) -> Answered:
        given = answered(gateway_event(method, path, headers, body), ports)
        return Answered(given["statusCode"], given["headers"], given["body"])

    return Edge(packaged.resources, {"site": bucket, "cases": functions, "missing": functions})


def test_pages_come_from_the_bucket(edge: Edge, built: Path) -> None:
    """A page is its file, and no function is asked."""
    assert edge.get("/en/").body == (built / "en/index.html").read_text(encoding="utf-8")
    assert edge.asked == [("site", "/en/index.html")]


@pytest.mark.parametrize(
    ("path", "language", "words"),
    [
        ("/nowhere/", "zh-CN", "没有这个页面"),
        ("/en/nowhere/", "en", "There is no such page"),
        ("/en/nothing.html", "en", "There is no such page"),
        ("/不/存在/", "zh-CN", "没有这个页面"),
        ("/_missing/", "zh-CN", "没有这个页面"),
    ],
)
def test_missing_page_is_a_page_of_the_site(
    path: str, language: str, words: str, edge: Edge
) -> None:
    """It has the status 404 and the site's looks, in the language of its address, for a minute."""
    given = edge.get(path, **{"Accept-Language": "de"})
    assert given.status == 404
    assert f'<html lang="{language}"' in given.body
    assert f"<h1>{words}</h1>" in given.body
    assert 'rel="stylesheet" href="/assets/' in given.body
    assert given.headers["cache-control"] == "public, max-age=60"
    assert [origin for origin, _ in edge.asked] == ["site", "missing"]


def test_missing_page_while_contracts_cannot_be_read(
    edge: Edge, ports: Ports, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where S3 may be down, nobody is told that a page does not exist."""
    monkeypatch.setattr(ports.contracts, "current", _unavailable)
    assert edge.get("/nowhere/").status == 503


def _unavailable() -> None:
    from functions.model.errors import ContractUnavailable

    raise ContractUnavailable("S3 SlowDown")


FORM = {"content-type": "application/x-www-form-urlencoded", "accept": "text/html"}


@pytest.mark.parametrize(
    ("method", "path", "headers", "fields", "status", "words"),
    [
        ("GET", "/cases/receipt?token=ACB-22222-22223.forged", {}, {}, 410, "<h1>"),
        ("GET", "/cases/nothing", {}, {}, 404, "没有这个页面"),
        (
            "POST",
            "/cases/accreditation-body/appeal",
            FORM | {"origin": "https://evil.example.com", "sec-fetch-site": "cross-site"},
            APPEAL,
            400,
            "<h1>",
        ),
        ("POST", "/cases/nobody/appeal", FORM, APPEAL, 404, APPEAL["account"]),
        ("POST", "/cases/accreditation-body/appeal", FORM, {"account": "XYZZY"}, 422, "XYZZY"),
        ("POST", "/cases/accreditation-body/appeal", {"content-type": "a/b"}, APPEAL, 415, ""),
    ],
)
def test_answers_of_the_functions_arrive_unchanged(
    method: str,
    path: str,
    headers: dict[str, str],
    fields: dict[str, str],
    status: int,
    words: str,
    edge: Edge,
) -> None:
    """A dead link, a form from elsewhere or an error arrives as sent, with the filer's words."""
    given = edge.request(method, path, headers, urlencode(fields))
    assert given.status == status
    assert words in given.body
    assert [origin for origin, _ in edge.asked] == ["cases"]


@pytest.mark.parametrize("status", [one.value for one in HTTPStatus if one >= 400])
def test_no_status_is_replaced(status: int, packaged: Packaged) -> None:
    """Whatever status a function answers with, its page and its status reach the viewer."""

    def answering(*_: object) -> Answered:
        return Answered(status, {}, "the words of the filer")

    edge = Edge(packaged.resources, {"cases": answering})
    for method in ("GET", "POST"):
        given = edge.request(method, "/cases/desk/case/1", {})
        assert (given.status, given.body) == (status, "the words of the filer")


def test_missing_pages_have_their_route(packaged: Packaged) -> None:
    """The distribution asks where intake answers."""
    config = packaged.resources["Distribution"]["Properties"]["DistributionConfig"]
    (path,) = [one["OriginPath"] for one in config["Origins"] if one["Id"] == "missing"]
    assert path == MISSING_PAGES
