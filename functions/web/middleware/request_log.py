"""The line that ends each request, and the id that answer, page and lines have in common."""

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
    """Gives each request its id and logs what came of it, by route: an address may hold a token.

    What no route answers for is answered by `unavailable`, so that no server logs it in its own
    way.
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
                MutableHeaders(scope=message)[REQUEST_ID] = call.id
            await send(message)

        with in_context(_call(scope)) as call:
            try:
                await self._app(scope, receive, send_with_id)
            except Exception as error:
                answer = await self._unavailable(Request(scope), error)
                if status:
                    raise  # part of another answer is out: the connection has to break
                await answer(scope, receive, send_with_id)
            finally:
                _tell(call, scope, status, started)


def _call(scope: Scope) -> RequestContext:
    if "aws.event" in scope:
        return from_lambda(scope.get("aws.context"), scope["aws.event"])
    return RequestContext(new_id(Headers(scope=scope).get(REQUEST_ID, "")))


def _tell(call: RequestContext, scope: Scope, status: int, started: float) -> None:
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
            "metrics": embedded(call, duration_ms),
        },
    )
