"""The port of the counters: how often something happened in a stretch of time."""

from datetime import datetime
from typing import Protocol

from functions.model.frozen import Frozen


class Quota(Frozen):
    """A count that a filing adds one to, never above `most`; `ends` is when it is forgotten."""

    key: str
    most: int
    ends: datetime


class Counters(Protocol):
    """Counts by key, such as wrong look-ups or uploads from one address.

    Each method raises StoreUnavailable where trying again later may help, else StoreError.
    """

    def increment(self, key: str, expires_at: datetime) -> int:
        """Adds one under `key` and returns the count, which starts anew once it has expired.

        `expires_at` is when the count is forgotten if nothing is added before.
        """
