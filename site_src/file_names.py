"""Names the site's special files and says how each file is served."""

import mimetypes
from collections.abc import Callable
from pathlib import Path

ReadFile = Callable[[str], bytes | None]
"""Reads a published file by its name; returns None if there is no such file."""

POINTERS = "contracts/current.json"
DIRECTORIES = "contracts/directory/"
"""What is current of each organisation; replaced in place, as the pointers are."""

RELEASES = "contracts/release/"
"""What all organisations share of the pages that the functions fill; contracts name it."""

PROCEDURES = "contracts/procedure/"
"""What staff must do by each version; contracts name it."""

SECURITY_FILE = ".well-known/security.txt"

CALENDAR_FOLDER = "calendar"
"""The years that the operator adds to a calendar, below `policies/`; no organisation's name."""

OPERATOR_FILE = "site.yaml"
"""The operator's settings beside the policies; see `site_src.site_settings`."""

PUBLISHED_FILE = "published.json"
"""The digests of published versions, beside the policies."""

CONTRACTS = "contracts/"
"""What the functions alone read."""

KEPT = (CONTRACTS, "assets/")
"""Never deleted: a page opened long ago still needs its contract, its scripts and its styles."""

PUBLISHED_RECORD = "contracts/published.json"
"""What a target has published. It is kept with the contracts, which are not served."""

JOURNAL = "contracts/publishing.json"
"""What a publication is about to write; it is there only during one, and after a killed one."""

LOCK = "contracts/deploy.lock"
"""The lock of a target in S3, which earlier releases keep, too."""

EARLIER = ("contracts/manifest.json", "contracts/unsure.json")
"""What earlier releases kept in place of a record: the digests of files, and names in doubt."""


def statistics_file(folder: Path, organisation: str) -> Path:
    """Where the exported figures of an organisation lie."""
    return folder / f"{organisation}.json"


_LONGEST_PART = 255
"""Most bytes of a file's name in a folder, on the file systems of Linux."""


def is_site_file(name: str) -> bool:
    """Whether a name that was read somewhere is a path below the site's root."""
    return all(
        part not in ("", ".", "..")
        and part.isprintable()
        and "\\" not in part
        and len(part.encode()) <= _LONGEST_PART
        for part in name.split("/")
    )


def content_type(name: str) -> str:
    """The media type of a file, with a charset if it is text."""
    guessed = mimetypes.guess_type(name)[0] or "application/octet-stream"
    text = guessed.startswith("text/") or guessed in ("application/json", "image/svg+xml")
    return f"{guessed}; charset=utf-8" if text else guessed


def cache_control(name: str) -> str:
    """The Cache-Control header: hashed assets and contracts never change, other files may."""
    if is_immutable(name):
        return "public, max-age=31536000, immutable"
    return "public, max-age=0, must-revalidate"


def is_immutable(name: str) -> bool:
    """Whether the file is named by its content, so that it never has another."""
    replaced = name in (POINTERS, PUBLISHED_RECORD, JOURNAL, LOCK) or name.startswith(DIRECTORIES)
    return name.startswith(KEPT) and not replaced


def address(name: str) -> str:
    """The address of a file: `en/track/index.html` is served as `/en/track/`."""
    return "/" + (name.removesuffix("index.html") if name.endswith("index.html") else name)
