"""Sends filings over many connections and measures how long each answer takes.

Uses one thread over epoll and requests that are built beforehand: on a machine of two cores the
load must cost little compared with the server that it measures.
"""

import json
import selectors
import socket
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from statistics import quantiles
from urllib.parse import urlencode

_END = b"\r\n\r\n"
_LENGTH = b"content-length:"


@dataclass(frozen=True)
class Measured:
    """The rate of a round, in requests a second, and percentiles of the waits."""

    rate: float
    p50_ms: float
    p99_ms: float


@dataclass
class _Client:
    """A connection and the answer that it is receiving."""

    socket: socket.socket
    sent_at: float = 0.0
    answer: bytearray = field(default_factory=bytearray)


def filings(
    path: str, answers: dict[str, str], numbers: Iterable[int], *, form: bool
) -> list[bytes]:
    """Returns one distinct filing for each number, as a browser's form or as a program's JSON."""
    return [
        posted(
            path, answers | {"account": f"{number}", "email": f"zhang{number}@example.com"}, form
        )
        for number in numbers
    ]


def posted(path: str, answers: dict[str, str], form: bool) -> bytes:
    """Returns the bytes of one request."""
    media = "application/x-www-form-urlencoded" if form else "application/json"
    body = (urlencode(answers) if form else json.dumps(answers)).encode()
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {media}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    ).encode() + body


def load(port: int, requests: list[bytes], connections: int) -> Measured:
    """Sends all requests, one at a time on each connection. Raises ValueError for a refusal."""
    waits: list[float] = []
    remaining = iter(requests)
    start = time.perf_counter()
    with selectors.DefaultSelector() as selector:
        for _ in range(connections):
            client = _Client(socket.create_connection(("127.0.0.1", port)))
            client.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            selector.register(client.socket, selectors.EVENT_READ, client)
            _send_next(client, remaining, selector)
        while selector.get_map():
            for key, _ in selector.select():
                client = key.data
                client.answer += client.socket.recv(65536)
                if _is_complete(client.answer):
                    waits.append(time.perf_counter() - client.sent_at)
                    _check(client.answer)
                    _send_next(client, remaining, selector)
    rate = len(requests) / (time.perf_counter() - start)
    hundredths = quantiles(waits, n=100)
    return Measured(rate, hundredths[49] * 1000, hundredths[98] * 1000)


def _send_next(
    client: _Client, remaining: Iterator[bytes], selector: selectors.BaseSelector
) -> None:
    """Sends the next request, or closes the connection if none remains."""
    client.answer.clear()
    if request := next(remaining, None):
        client.sent_at = time.perf_counter()
        client.socket.sendall(request)
    else:
        selector.unregister(client.socket)
        client.socket.close()


def _is_complete(answer: bytearray) -> bool:
    head, end, body = answer.partition(_END)
    if not end:
        return False
    length = head.lower().partition(_LENGTH)[2].partition(b"\r\n")[0]
    return len(body) == int(length)


def _check(answer: bytearray) -> None:
    if bytes(answer[9:12]) not in (b"200", b"201", b"303"):
        raise ValueError(f"answered {bytes(answer[:500])!r}")
