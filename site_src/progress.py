"""How long work tells of its progress, without knowing who shows it."""

from collections.abc import Iterable, Iterator
from typing import Literal, Protocol, TypeVar

_Item = TypeVar("_Item")

LongWork = Literal["checking", "drawing", "uploading"]
"""Work on many things: organisations are read and checked, organisations are also drawn, files are
sent."""


class ShowProgress(Protocol):
    """Is told of each thing that is done."""

    def __call__(self, work: LongWork, items: Iterable[_Item], total: int) -> Iterator[_Item]:
        """Yields the items, of which there will be `total`."""


def show_nothing(work: LongWork, items: Iterable[_Item], total: int) -> Iterator[_Item]:
    """Shows nothing."""
    return iter(items)
