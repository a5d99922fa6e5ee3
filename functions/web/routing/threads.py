"""Where a request waits for a store: in a thread, except where it is the only one."""

from collections.abc import Callable
from contextvars import ContextVar
from typing import ParamSpec, TypeVar

from starlette import concurrency

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")

is_alone: ContextVar[bool] = ContextVar("is_alone", default=False)
"""Whether nothing else is asked of the process meanwhile, as on Lambda."""


async def run_in_threadpool(
    work: Callable[_Arguments, _Result], *args: _Arguments.args, **options: _Arguments.kwargs
) -> _Result:
    """Returns what the work returns, which may wait for a disk or a service.

    A request that is alone does it in place: on Lambda each would begin and end a thread, which
    takes a fifth of a filing.
    """
    if is_alone.get():
        return work(*args, **options)
    return await concurrency.run_in_threadpool(work, *args, **options)
