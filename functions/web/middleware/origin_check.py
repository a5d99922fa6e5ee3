"""Refuses forms that the page of another site sends (CSRF)."""

import logging
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

log = logging.getLogger("ombud.origin")

_SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
_ALLOWED_SITES = ("same-origin", "none")
"""Values of `Sec-Fetch-Site`. Browsers send `none` when the user acts, such as on a reload."""


class OriginCheck:
    """Refuses what the page of another site makes a browser send (CSRF).

    Such a page could file in a visitor's name and from their address. The cookie of the desk does
    not come with what it sends (`SameSite`), but the desk is not left to that. Programs send none
    of these headers and pass.
    """

    def __init__(
        self, app: ASGIApp, site_url: str, refused: Callable[[Request], Awaitable[Response]]
    ) -> None:
        self._app = app
        self._site_url = site_url
        self._refused = refused

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        unsafe = scope["type"] == "http" and scope["method"] not in _SAFE_METHODS
        if unsafe and is_foreign(Headers(scope=scope), self._site_url):
            log.warning("sent from another site, refused")
            answer = await self._refused(Request(scope, receive))
            await answer(scope, receive, send)
            return
        await self._app(scope, receive, send)


def is_foreign(headers: Headers, site_url: str) -> bool:
    """Whether the headers say that the page of another site sent the request.

    Browsers without `Sec-Fetch-Site` send `Origin`. For our own forms it is `null`, because our
    pages send no referrer, so `null` passes.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in _ALLOWED_SITES
    origin = headers.get("origin", "null")
    if origin == "null":
        return False
    host = urlsplit(origin).netloc
    return host not in (urlsplit(site_url).netloc, headers.get("host"))
