"""Whether a page of ours sent a form, by what the browser says of it."""

import logging
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

log = logging.getLogger("ombud.origin")

_READING = ("GET", "HEAD", "OPTIONS")
_OWN = ("same-origin", "none")
"""`none` is a person's own doing, such as loading an answer again."""


class OriginCheck:
    """Turns away what the page of another site makes a browser send (CSRF).

    There is no cookie to abuse, but a filing in somebody's name, from their address, is abuse
    enough. Programs say nothing of this kind and are let through.
    """

    def __init__(
        self, app: ASGIApp, site_url: str, refused: Callable[[Request], Awaitable[Response]]
    ) -> None:
        self._app = app
        self._site_url = site_url
        self._refused = refused

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        changes = scope["type"] == "http" and scope["method"] not in _READING
        if changes and is_foreign(Headers(scope=scope), self._site_url):
            log.warning("sent from another site, refused")
            answer = await self._refused(Request(scope, receive))
            await answer(scope, receive, send)
            return
        await self._app(scope, receive, send)


def is_foreign(headers: Headers, site_url: str) -> bool:
    """Whether the browser says that another site's page sent this.

    A browser too old for `Sec-Fetch-Site` says at least the origin, though only `null` for our
    own forms, because our pages send no referrer; so `null` has to pass.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in _OWN
    origin = headers.get("origin", "null")
    if origin == "null":
        return False
    host = urlsplit(origin).netloc
    return host not in (urlsplit(site_url).netloc, headers.get("host"))
