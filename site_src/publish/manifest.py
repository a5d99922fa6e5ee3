"""What the last build into a folder was made from, and what it left there.

It only saves work: without it, or with a damaged one, everything is built anew.
"""

import json
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from functions.model.durable_files import write_whole

_FILE = "record"
_FORMAT = 1
_WHOLE = ("program", "version", "site_url", "common", "listing", "sitemap")


class BuiltFiles(NamedTuple):
    """Files and folders of the site, and their mark; see `site_src.publish.fingerprint`."""

    names: list[str]
    mark: str


class BuiltOrganisation(NamedTuple):
    """One organisation: the mark and the digest of what it was read from, and what was made.

    `bases` are the policies that it extends, `published` its part of `published.json`, `days`
    when its versions take effect, of which `begun` had begun. `contract` is the digest of its
    current contract, `listed` and `news` what the pages and feeds of the whole site say of it.
    """

    inputs: str
    content: str
    bases: list[str]
    published: dict[str, str]
    days: list[str]
    begun: int
    contract: str
    listed: dict[str, Any]
    news: list[Any]
    made: BuiltFiles


@dataclass
class Manifest:
    """A whole build.

    `program` is the mark of the program and `version` its digest. `common` is the digest of what
    the pages of the whole site follow from beside the organisations, `listing` that of what they
    say of these, `sitemap` that of the names of all pages, and `pages` the digests of those that
    the functions fill, by language.
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
    """The record in that folder; an empty one where there is none that can be trusted."""
    try:
        head, _, body = (folder / _FILE).read_bytes().partition(b"\n")
    except FileNotFoundError:
        return Manifest()
    if head != _head(body):
        return Manifest()
    *whole, pages, made, rows = json.loads(body)
    named = {
        id: BuiltOrganisation._make([*row[:-1], BuiltFiles._make(row[-1])])
        for id, row in rows.items()
    }
    named_whole = dict(zip(_WHOLE, whole, strict=True))
    return Manifest(**named_whole, pages=pages, made=BuiltFiles._make(made), rows=named)


def write_manifest(folder: Path, record: Manifest) -> None:
    """Puts it in the place of the last one."""
    whole = [getattr(record, name) for name in _WHOLE]
    content = (*whole, record.pages, record.made, record.rows)
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    write_whole(folder / _FILE, _head(body) + b"\n" + body)


def _head(body: bytes) -> bytes:
    return f"{_FORMAT} {blake2b(body).hexdigest()}".encode()
