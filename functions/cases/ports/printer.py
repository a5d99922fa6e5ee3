"""The port of what draws PDF."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class PaperDocument:
    """What is drawn on paper: a page, and the text that lies in the file beside it."""

    name: str
    made_at: datetime
    html: str
    text: str


class Printer(Protocol):
    """Draws PDF."""

    def pdf(self, document: PaperDocument) -> bytes:
        """The drawn page, tagged, with the text attached; equal documents, equal bytes.

        Raises DocumentInvalid where the page names an address.
        """
