"""Serves an address of the functions that ends with a slash as the one without it."""

from starlette.types import ASGIApp, Receive, Scope, Send

_PREFIX = "/cases/"


class TrailingSlash:
    """Takes the slash away instead of redirecting.

    A redirect would name the host of the request: behind API Gateway that is not the site's, and
    a browser would send the filing there.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] == "http" and scope["path"].startswith(_PREFIX):
            path = scope["path"].removesuffix("/")
            if path != scope["path"]:
                scope = {**scope, "path": path, "raw_path": path.encode()}
        await self._app(scope, receive, send)
