"""Refuses a client that sends more requests than people do, before anything is read for it."""

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_network
from math import ceil

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from functions.observability.metrics import count
from functions.web.request import client_address

BURST = 200
"""Requests at once: a floor of an office behind one address that opens its forms together."""

PER_SECOND = 10
"""Requests a second that a client gets back, in each process: on AWS in each instance."""

_MOST_CLIENTS = 10_000
"""Clients that are remembered. Whoever is forgotten begins with a whole burst."""


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float


class RequestRate:
    """Counts requests of each address in memory, by a token bucket.

    The quotas of functions/cases/quotas.py limit what is stored; this limits work, so that one
    client cannot take the processes or instances that others need.
    """

    def __init__(
        self,
        app: ASGIApp,
        refused: Callable[[Request, int], Awaitable[Response]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app = app
        self._refused = refused
        self._clock = clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] == "http":
            request = Request(scope, receive)
            if wait := self._wait(client_address(request)):
                count("RequestsLimited")
                answer = await self._refused(request, wait)
                await answer(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _wait(self, address: str) -> int:
        """Takes one request of the client; returns the seconds to wait, 0 for none.

        What is no address of the Internet, such as a socket's name, stands for unknown clients.
        """
        if not _is_network(address):
            return 0
        now = self._clock()
        bucket = self._buckets.pop(address, None) or _Bucket(BURST, now)
        self._buckets[address] = bucket
        if len(self._buckets) > _MOST_CLIENTS:
            self._buckets.popitem(last=False)
        bucket.left = min(BURST, bucket.left + (now - bucket.at) * PER_SECOND)
        bucket.at = now
        if bucket.left < 1:
            return ceil((1 - bucket.left) / PER_SECOND)
        bucket.left -= 1
        return 0


@lru_cache
def _is_network(address: str) -> bool:
    try:
        ip_network(address)
    except ValueError:
        return False
    return True
