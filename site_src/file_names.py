"""The names of the site's files: what they are for, and how they are served."""

import mimetypes
from collections.abc import Callable

ReadFile = Callable[[str], bytes | None]
"""Reads a published file by its name, None where there is no such file."""

POINTERS = "contracts/current.json"
SECURITY_FILE = ".well-known/security.txt"

OPERATOR_FILE = "site.yaml"
"""Beside the policies: who runs the site, see `site_src.site_settings`."""

KEPT = ("contracts/", "assets/")
"""Never deleted: a page opened long ago still files under its contract, and looks as it did."""

MANIFEST = "contracts/manifest.json"
"""What is published: the digest of each file by its name. It lies with the contracts, which
are not served."""


def content_type(name: str) -> str:
    """The media type of a file, text with its charset."""
    guessed = mimetypes.guess_type(name)[0] or "application/octet-stream"
    text = guessed.startswith("text/") or guessed in ("application/json", "image/svg+xml")
    return f"{guessed}; charset=utf-8" if text else guessed


def cache_control(name: str) -> str:
    """Hashed assets and contracts for good, pages and pointers checked each time."""
    pointer = name in (MANIFEST, "contracts/current.json")
    if name.startswith(("assets/", "contracts/")) and not pointer:
        return "public, max-age=31536000, immutable"
    return "public, max-age=0, must-revalidate"


def address(name: str) -> str:
    """The address that a file is served under: `en/track/index.html` is `/en/track/`."""
    return "/" + (name.removesuffix("index.html") if name.endswith("index.html") else name)
