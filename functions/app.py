"""The HTTP application: one route for each thing that a page or a program can ask."""

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import (
    JSONResponse,
    Response,
)
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from functions.copies import Copies
from functions.counter import Counter
from functions.desk import Desk
from functions.office import Office
from functions.ports import Ports
from functions.refusal import Refusal
from functions.response import security_headers
from functions.shelf import Shelf
from functions.uploads import Uploads


class _SecurityHeaders:
    """Puts the security headers on every response."""

    def __init__(self, app: ASGIApp, shelf: Shelf) -> None:
        self.app = app
        self._shelf = shelf

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in security_headers(self._shelf.origin).items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


def create_app(ports: Ports) -> Starlette:
    """The application over these ports."""

    async def health(_: Request) -> Response:
        """Whether store and contracts answer."""
        await run_in_threadpool(ports.store.ping)
        await run_in_threadpool(ports.contracts.current)
        return JSONResponse({"status": "ok"})

    return Starlette(
        routes=[
            Route("/cases/health", health),
            *Copies(ports).routes(),
            *Counter(ports).routes(),
            *Office(ports).routes(),
            *Desk(ports).routes(),
            *Uploads(ports).routes(),
        ],
        middleware=[Middleware(_SecurityHeaders, shelf=ports.shelf)],
        exception_handlers=Refusal(ports).handlers(),
    )
