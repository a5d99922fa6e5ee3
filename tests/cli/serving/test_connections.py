"""Connections whose client does not go on are ended; all others are left alone."""

import socket
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from http.client import HTTPConnection
from threading import Event

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from cli.serving import connections
from tests.helpers.servers.site_server import serving

HEAD = b"POST /echo HTTP/1.1\r\nHost: x\r\n"
WHOLE = HEAD + b"Content-Length: 2\r\n\r\nab"
LARGE = 20_000_000
ENDS_WITHIN = 0.75 * min(connections.HEAD_SECONDS, connections.IDLE_SECONDS)
"""Far more than any deadline of these tests, less than those of the server that they replace."""


async def _echo(request: Request) -> Response:
    return PlainTextResponse(await request.body())


def _slow(_: Request) -> Response:
    Event().wait(1.5)
    return PlainTextResponse("done")


def _large(_: Request) -> Response:
    return PlainTextResponse(b"x" * LARGE)


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A server whose deadlines are short."""
    for name, value in (("HEAD", 0.4), ("IDLE", 0.4), ("BODY", 0.8), ("WATCH", 0.05)):
        monkeypatch.setattr(connections, f"{name}_SECONDS", value)
    app = Starlette(
        routes=[
            Route("/echo", _echo, methods=["POST"]),
            Route("/slow", _slow),
            Route("/large", _large),
        ]
    )
    with serving(app) as address:
        yield int(address.rpartition(":")[2])


def ended(line: socket.socket) -> bool:
    """Whether the server ends the connection in time, whatever it sends before."""
    line.settimeout(ENDS_WITHIN)
    try:
        while line.recv(65536):
            pass
    except ConnectionResetError:
        return True
    except TimeoutError:
        return False
    return True


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"P",
        HEAD,
        HEAD + b"X-Long: " + b"a" * 900,
        HEAD + b"Content-Length: 10\r\n\r\n",
        HEAD + b"Content-Length: 10\r\n\r\nabc",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nff",
        WHOLE + HEAD,
        WHOLE + HEAD + b"Content-Length: 10\r\n\r\nabc",
    ],
    ids=["nothing", "a letter", "half a head", "a long head", "no body", "half a body",
         "half the chunks", "half a length", "half a second head", "half a second body"],
)  # fmt: skip
def test_silence_ends_a_connection(port: int, sent: bytes) -> None:
    """Wherever a client falls silent while something of its request is missing."""
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(sent)
        assert ended(line)


@pytest.mark.parametrize(
    "begun",
    [HEAD + b"X: ", HEAD + b"Content-Length: 100000\r\n\r\n"],
    ids=["head", "body"],
)
def test_drops_do_not_keep_a_connection(port: int, begun: bytes) -> None:
    """A byte now and then does not hold it: a head has a deadline, a body a least speed."""
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(begun)
        started = time.monotonic()
        with suppress(OSError):
            while time.monotonic() - started < ENDS_WITHIN:
                line.sendall(b"a")
                time.sleep(0.05)
        assert time.monotonic() - started < ENDS_WITHIN


def test_who_reads_nothing_is_let_go(port: int) -> None:
    """A client that asks for much and reads none of it holds no connection."""
    with socket.create_connection(("127.0.0.1", port)) as line:
        # Small beside LARGE; smaller still, what the kernel holds would take minutes to read.
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
        line.sendall(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(2)
        received = 0
        line.settimeout(ENDS_WITHIN)
        try:
            while part := line.recv(65536):
                received += len(part)
        except ConnectionResetError:
            pass
        assert received < LARGE


def test_work_of_the_application_has_no_deadline(port: int) -> None:
    """A request that is whole is answered, however long that takes."""
    with socket.create_connection(("127.0.0.1", port), timeout=ENDS_WITHIN) as line:
        line.sendall(b"GET /slow HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert line.makefile("rb").read().endswith(b"done")


def test_steady_clients_are_served(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow but steady body is taken, and one connection carries many requests for long."""
    # Each lasts longer than this; a client whose machine is busy may pause for almost as long.
    for name in ("HEAD", "IDLE"):
        monkeypatch.setattr(connections, f"{name}_SECONDS", 3)
    with socket.create_connection(("127.0.0.1", port), timeout=ENDS_WITHIN) as line:
        body = b"a" * 12_000
        line.sendall(HEAD + f"Content-Length: {len(body)}\r\n\r\n".encode())
        for at in range(0, len(body), 1000):
            line.sendall(body[at : at + 1000])
            time.sleep(0.3)
        assert line.recv(65536).startswith(b"HTTP/1.1 200")
    connection = HTTPConnection("127.0.0.1", port, timeout=ENDS_WITHIN)
    with closing(connection):
        connection.connect()
        line = connection.sock
        for _ in range(12):
            connection.request("POST", "/echo", b"ab")
            assert connection.getresponse().read() == b"ab"
            assert connection.sock is line
            time.sleep(0.3)
