"""Draws PDF with WeasyPrint and Pango, and fetches no address while doing so."""

from hashlib import sha256
from importlib.util import find_spec
from typing import TYPE_CHECKING

from functions.adapters.pango import lacking
from functions.model.errors import DocumentInvalid

if TYPE_CHECKING:
    from functions.cases.ports.printer import PaperDocument

_LIBRARIES = ("gobject-2.0", "pango-1.0", "pangoft2-1.0", "fontconfig", "harfbuzz-subset")


def installed() -> bool:
    """Whether this machine has WeasyPrint and the libraries that it draws with."""
    if find_spec("weasyprint") is None:
        return False
    # Imported lazily: the start of a Lambda never loads ctypes.
    from ctypes.util import find_library

    return all(map(find_library, _LIBRARIES))


class WeasyPrinter:
    """Draws A4 pages. The first one loads the library."""

    def lacking(self, text: str) -> frozenset[str]:
        """See Printer."""
        return lacking(text)

    def pdf(self, document: "PaperDocument") -> bytes:
        """See Printer."""
        from weasyprint import HTML, Attachment
        from weasyprint.urls import FatalURLFetchingError, URLFetcher

        class RefusingFetcher(URLFetcher):  # type: ignore[misc] # weasyprint ships no types
            """Refuses every address: a page contains all that it needs."""

            def fetch(self, url: str, headers: object = None) -> None:
                """Raises FatalURLFetchingError."""
                raise FatalURLFetchingError(url)

        source = Attachment(
            string=document.text,
            name=f"{document.name}.txt",
            created=document.made_at,
            modified=document.made_at,
            relationship="Source",
        )
        try:
            pdf: bytes = HTML(string=document.html, url_fetcher=RefusingFetcher()).write_pdf(
                attachments=[source],
                pdf_identifier=sha256(document.html.encode()).digest(),
                pdf_variant="pdf/ua-1",
            )
        except FatalURLFetchingError as error:  # a BaseException, so WeasyPrint never swallows it
            raise DocumentInvalid(
                f"{document.name} names the address {error}; it may name none"
            ) from error
        return pdf


if __name__ == "__main__":  # the Makefile asks whether PDF can be drawn
    raise SystemExit(not installed())
