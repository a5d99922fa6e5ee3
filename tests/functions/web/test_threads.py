"""Where a request waits for a store."""

import asyncio
import threading
from collections.abc import Iterator

import anyio
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from functions.web.gateway import Gateway
from functions.web.routing.threads import is_alone, run_in_threadpool
from tests.helpers.lambdas import event


def name_of_thread(greeting: str, *, mark: str = "") -> str:
    """Where it runs."""
    return f"{greeting} {threading.current_thread().name}{mark}"


async def shown(_: Request) -> Response:
    """Tells where its work was done, and where the request was read."""
    here = threading.current_thread().name
    there = await run_in_threadpool(name_of_thread, "in", mark="!")
    return PlainTextResponse(f"{there} {there == f'in {here}!'}")


@pytest.fixture
def app() -> Starlette:
    """An application of one route."""
    return Starlette(routes=[Route("/cases/health", shown)])


def test_work_of_a_server_is_done_in_a_thread(app: Starlette) -> None:
    """So that it keeps no other request waiting."""
    with TestClient(app) as client:
        assert client.get("/cases/health").text.endswith("! False")


@pytest.fixture
def of_lambda() -> Iterator[None]:
    """The event loop of a process on Lambda, which Mangum takes."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    yield
    asyncio.set_event_loop(None)
    loop.close()


@pytest.mark.usefixtures("of_lambda")
def test_work_on_lambda_is_done_in_place(app: Starlette) -> None:
    """Nobody else waits; afterwards the process is as it was."""
    answer = Gateway(app)(event("health"), None)
    assert answer["body"].endswith("! True")
    assert not is_alone.get()


def test_error_of_the_work_is_raised() -> None:
    """In place as in a thread."""

    async def fail() -> None:
        with pytest.raises(ZeroDivisionError):
            await run_in_threadpool(divmod, 1, 0)

    for alone in (True, False):
        before = is_alone.set(alone)
        anyio.run(fail)
        is_alone.reset(before)
