"""PDF by WeasyPrint, which draws with Pango: it reads no address and asks nobody for anything."""

from hashlib import sha256
from importlib.util import find_spec

from functions.cases.ports.printer import PaperDocument
from functions.model.errors import DocumentInvalid

_LIBRARIES = ("gobject-2.0", "pango-1.0", "pangoft2-1.0", "fontconfig", "harfbuzz-subset")


def installed() -> bool:
    """Whether this machine has WeasyPrint and the libraries that it draws with."""
    if find_spec("weasyprint") is None:
        return False
    from ctypes.util import find_library  # here, so that a Lambda's start loads no ctypes

    return all(map(find_library, _LIBRARIES))


class WeasyPrinter:
    """Draws A4 pages; the library is loaded by the first one."""

    def pdf(self, document: PaperDocument) -> bytes:
        """See Printer."""
        from weasyprint import HTML, Attachment
        from weasyprint.urls import FatalURLFetchingError, URLFetcher

        class Nowhere(URLFetcher):  # type: ignore[misc] # weasyprint ships no types
            """Refuses every address: all that a page needs stands in it."""

            def fetch(self, url: str, headers: object = None) -> None:
                """Raises FatalURLFetchingError."""
                raise FatalURLFetchingError(url)

        attached = Attachment(
            string=document.text,
            name=f"{document.name}.txt",
            created=document.made_at,
            modified=document.made_at,
            relationship="Source",
        )
        try:
            drawn: bytes = HTML(string=document.html, url_fetcher=Nowhere()).write_pdf(
                attachments=[attached],
                pdf_identifier=sha256(document.html.encode()).digest(),
                pdf_variant="pdf/ua-1",
            )
        except FatalURLFetchingError as error:  # no Exception, so that nothing passes it over
            raise DocumentInvalid(f"{document.name} names {error}; it may name nothing") from error
        return drawn


if __name__ == "__main__":  # for the Makefile
    raise SystemExit(not installed())
