"""Serves the desk and the studio beside the site in one process, each below its address."""

from starlette.types import ASGIApp, Receive, Scope, Send


class WithPart:
    """Passes what lies below `address` to that part, and everything else to the site."""

    def __init__(self, site: ASGIApp, address: str, part: ASGIApp) -> None:
        self._site = site
        self._address = address
        self._part = part

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        path = scope["path"] if scope["type"] == "http" else ""
        is_part = path == self._address or path.startswith(f"{self._address}/")
        await (self._part if is_part else self._site)(scope, receive, send)
