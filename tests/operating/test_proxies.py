"""Behind Caddy and nginx, with our examples: the same headers, pages, limits and addresses."""

import gzip
from collections.abc import Iterator, Mapping
from contextlib import closing
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from tests.helpers.filings import COMPLAINT
from tests.helpers.operating.proxies import caddy, nginx
from tests.helpers.servers.listening import free_port
from tests.helpers.servers.public_server import PublicServer

FILE = "/cases/securities-brokerage/complaint"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
FROM_US = ("date", "server", "etag", "last-modified", "connection", "x-request-id", "via")
"""Headers that may differ."""


@pytest.fixture(scope="module", params=["caddy", "nginx"])
def proxy(
    request: pytest.FixtureRequest, public: PublicServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of each."""
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "caddy":
        with caddy(folder, public.port) as address:
            yield address
    else:
        with nginx(folder, public.port, public.log.parent / "dist") as address:
            yield address


def ask(
    address: str,
    path: str,
    method: str = "GET",
    body: str | None = None,
    headers: Mapping[str, str] | None = None,
    source: str = "127.0.0.1",
) -> tuple[int, Message, bytes]:
    """Status, headers and content of an answer to whoever asks from `source`."""
    parts = urlsplit(address)
    host, port = parts.hostname, parts.port
    assert host
    connection = HTTPConnection(host, port, timeout=30, source_address=(source, 0))
    with closing(connection):
        connection.request(method, path, body, dict(headers or {}))
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/car-dealer/",
        "/en/car-dealer/",
        "/car-dealer/policy.json",
        "/car-dealer/changes.xml",
        "/car-dealer/procedure.txt",
        "/.well-known/security.txt",
        "/no-such-page/",
        "/en/no-such-page/",
        "/contracts/current.json",
        "/Contracts/current.json",
        "/car-dealer/../contracts/current.json",
        "/.dist.build",
        "/cases/health",
        "/cases/desk/login",
        "/cases/no-such-organisation/complaint",
    ],
)
def test_same_answer_as_without(proxy: str, public: PublicServer, path: str) -> None:
    """Status, content and every header of an answer are those of Ombud, whoever serves it."""
    status, headers, content = ask(proxy, path)
    own_status, own_headers, own_content = ask(public.address, path)
    assert (status, content) == (own_status, own_content)
    kept = {name.lower(): value for name, value in headers.items()}
    own = {name.lower(): value for name, value in own_headers.items()}
    for name in (*FROM_US, "vary", "accept-ranges", "transfer-encoding", "content-length"):
        kept.pop(name, None)
        own.pop(name, None)
    assert kept == own


def test_assets_are_kept_for_a_year(proxy: str, public: PublicServer) -> None:
    """Files with a digest in their name are cached for good, and scripts and styles compressed."""
    style = next((public.log.parent / "dist" / "assets").glob("ombud.*.css"))
    path, wanted = f"/assets/{style.name}", {"Accept-Encoding": "gzip"}
    status, headers, content = ask(proxy, path, headers=wanted)
    assert (status, headers["Cache-Control"]) == (200, "public, max-age=31536000, immutable")
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(content) == style.read_bytes()


def test_answers_to_people_are_compressed(proxy: str) -> None:
    """They come compressed once, as from the functions alone."""
    headers = {**FORM, "Accept-Encoding": "gzip"}
    status, answered, content = ask(proxy, FILE, "POST", urlencode({"account": ""}), headers)
    assert (status, answered["Content-Encoding"]) == (422, "gzip")
    assert b"<form" in gzip.decompress(content)


def test_filing_gets_its_receipt(proxy: str) -> None:
    """The redirect leads to the site's address, and to a receipt."""
    filing = COMPLAINT | {"account": f"柜台让我等了三个小时。{proxy}"}
    status, headers, _ = ask(proxy, FILE, "POST", urlencode(filing), FORM)
    assert status == 303
    receipt = urlsplit(headers["Location"])
    reference = receipt.query.removeprefix("token=").partition(".")[0]
    status, _, page = ask(proxy, f"{receipt.path}?{receipt.query}")
    assert (status, reference in page.decode()) == (200, True)


def test_clients_are_told_apart(proxy: str) -> None:
    """The address is that of the connection: what a client writes into the header counts nothing.

    The same words from the same address are one filing, from another they are two.
    """
    filing = urlencode(COMPLAINT | {"account": f"第二次等候。{proxy}"})

    def reference(source: str, forwarded: str) -> str:
        headers = FORM | ({"X-Forwarded-For": forwarded} if forwarded else {})
        status, answered, _ = ask(proxy, FILE, "POST", filing, headers, source)
        assert status == 303
        return str(answered["Location"].partition("token=")[2].partition(".")[0])

    first = reference("127.0.0.2", "")
    assert reference("127.0.0.2", "203.0.113.9") == first
    assert reference("127.0.0.2", "203.0.113.9, 127.0.0.3") == first
    assert reference("127.0.0.3", "127.0.0.2") != first


def test_too_long_is_said_by_ombud(proxy: str, public: PublicServer) -> None:
    """What is longer than Ombud takes reaches it and gets its own answer, with the same status."""
    body = urlencode({"account": "长" * 600_000})
    status, headers, content = ask(proxy, FILE, "POST", body, FORM)
    own_status, own_headers, own_content = ask(public.address, FILE, "POST", body, FORM)
    assert (status, headers["Content-Type"]) == (own_status, own_headers["Content-Type"])
    assert status == 413
    assert len(content) == len(own_content)


@pytest.mark.parametrize("name", ["caddy", "nginx"])
def test_people_read_why_while_ombud_is_away(name: str, tmp_path: Path) -> None:
    """A filing while nothing listens gets 503 and a page that says what to do."""
    closed = free_port()
    started = caddy(tmp_path, closed) if name == "caddy" else nginx(tmp_path, closed, tmp_path)
    with started as address:
        status, headers, page = ask(address, FILE, "POST", urlencode(COMPLAINT), FORM)
        assert (status, headers["Retry-After"]) == (503, "60")
        assert headers.get_content_type() == "text/html"
        assert headers.get_content_charset() == "utf-8"
        assert "您的内容没有提交".encode() in page
