"""Routes whose module is imported with the first request to one of them."""

from collections.abc import Callable, Iterable
from functools import cached_property

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send


class LateRoutes(BaseRoute):
    """The routes that `load` returns, at these paths: a function that takes a filing imports none.

    It stands for them among the routes of an application: a request finds the same route, with the
    same method, as if each were there itself.
    """

    def __init__(self, paths: Iterable[str], load: Callable[[], Iterable[Route]]) -> None:
        self.places = tuple(Route(path, _not_loaded) for path in paths)
        """Stand for the routes until these are loaded; only their paths are asked."""
        self._load = load

    @cached_property
    def routes(self) -> tuple[Route, ...]:
        """The routes; imports their module."""
        return tuple(self._load())

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Returns how the first route matches that does so wholly, else the first at all."""
        if all(place.matches(scope)[0] is Match.NONE for place in self.places):
            return Match.NONE, {}
        found: tuple[Match, Scope] = Match.NONE, {}
        for route in self.routes:
            match, child = route.matches(scope)
            if match is Match.FULL:
                return match, {**child, "route": route}
            if match is Match.PARTIAL and found[0] is Match.NONE:
                found = match, {**child, "route": route}
        return found

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers by the route that was found."""
        await scope["route"].handle(scope, receive, send)


async def _not_loaded(_: Request) -> Response:
    raise NotImplementedError("stands for routes whose module is not imported yet")
