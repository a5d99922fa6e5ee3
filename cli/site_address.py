"""The site's public address, which QR codes and feeds spell out: scheme and host, no path."""

from urllib.parse import urlsplit

from functions.settings import public_address
from site_src.errors import NoSiteUrl
from site_src.publish.build import LOCAL


def site_url(given: str | None, otherwise: str | None = LOCAL) -> str:
    """The address without a trailing slash: `given`, or what OMBUD_SITE_URL says, or `otherwise`.

    Raises NoSiteUrl where none of them is there, and where it is not the root of a site.
    """
    said = given or public_address() or otherwise
    if said is None:
        raise NoSiteUrl(
            "posters and feeds spell out the site's public address: "
            "give it with --site-url https://… or OMBUD_SITE_URL"
        )
    address = said.rstrip("/")
    if not _is_root(address):
        raise NoSiteUrl(
            f"{said} is not the address of a site: it takes https:// or http:// and a host, "
            "without a path, in ASCII (a Chinese name as xn--…)"
        )
    return address


def _is_root(address: str) -> bool:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    wanted = f"{parts.scheme}://{parts.hostname}" + (f":{port}" if port is not None else "")
    return (
        parts.scheme in ("http", "https")
        and bool(parts.hostname)
        and address.isascii()
        and not any(character.isspace() for character in address)
        and address.lower() == wanted
    )
