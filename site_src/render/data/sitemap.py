"""Writes `sitemap.xml`, with every public page in all languages, and `robots.txt`.

Source: sitemaps.org protocol 0.9; hreflang as Google documents it.
"""

from collections.abc import Iterable, Sequence
from itertools import islice
from xml.etree.ElementTree import Element, SubElement, tostring

from site_src.file_names import address
from site_src.languages import SiteLanguage
from site_src.site_files import SiteFiles

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"

MOST_URLS = 50_000
"""The most addresses that one sitemap may contain."""

ROBOTS = """\
User-agent: *
Disallow: /cases/

Sitemap: {site_url}/sitemap.xml
"""


def add_sitemap(
    site: SiteFiles,
    names: Iterable[str],
    site_url: str,
    tongues: tuple[SiteLanguage, ...],
    most: int = MOST_URLS,
    not_searched: Iterable[str] = (),
) -> None:
    """Adds robots.txt and the sitemap of the pages among `names`, split into parts if needed.

    Pages below the addresses `not_searched`, without a language, are left out.
    """
    left_out = tuple(not_searched)
    pages = sorted(address(name) for name in names if name.endswith("index.html"))
    entries = [
        entry
        for page in pages
        if _is_first(page, tongues) and not page.startswith(left_out)
        for entry in _entries(page, site_url, tongues)
    ]
    remaining = iter(entries)
    parts = list(iter(lambda: list(islice(remaining, most)), []))
    if len(parts) <= 1:
        site.files["sitemap.xml"] = _xml("urlset", entries)
    else:
        listed = []
        for number, part in enumerate(parts, 1):
            site.files[f"sitemap-{number}.xml"] = _xml("urlset", part)
            listed.append(Element("sitemap"))
            SubElement(listed[-1], "loc").text = f"{site_url}/sitemap-{number}.xml"
        site.files["sitemap.xml"] = _xml("sitemapindex", listed)
    site.files["robots.txt"] = ROBOTS.format(site_url=site_url).encode()


def _is_first(page: str, tongues: tuple[SiteLanguage, ...]) -> bool:
    """Whether the page is in the site's first language; every page exists in all languages."""
    return not any(tongue.prefix and page.startswith(f"{tongue.prefix}/") for tongue in tongues)


def _entries(page: str, site_url: str, tongues: tuple[SiteLanguage, ...]) -> list[Element]:
    alternates = [(tongue.language, f"{site_url}{tongue.prefix}{page}") for tongue in tongues]
    return [
        _entry(location, [*alternates, ("x-default", f"{site_url}{page}")])
        for _, location in alternates
    ]


def _entry(location: str, alternates: Sequence[tuple[str, str]]) -> Element:
    entry = Element("url")
    SubElement(entry, "loc").text = location
    for language, href in alternates:
        SubElement(entry, "xhtml:link", rel="alternate", hreflang=language, href=href)
    return entry


def _xml(name: str, entries: Sequence[Element]) -> bytes:
    root = Element(name, {"xmlns": _NAMESPACE, "xmlns:xhtml": _XHTML})
    root.extend(entries)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))
