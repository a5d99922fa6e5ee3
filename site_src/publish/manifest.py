"""Reads and writes the manifest of the last build: its inputs and the files it wrote.

The manifest only saves work: if it is missing or damaged, everything is rebuilt.
"""

import json
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from functions.model.durable_files import write_whole

_FILE = "record"
_FORMAT = 4
_WHOLE = ("program", "version", "site_url", "common", "listing", "sitemap")


class BuiltFiles(NamedTuple):
    """Files and folders of the site, and their mark; see `site_src.publish.fingerprint`."""

    names: list[str]
    mark: str


class BuiltOrganisation(NamedTuple):
    """One organisation: the mark and the digest of its inputs, and the files made from them.

    `bases` lists the policies that it extends, `published` is its part of `published.json`,
    `days` are the days its versions take effect, it closes or somebody's access has ended, and
    `begun` says how many of them had come. `contract` is the digest of its current contract;
    `prefixes` are those of its references; `listed` and `news` are its entries in the pages and
    feeds of the whole site, and `statistics` is the digest of its exported figures.
    """

    inputs: str
    content: str
    bases: list[str]
    published: dict[str, str]
    days: list[str]
    begun: int
    contract: str
    calendars: list[str]
    prefixes: list[str]
    listed: dict[str, Any]
    news: list[Any]
    statistics: str
    made: BuiltFiles


@dataclass
class Manifest:
    """A whole build.

    `program` is the mark of the program and `version` its digest. Three more are digests:
    `common` of the inputs of site-wide pages except organisations, `listing` of what those pages
    say about organisations, and `sitemap` of the names of all pages. `pages` has the digests of
    the pages that the functions fill, by language.
    """

    program: str = ""
    version: str = ""
    site_url: str = ""
    common: str = ""
    listing: str = ""
    sitemap: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    made: BuiltFiles = field(default_factory=lambda: BuiltFiles([], ""))
    rows: dict[str, BuiltOrganisation] = field(default_factory=dict)


def read_manifest(folder: Path) -> Manifest:
    """The manifest in `folder`; an empty one if it is missing or damaged."""
    try:
        head, _, body = (folder / _FILE).read_bytes().partition(b"\n")
    except FileNotFoundError:
        return Manifest()
    if head != _head(body):
        return Manifest()
    *whole, pages, files, rows = json.loads(body)
    organisations = {
        id: BuiltOrganisation._make([*row[:-1], BuiltFiles._make(row[-1])])
        for id, row in rows.items()
    }
    values = dict(zip(_WHOLE, whole, strict=True))
    return Manifest(**values, pages=pages, made=BuiltFiles._make(files), rows=organisations)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Replaces the manifest in `folder`."""
    whole = [getattr(manifest, name) for name in _WHOLE]
    content = (*whole, manifest.pages, manifest.made, manifest.rows)
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    write_whole(folder / _FILE, _head(body) + b"\n" + body)


def _head(body: bytes) -> bytes:
    return f"{_FORMAT} {blake2b(body).hexdigest()}".encode()
