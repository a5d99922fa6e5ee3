"""Draws posters as PDF: A4, tagged (PDF/UA-1), fonts embedded, the same bytes each time."""

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
"""Type sizes in points; the telephone numbers keep their own size."""

_CHINESE_FONTS = ["fc-list", ":lang=zh-cn", "family"]


class _Files(URLFetcher):  # type: ignore[misc] # WeasyPrint ships no types
    """Gives WeasyPrint the files of a site in memory, and nothing from elsewhere."""

    def __init__(self, site: SiteFiles, site_url: str) -> None:
        super().__init__()
        self._site, self._site_url = site, site_url

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        name = urlsplit(url).path.lstrip("/")
        if not url.startswith(f"{self._site_url}/") or name not in self._site.files:
            raise FatalURLFetchingError(f"{url} is not a file of the site")
        return URLFetcherResponse(url, self._site.files[name], {"Content-Type": content_type(name)})


def poster_pdf(site: SiteFiles, address: str, site_url: str) -> bytes:
    """The poster at an address such as `/en/law-firm/poster/`, in the largest type that fits.

    If even the smallest type does not fit on one page, the poster has a second page.
    """
    page = HTML(
        string=site.files[f"{address.lstrip('/')}index.html"].decode(),
        base_url=f"{site_url}{address}",
        url_fetcher=_Files(site, site_url),
    )

    @cache
    def render(size: float) -> Document:
        style = CSS(string=f".poster {{ font-size: {size}pt !important }}")
        return page.render(stylesheets=[style], pdf_variant=_VARIANT)

    too_large = bisect_left(_SIZES, True, key=lambda size: len(render(size).pages) > 1)
    pdf: bytes = render(_SIZES[max(too_large - 1, 0)]).write_pdf(pdf_variant=_VARIANT)
    return pdf


def writes_chinese() -> bool:
    """Whether a Chinese font is installed; without one, every character is an empty box.

    Raises OSError if fontconfig is not installed.
    """
    fonts = subprocess.run(_CHINESE_FONTS, capture_output=True, text=True, check=False)
    return bool(fonts.stdout.strip())
