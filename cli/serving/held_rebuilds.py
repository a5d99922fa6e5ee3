"""Holds rebuilds back while somebody decides facts in the studio, so that its pages answer at once.

A rebuild takes a processor for a second or two, and each decision would start one.
"""

from time import monotonic

_SECONDS = 4.0


class RebuildPause:
    """A pause that begins anew with each decision."""

    def __init__(self) -> None:
        self._ends = 0.0

    def begin(self) -> None:
        """Holds what asks, for some seconds from now."""
        self._ends = monotonic() + _SECONDS

    @property
    def holds(self) -> bool:
        """Whether to wait."""
        return monotonic() < self._ends
