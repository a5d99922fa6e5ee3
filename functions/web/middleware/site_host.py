"""Has every redirect lead to the configured site, whatever host the request names."""

from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send


class SiteHost:
    """Replaces scheme and host of each request by those of the site.

    Frameworks make the addresses of redirects of them, and anybody can send any `Host`. It comes
    after whatever judges the host that was sent.
    """

    def __init__(self, app: ASGIApp, site_url: str) -> None:
        self._app = app
        site = urlsplit(site_url)
        self._scheme, self._host = site.scheme, site.netloc.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] == "http":
            headers = [(name, value) for name, value in scope["headers"] if name != b"host"]
            # In place: the log line reads from this very scope which route was found.
            scope["headers"] = [*headers, (b"host", self._host)]
            scope["scheme"] = self._scheme
        await self._app(scope, receive, send)
