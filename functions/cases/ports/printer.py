"""The port for printing pages as PDF."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class PaperDocument:
    """A page to print, and the text file to attach to the PDF."""

    name: str
    made_at: datetime
    html: str
    text: str


class Printer(Protocol):
    """Prints pages as PDF."""

    def lacking(self, text: str) -> frozenset[str]:
        """The characters of `text` that it has no glyph for."""

    def pdf(self, document: PaperDocument) -> bytes:
        """The page as a tagged PDF with the text attached; equal documents give equal bytes.

        Raises DocumentInvalid if the page refers to a URL.
        """
