"""Makes the application of a worker process, once it is there.

What a worker needs is imported in it: a new process reads this module before it can say that it is
alive.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from functions.settings import Settings


@dataclass(frozen=True)
class WorkerSite:
    """The application over the site in `out`, for a process of its own below `parent`."""

    settings: "Settings"
    out: Path
    parent: int

    def __call__(self) -> "ASGIApp":
        """The application. Raises OmbudError."""
        from cli.serving.public.public_site import public_site

        return public_site(self.settings, self.out, self.parent)
