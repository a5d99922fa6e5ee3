"""What a publication needs of the place that it writes to."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from site_src.progress import ShowProgress, show_nothing
from site_src.publish.stage import StagedFiles

Waiting = Callable[[str], None]
"""Told once, in a sentence, what a publication waits for."""


class Writer(Protocol):
    """Writes to a target that no other publication writes to.

    Each method raises DeployRunning if another publication has taken over meanwhile.
    """

    def read(self, name: str) -> bytes | None:
        """The content of a file, or None if it does not exist."""

    def expect(self, names: Iterable[str]) -> None:
        """Notes how the files that will be replaced are now: they change by this writer alone."""

    def put(self, name: str, content: bytes) -> None:
        """Writes a file, whole or not at all."""

    def place(
        self, stage: StagedFiles, ranks: Iterable[int], progress: ShowProgress = show_nothing
    ) -> None:
        """Writes the staged files of these ranks in their order, each whole or not at all."""

    def remove(self, name: str) -> None:
        """Removes a file, and the folders that it leaves empty."""

    def finish(self, names: tuple[str, ...]) -> None:
        """Ends the publication of these files: takes their old content out of caches."""


class Target(Protocol):
    """A place to publish to; names are paths below the site's root."""

    def read(self, name: str) -> bytes | None:
        """The content of a file, or None if it does not exist."""

    def names(self) -> Iterable[str]:
        """The names of all files."""

    def damaged(self, files: Mapping[str, str]) -> set[str]:
        """Those of the files that were changed since the last publication; digests by name."""

    def strangers(self, names: Iterable[str]) -> set[str]:
        """The pages at the target that are not among these names, if that can be seen."""

    def stage(self) -> AbstractContextManager[Path]:
        """An empty folder in which the files of one publication wait."""

    def writer(self, by: str, waiting: Waiting) -> AbstractContextManager[Writer]:
        """Keeps every other publication out until it is left, and waits for others before.

        `by` is told to those who wait meanwhile. Raises DeployRunning after ten minutes.
        """
