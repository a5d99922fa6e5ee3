"""Runs a function for many organisations on all processors."""

import ctypes
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar, cast

Result = TypeVar("Result")

_FEW = 4
"""One process does this many before others could start and return their results."""

_LONGEST_CHUNK = 8
_CHUNKS = 8
"""At least this many for each process, because some organisations take far longer than others."""

_PR_SET_PDEATHSIG = 1
"""From <linux/prctl.h>: the signal that a process gets when its parent dies."""

_work: Callable[[str], object] | None = None


def each(
    work: Callable[[str], Result], ids: Sequence[str], alone: bool = False
) -> Iterator[Result]:
    """Yields the results in the order of `ids`; `alone` in this process.

    Processes are forked, so that they share what this one has loaded and compiled. If other
    threads run, this process works alone, because a fork would cut them off mid-operation.
    """
    processors = len(os.sched_getaffinity(0))
    if alone or len(ids) <= _FEW or processors == 1 or threading.active_count() > 1:
        yield from map(work, ids)
        return
    with ProcessPoolExecutor(
        processors, get_context("fork"), initializer=_set_work, initargs=(work,)
    ) as pool:
        chunk = min(_LONGEST_CHUNK, -(-len(ids) // (_CHUNKS * processors)))
        for result in pool.map(_run, ids, chunksize=chunk):
            yield cast(Result, result)


def _set_work(work: Callable[[str], object]) -> None:
    global _work
    _work = work
    # A worker whose parent was killed would wait for ever, and hold what it has inherited.
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _run(id: str) -> object:
    if _work is None:
        raise AssertionError("a worker process was not initialised")
    return _work(id)
