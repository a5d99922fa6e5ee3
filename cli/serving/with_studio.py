"""Serves the studio beside the site in one process; it exists on this machine alone."""

from starlette.types import ASGIApp, Receive, Scope, Send

from site_src.studio.guard import STUDIO


class WithStudio:
    """Passes what lies below /_studio to the studio, and everything else to the site."""

    def __init__(self, site: ASGIApp, studio: ASGIApp) -> None:
        self._site = site
        self._studio = studio

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        path = scope["path"] if scope["type"] == "http" else ""
        is_studio = path == STUDIO or path.startswith(f"{STUDIO}/")
        await (self._studio if is_studio else self._site)(scope, receive, send)
