"""The real server at the end of a socket, sent bytes that no HTTP library would send."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from functions.cases.ports.ports import Ports
from tests.functions.web.test_hostile import cases
from tests.helpers.hostile.wire import WIRE
from tests.helpers.servers.site_server import served_here


@pytest.fixture
def port(ports: Ports, built: Path) -> Iterator[int]:
    """The port of a running uvicorn."""
    with served_here(ports, built) as address:
        yield int(address.rpartition(":")[2])


def told(port: int, sent: bytes, hang_up: bool = False) -> bytes:
    """All that comes back until the server closes the connection, or `hang_up` says no more."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
        received = b""
        try:
            line.sendall(sent)
            if hang_up:
                line.shutdown(socket.SHUT_WR)
            while part := line.recv(65536):
                received += part
        except ConnectionError:  # the server may hang up first
            pass
        return received


def test_broken_http(port: int, ports: Ports) -> None:
    """Each gets its status or a closed line, none is 5xx, nothing is stored; the server lives on.

    One server for all of them, one after another: that it still answers is part of the rule.
    """
    wrong = {}
    for name, (sent, statuses) in WIRE.items():
        answer = told(port, sent, hang_up=0 in statuses)
        status = int(answer.split(b" ", 2)[1]) if answer else 0
        if status not in statuses or b"evil.example" in answer:
            wrong[name] = (status, answer[:200])
    assert wrong == {}
    assert cases(ports) == []
    alive = told(port, b"GET /cases/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert alive.startswith(b"HTTP/1.1 200")


def test_slow_senders_keep_nobody_waiting(port: int) -> None:
    """Fifty connections that never finish their request do not keep others from an answer."""
    head = b"POST /cases/status HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\na"
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(50)]
    try:
        for line in slow:
            line.sendall(head)
        answer = told(port, b"GET /cases/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 200")
    finally:
        for line in slow:
            line.close()
