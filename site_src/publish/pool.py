"""Does the same to many organisations, on all processors."""

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar, cast

Result = TypeVar("Result")

_FEW = 4
"""So many are done by the time that processes are there and their results are back."""

_LONGEST_CHUNK = 8
_CHUNKS = 8
"""So many for each process at least, as some organisations have far more to make than others."""

_work: Callable[[str], object] | None = None


def each(work: Callable[[str], Result], ids: Sequence[str]) -> Iterator[Result]:
    """The results in the order of `ids`.

    Processes are forked, so that they share what this one has loaded and compiled. Where other
    threads run, which a fork would leave in the middle of things, this process does it alone.
    """
    processors = len(os.sched_getaffinity(0))
    if len(ids) <= _FEW or processors == 1 or threading.active_count() > 1:
        yield from map(work, ids)
        return
    with ProcessPoolExecutor(
        processors, get_context("fork"), initializer=_begin, initargs=(work,)
    ) as pool:
        chunk = min(_LONGEST_CHUNK, -(-len(ids) // (_CHUNKS * processors)))
        for result in pool.map(_call, ids, chunksize=chunk):
            yield cast(Result, result)


def _begin(work: Callable[[str], object]) -> None:
    global _work
    _work = work


def _call(id: str) -> object:
    if _work is None:
        raise AssertionError("a process was given work before it was told which")
    return _work(id)
