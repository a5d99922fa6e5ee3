"""Routes whose module is imported with the first request to one of them."""

from collections.abc import Callable, Iterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from functions.cases.ports.ports import Ports
from functions.web.app import create_app, late_routes
from functions.web.desk.app import create_desk, late_desk_routes
from functions.web.routing.late_routes import LateRoutes

PARTS = {
    "organisation": "commercial-bank",
    "kind": "complaint",
    "act": "file",
    "reference": "SB-7K3M9-QXH4C",
    "id": "1",
}
"""What stands for the parts of a path."""


async def shown(request: Request) -> Response:
    """The route that answers, and what it read of the path."""
    name = request.path_params.get("name", "")
    return PlainTextResponse(f"{request.scope['route'].path_format} {name}")


@pytest.fixture
def loaded() -> list[str]:
    """A word for each time that the routes were loaded."""
    return []


@pytest.fixture
def client(loaded: list[str]) -> Iterator[TestClient]:
    """An application with late routes before one of its own."""

    def load() -> list[Route]:
        loaded.append("loaded")
        return [
            Route("/late", shown, methods=["GET"]),
            Route("/late", shown, methods=["PUT"]),
            Route("/late/{name}", shown, methods=["POST"]),
        ]

    late = LateRoutes(["/late", "/late/{name}"], load)
    own = Route("/{part}/{name}", shown, methods=["PUT"])
    with TestClient(Starlette(routes=[late, own])) as made:
        yield made


def test_routes_are_loaded_once_they_are_asked_for(client: TestClient, loaded: list[str]) -> None:
    """Requests to other places load nothing, and each place is loaded once."""
    assert client.put("/other/1").text == "/{part}/{name} 1"
    assert client.get("/nowhere").status_code == 404
    assert loaded == []
    assert client.get("/late").text == "/late "
    assert client.post("/late/2").text == "/late/{name} 2"
    assert loaded == ["loaded"]


def test_request_finds_the_route_that_it_would_find_among_all(client: TestClient) -> None:
    """Method and order decide as among routes of the application itself."""
    assert client.put("/late").text == "/late "
    assert client.put("/late/3").text == "/{part}/{name} 3"
    refused = client.delete("/late/4")
    assert (refused.status_code, refused.headers["allow"]) == (405, "POST")


@pytest.mark.parametrize(
    ("late", "create"),
    [(late_routes, create_app), (late_desk_routes, create_desk)],
    ids=["intake", "desk"],
)
def test_every_late_route_is_reached(
    late: Callable[[Ports], list[LateRoutes]], create: Callable[[Ports], Starlette], ports: Ports
) -> None:
    """The places of each part are those of its routes: none is lost, none stands for nothing."""
    client = TestClient(create(ports))
    for part in late(ports):
        paths = [route.path.format_map(PARTS) for route in part.routes]
        for path in paths:
            assert client.request("PATCH", path).status_code == 405, path
            assert any(place.path_regex.match(path) for place in part.places), path
        for place in part.places:
            assert any(place.path_regex.match(path) for path in paths), place.path
