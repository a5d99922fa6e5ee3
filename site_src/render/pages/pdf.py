"""Draws posters as PDF: A4, tagged (PDF/UA-1), fonts embedded, the same bytes each time."""

import subprocess
from bisect import bisect_left
from functools import cache
from urllib.parse import urlsplit

from weasyprint import CSS, HTML, Document
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from site_src.file_names import content_type
from site_src.render.pages.poster import SIZES
from site_src.site_files import SiteFiles

_VARIANT = "pdf/ua-1"

_GAPS = (2, 3, 4, 6, 8, 10, 13, 16, 20, 25)
"""Millimetres between the parts of a poster: WeasyPrint does not stretch boxes over a page."""

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
    """The poster at an address such as `/en/law-firm/poster/`, which fills its sheet.

    The type is of the size that the page was built for, or of the next that fits; the parts stand
    as far apart as they can. If even the smallest type does not fit, there is a second page.
    """
    html = site.files[f"{address.lstrip('/')}index.html"].decode()
    page = HTML(string=html, base_url=f"{site_url}{address}", url_fetcher=_Files(site, site_url))

    @cache
    def render(size: float, gap: int) -> Document:
        style = (
            ".poster { display: block !important; min-height: 0 !important;"
            f" font-size: {size}pt !important }}"
            f".poster > * + * {{ margin-top: {gap}mm !important }}"
        )
        return page.render(stylesheets=[CSS(string=style)], pdf_variant=_VARIANT)

    def overflows(size: float, gap: int) -> bool:
        return len(render(size, gap).pages) > 1

    built = int(html.partition('class="poster size-')[2][0])
    size = next((one for one in reversed(SIZES[:built]) if not overflows(one, _GAPS[0])), SIZES[0])
    too_far = bisect_left(_GAPS, True, key=lambda gap: overflows(size, gap))
    pdf: bytes = render(size, _GAPS[max(too_far - 1, 0)]).write_pdf(pdf_variant=_VARIANT)
    return pdf


def writes_chinese() -> bool:
    """Whether a Chinese font is installed; without one, every character is an empty box.

    Raises OSError if fontconfig is not installed.
    """
    fonts = subprocess.run(_CHINESE_FONTS, capture_output=True, text=True, check=False)
    return bool(fonts.stdout.strip())
