"""Writes one log line for each request, and gives the request its id."""

import logging
import time
from collections.abc import Awaitable, Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from functions.observability.metrics import count, embedded
from functions.observability.request_context import RequestContext, from_lambda, in_context, new_id

log = logging.getLogger("ombud.access")

REQUEST_ID = "X-Request-Id"


class RequestLog:
    """Gives each request an id, which answer, page and log lines share, and logs its outcome.

    Logs the route in place of the address: an address may contain a token. Passes every error
    that no route handles to `unavailable`, so the server never logs one in its own format.
    """

    def __init__(
        self, app: ASGIApp, unavailable: Callable[[Request, Exception], Awaitable[Response]]
    ) -> None:
        self._app = app
        self._unavailable = unavailable

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID] = context.id
            await send(message)

        with in_context(_request_context(scope)) as context:
            try:
                await self._app(scope, receive, send_with_id)
            except Exception as error:
                answer = await self._unavailable(Request(scope), error)
                if status:
                    raise  # part of another answer is already sent: break the connection
                await answer(scope, receive, send_with_id)
            finally:
                _log_request(context, scope, status, started)


def _request_context(scope: Scope) -> RequestContext:
    if "aws.event" in scope:
        return from_lambda(scope.get("aws.context"), scope["aws.event"])
    return RequestContext(new_id(Headers(scope=scope).get(REQUEST_ID, "")))


def _log_request(context: RequestContext, scope: Scope, status: int, started: float) -> None:
    if status >= 500:
        count("ServerErrors")
    route = getattr(scope.get("route"), "path_format", None)
    duration_ms = round(1000 * (time.perf_counter() - started), 1)
    log.info(
        "%s %s %s",
        scope["method"],
        route or "unknown address",
        status or "broken off",
        extra={
            "route": route,
            "status": status,
            "duration_ms": duration_ms,
            "metrics": embedded(context, duration_ms),
        },
    )
