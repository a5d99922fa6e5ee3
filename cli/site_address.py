"""Reads the site's public address, which QR codes and feeds contain: scheme and host, no path."""

from functions.settings import is_site_root, public_address
from site_src.errors import NoSiteUrl
from site_src.publish.build import LOCAL


def site_url(option: str | None, default: str | None = LOCAL) -> str:
    """The address without a trailing slash: `option`, else OMBUD_SITE_URL, else `default`.

    Raises NoSiteUrl if none of the three is set, or if the address is not the root of a site.
    """
    configured = option or public_address() or default
    if configured is None:
        raise NoSiteUrl(
            "posters and feeds contain the site's public address: "
            "set it with --site-url https://… or OMBUD_SITE_URL"
        )
    address = configured.rstrip("/")
    if not is_site_root(address):
        raise NoSiteUrl(
            f"{configured} is not the address of a site: give https:// or http:// and a host, "
            "without a path, in ASCII (a Chinese name as xn--…)"
        )
    return address
