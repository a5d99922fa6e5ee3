"""The HTTP application: one route for each thing that a page or a program can ask."""

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from functions.cases.ports.file_storage import Shelf
from functions.cases.ports.ports import Ports
from functions.cases.proof_of_work import Challenges
from functions.web.filing import Desk
from functions.web.health import Health
from functions.web.middleware.own_pages import OwnPages
from functions.web.middleware.request_log import Access
from functions.web.receipts import Copies
from functions.web.refusal import Refusal
from functions.web.response import security_headers
from functions.web.staff import Office
from functions.web.status import Counter
from functions.web.uploads import Uploads


class _SecurityHeaders:
    """Puts the security headers on every response."""

    def __init__(self, app: ASGIApp, shelf: Shelf) -> None:
        self.app = app
        self._headers = Headers(security_headers(shelf.origin)).raw

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = message["headers"]
                names = {name for name, _ in own}
                added = (header for header in self._headers if header[0] not in names)
                message = {**message, "headers": [*own, *added]}
            await send(message)

        await self.app(scope, receive, send_with_headers)


def create_app(ports: Ports) -> Starlette:
    """The application over these ports."""
    refusal = Refusal(ports)
    return Starlette(
        routes=[
            *Health(ports).routes(),
            *Copies(ports).routes(),
            *Counter(ports).routes(),
            *Office(ports).routes(),
            *Challenges(ports).routes(),
            *Desk(ports).routes(),
            *Uploads(ports).routes(),
        ],
        middleware=[
            Middleware(_SecurityHeaders, shelf=ports.shelf),
            Middleware(Access, unavailable=refusal.unavailable),
            Middleware(OwnPages, site_url=ports.site_url, refused=refusal.foreign),
        ],
        exception_handlers=refusal.handlers(),
    )
