"""Waits for what another thread or process does."""

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


def eventually(look: Callable[[], Found | None], seconds: float = 60) -> Found:
    """Returns what a look finds, once it finds something. Raises AssertionError after `seconds`."""
    end = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < end, "what was waited for has not come"
        time.sleep(0.05)
    return found
