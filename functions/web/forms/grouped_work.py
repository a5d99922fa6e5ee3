"""Has one thread work for all requests that wait, so that they share a commit."""

from asyncio import Future, Task, get_running_loop
from collections import deque
from collections.abc import Callable
from contextvars import Context, copy_context
from dataclasses import dataclass
from typing import Generic, TypeVar

from functions.web.routing.threads import run_in_threadpool

_T = TypeVar("_T")

Begin = Callable[[], Callable[[], _T]]
"""Does what goes before the commit; what it returns shares it, and returns the result."""

_MOST = 100
"""Requests in a group: as many as writes in a commit of SQLite."""


@dataclass(eq=False)
class _Waiting(Generic[_T]):
    """A request that waits, with the context that its log lines belong to."""

    begin: Begin[_T]
    context: Context
    result: Future[_T]


class GroupedWork(Generic[_T]):
    """Takes work of many requests, and does all that waits at once in one thread.

    A thread for each request costs more than the work itself: all of them want the interpreter at
    once, and each wakes the event loop by itself. While a group is worked on, the next one gathers.
    """

    def __init__(self) -> None:
        self._waiting: deque[_Waiting[_T]] = deque()
        self._worker: Task[None] | None = None

    async def result(self, begin: Begin[_T]) -> _T:
        """Returns the result of `begin`, or raises what it raises, once its group is done."""
        loop = get_running_loop()
        result: Future[_T] = loop.create_future()
        self._waiting.append(_Waiting(begin, copy_context(), result))
        if self._worker is None:
            self._worker = loop.create_task(self._work())
        return await result

    async def _work(self) -> None:
        try:
            while self._waiting:
                most = min(_MOST, len(self._waiting))
                group = [self._waiting.popleft() for _ in range(most)]
                for waiting, result in zip(
                    group, await run_in_threadpool(_results, group), strict=True
                ):
                    if waiting.result.done():
                        continue  # its request was given up
                    if isinstance(result, _Failed):
                        waiting.result.set_exception(result.error)
                    else:
                        waiting.result.set_result(result)
        finally:
            self._worker = None


@dataclass(frozen=True)
class _Failed:
    error: Exception


def _results(group: list[_Waiting[_T]]) -> list[_T | _Failed]:
    """Begins all work of the group, and only then finishes it."""
    begun = [_try(waiting.context, waiting.begin) for waiting in group]
    return [
        finish if isinstance(finish, _Failed) else _try(waiting.context, finish)
        for waiting, finish in zip(group, begun, strict=True)
    ]


def _try(context: Context, work: Callable[[], _T]) -> _T | _Failed:
    try:
        return context.run(work)
    except Exception as error:
        return _Failed(error)
