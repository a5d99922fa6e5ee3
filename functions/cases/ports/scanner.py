"""The port for the malware scanner."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Clean:
    """The scanner found nothing."""


@dataclass(frozen=True)
class Infected:
    """The scanner found malware; `signature` is its name."""

    signature: str


class Scanner(Protocol):
    """Scans content for malware."""

    def scan(self, content: bytes) -> Clean | Infected:
        """The verdict. Raises ScannerUnavailable if there is none."""
