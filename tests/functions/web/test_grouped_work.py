"""Work of requests that wait is done in groups, and each request has its own result."""

import asyncio
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from functools import partial
from threading import Event

import pytest

from functions.web.forms.grouped_work import Begin, GroupedWork

_REQUESTS = 32

_who: ContextVar[int] = ContextVar("who")


class Recorded:
    """Notes the order in which work begins and is finished; the first begins when it may."""

    def __init__(self) -> None:
        self.steps: list[tuple[str, int]] = []
        self.may_begin = Event()

    def begin(self, number: int) -> Callable[[], int]:
        """Begins the work of one request."""
        self.may_begin.wait(60)
        self.steps.append(("begin", number))
        return partial(self.finish, number)

    def finish(self, number: int) -> int:
        """Finishes it."""
        self.steps.append(("finish", number))
        return number


async def in_group(works: Sequence[Begin[int]], recorded: Recorded) -> list[int | BaseException]:
    """The results of works that wait while a first one is held in the thread."""
    grouped = GroupedWork[int]()
    first = asyncio.create_task(grouped.result(partial(recorded.begin, -1)))
    await asyncio.sleep(0)
    waiting = [asyncio.create_task(grouped.result(work)) for work in works]
    await asyncio.sleep(0)
    recorded.may_begin.set()
    await first
    return await asyncio.gather(*waiting, return_exceptions=True)


def test_those_who_wait_are_one_group() -> None:
    """All that waits is begun before any of it is finished, and each gets its own result."""
    recorded = Recorded()
    works = [partial(recorded.begin, number) for number in range(_REQUESTS)]
    assert asyncio.run(in_group(works, recorded)) == list(range(_REQUESTS))
    assert recorded.steps == [
        ("begin", -1),
        ("finish", -1),
        *(("begin", number) for number in range(_REQUESTS)),
        *(("finish", number) for number in range(_REQUESTS)),
    ]


@pytest.mark.parametrize("step", ["begin", "finish"])
def test_failure_is_of_one_request(step: str) -> None:
    """Whatever fails in the work of one request is raised there and nowhere else."""

    def failing() -> Callable[[], int]:
        if step == "begin":
            raise ValueError(step)
        return partial(int, "finish")

    recorded = Recorded()
    works: list[Begin[int]] = [partial(recorded.begin, 0), failing, partial(recorded.begin, 2)]
    results = asyncio.run(in_group(works, recorded))
    assert isinstance(results[1], ValueError)
    assert (results[0], results[2]) == (0, 2)


def test_each_keeps_its_context() -> None:
    """Log lines of the work name its own request: it runs in the context that waits for it."""

    def begin() -> Callable[[], int]:
        number = _who.get()
        return lambda: number + 100 * _who.get()

    async def request(grouped: GroupedWork[int], number: int) -> int:
        _who.set(number)
        return await grouped.result(begin)

    async def requests() -> list[int]:
        grouped = GroupedWork[int]()
        return await asyncio.gather(*(request(grouped, number) for number in range(5)))

    assert asyncio.run(requests()) == [101 * number for number in range(5)]


def test_request_that_is_given_up() -> None:
    """Work that nobody waits for any more is done, and the others get their results."""
    recorded = Recorded()

    async def requests() -> int:
        grouped = GroupedWork[int]()
        given_up = asyncio.create_task(grouped.result(partial(recorded.begin, 0)))
        kept = asyncio.create_task(grouped.result(partial(recorded.begin, 1)))
        await asyncio.sleep(0)
        given_up.cancel()
        recorded.may_begin.set()
        return await kept

    assert asyncio.run(requests()) == 1
    assert ("finish", 0) in recorded.steps
