"""Serves the style sheet of the desk."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from functions.views.desk.style import desk_style, style_address

_FOREVER = "public, max-age=31536000, immutable"
"""For a year; other content has another address."""


def style_route() -> Route:
    """The route of the style sheet, which anybody may have."""
    return Route(style_address(), _serve)


async def _serve(_: Request) -> Response:
    return Response(desk_style(), media_type="text/css", headers={"Cache-Control": _FOREVER})
