"""The scanner: who says whether a file holds malware."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Clean:
    """The scanner found nothing."""


@dataclass(frozen=True)
class Infected:
    """The scanner found malware, under this name."""

    signature: str


class Scanner(Protocol):
    """Looks for malware."""

    def scan(self, content: bytes) -> Clean | Infected:
        """What it found. Raises ScannerUnavailable where it could not look."""
