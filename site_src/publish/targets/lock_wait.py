"""Waits for the lock of a target: every target equally long, and in the same words."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from site_src.errors import DeployRunning
from site_src.publish.targets.target import Waiting

LOCK_WAIT_SECONDS = 600
"""How long a publication waits for others."""

_Held = TypeVar("_Held")


@dataclass(frozen=True)
class Busy:
    """Another publication has the lock; `holder` says which, empty if that cannot be read."""

    holder: str = ""


def taken(attempt: Callable[[], _Held | Busy], waiting: Waiting, pause_seconds: float) -> _Held:
    """What `attempt` holds once nobody else has the lock.

    `waiting` is told once for whom. Between two attempts lies at most `pause_seconds`, at random,
    so that those who wait do not ask all at once. Raises DeployRunning after ten minutes.
    """
    ends, told = time.monotonic() + LOCK_WAIT_SECONDS, False
    while isinstance(outcome := attempt(), Busy):
        if not told:
            waiting(f"waiting for {outcome.holder or 'another publication'}")
            told = True
        if time.monotonic() > ends:
            raise DeployRunning(
                f"another publication has not ended for {LOCK_WAIT_SECONDS // 60} minutes; run "
                "the command again once it has"
            )
        time.sleep(pause_seconds * random.uniform(0.5, 1.0))
    return outcome
