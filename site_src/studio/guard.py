"""Lets only this machine, and only who has the address that `serve` printed, into the studio.

The Host header must name this machine: else the page of a stranger could have its own name resolve
to 127.0.0.1 and read the answers (DNS rebinding). Every address has a token in it, so that neither
another user of the machine nor the page of another site can guess one. A page that another site
makes the browser send to is refused besides.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

STUDIO = "/_studio"
"""The address below which everything of the studio lies; no build and no deploy has it."""

_HOSTS = ("127.0.0.1", "localhost", "::1")
_SITES = ("same-origin", "none")
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'self'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}

_CLOSED = (
    "Open the address of the studio that `build.py serve` printed.\n"
    "请打开 `build.py serve` 启动时显示的编辑台地址。\n"
)


class Guard:
    """Passes on what is asked by this machine, and gives each answer its security headers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                answered = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    answered.setdefault(name, value)
            await send(message)

        if not is_this_machine(headers.get("host", "")) or _is_foreign(scope["method"], headers):
            await PlainTextResponse(_CLOSED, 403)(scope, receive, guarded)
            return
        await self._app(scope, receive, guarded)


def is_this_machine(host: str) -> bool:
    """Whether a Host header names this machine."""
    try:
        return urlsplit(f"//{host}").hostname in _HOSTS
    except ValueError:
        return False


def _is_foreign(method: str, headers: Headers) -> bool:
    """Whether the page of another site has the browser send a form."""
    if method in ("GET", "HEAD"):
        return False
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in _SITES
    origin = headers.get("origin", "null")
    return origin != "null" and urlsplit(origin).netloc != headers.get("host")


async def closed(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers an address without the token."""
    await PlainTextResponse(_CLOSED, 404)(scope, receive, send)
