"""Serves the desk beside pages and intake in one process; on AWS it is a function of its own."""

from starlette.types import ASGIApp, Receive, Scope, Send

_DESK = "/cases/desk"


class WithDesk:
    """Passes what lies below /cases/desk to the desk, and everything else to the site."""

    def __init__(self, site: ASGIApp, desk: ASGIApp) -> None:
        self._site = site
        self._desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        path = scope["path"] if scope["type"] == "http" else ""
        is_desk = path == _DESK or path.startswith(f"{_DESK}/")
        await (self._desk if is_desk else self._site)(scope, receive, send)
