"""Counts requests and their durations, by route, method and status, for Prometheus.

Nothing of a request's content or of its sender becomes a label: a route is the pattern of ours that
matched, and pages are counted together.
"""

from time import perf_counter

from prometheus_client import Counter, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

REQUESTS = Counter("ombud_requests", "Requests answered.", ["method", "route", "status"])
SECONDS = Histogram(
    "ombud_request_seconds",
    "Time from a request to the end of its answer.",
    ["method", "route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60),
)

_METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_PAGE = "page"
_BROKEN_OFF = "broken off"


class RequestMetrics:
    """Measures what `app` answers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = perf_counter(), _BROKEN_OFF

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = str(message["status"])
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            method = scope["method"] if scope["method"] in _METHODS else "other"
            route = getattr(scope.get("route"), "path_format", None) or _PAGE
            REQUESTS.labels(method, route, status).inc()
            SECONDS.labels(method, route).observe(perf_counter() - started)
