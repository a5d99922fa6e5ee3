"""Pages of the site as PDF: A4, tagged after PDF/UA-1, fonts embedded, the same bytes each time."""

import subprocess
from bisect import bisect_left
from functools import cache
from urllib.parse import urlsplit

from weasyprint import CSS, HTML, Document
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from site_src.file_names import content_type
from site_src.site_files import SiteFiles

_VARIANT = "pdf/ua-1"

_SIZES = (9, 10, 11.5, 13, 15, 17)
"""Sizes of type in points; the numbers to call keep theirs."""

_CHINESE_FONTS = ["fc-list", ":lang=zh-cn", "family"]


class _Files(URLFetcher):  # type: ignore[misc] # WeasyPrint ships no types
    """Gives WeasyPrint the files of a site that is nowhere yet, and nothing from elsewhere."""

    def __init__(self, site: SiteFiles, site_url: str) -> None:
        super().__init__()
        self._site, self._site_url = site, site_url

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        name = urlsplit(url).path.lstrip("/")
        if not url.startswith(f"{self._site_url}/") or name not in self._site.files:
            raise FatalURLFetchingError(f"{url} is no file of the site")
        return URLFetcherResponse(url, self._site.files[name], {"Content-Type": content_type(name)})


def poster_pdf(site: SiteFiles, address: str, site_url: str) -> bytes:
    """The poster at an address such as `/en/law-firm/poster/`, in the largest type that fits.

    What does not fit on one page in the smallest runs on to a second.
    """
    page = HTML(
        string=site.files[f"{address.lstrip('/')}index.html"].decode(),
        base_url=f"{site_url}{address}",
        url_fetcher=_Files(site, site_url),
    )

    @cache
    def set_in(size: float) -> Document:
        style = CSS(string=f".poster {{ font-size: {size}pt !important }}")
        return page.render(stylesheets=[style], pdf_variant=_VARIANT)

    too_large = bisect_left(_SIZES, True, key=lambda size: len(set_in(size).pages) > 1)
    drawn: bytes = set_in(_SIZES[max(too_large - 1, 0)]).write_pdf(pdf_variant=_VARIANT)
    return drawn


def writes_chinese() -> bool:
    """Whether there is a font for it; without one every Chinese character is an empty box.

    Raises OSError where fontconfig is not there to be asked.
    """
    found = subprocess.run(_CHINESE_FONTS, capture_output=True, text=True, check=False)
    return bool(found.stdout.strip())
