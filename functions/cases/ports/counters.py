"""The port for counters: how often something happened within a period."""

from datetime import datetime
from typing import Protocol

from functions.model.frozen import Frozen


class Quota(Frozen):
    """A count that a filing raises by one, up to `most`; it is deleted at `ends`.

    Quotas of the same `together` are always raised together, so a store may keep them in one place.
    """

    key: str
    most: int
    ends: datetime
    together: str = ""


class Counters(Protocol):
    """Counts by key, such as wrong look-ups or bytes from one address.

    Each method raises StoreUnavailable if a retry may help, else StoreError.
    """

    def increment(self, key: str, expires_at: datetime, by: int = 1) -> int:
        """Adds `by` to the count of `key` and returns it; an expired count starts again at `by`.

        `expires_at` is when the count expires unless another call moves it.
        """

    def current_count(self, key: str) -> int:
        """The count of `key`; 0 if there is none or it has expired."""
