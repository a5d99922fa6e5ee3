"""Writes a rendered site: each file whole or not at all, only what changed."""

import os
from pathlib import Path

from site_src.errors import NotASite
from site_src.language import tongues
from site_src.sitefiles import Site

POINTERS = "contracts/current.json"

KEPT = ("contracts/", "assets/")
"""Never deleted: a page opened long ago still files under its contract, and looks as it did."""


def write(site: Site, out: Path) -> int:
    """Writes the site to `out`, removes pages that are no longer in it, returns the writes.

    Interrupted at any point the old site still works: see `in_order`. Raises NotASite before
    anything of somebody else's could be removed.
    """
    ensure_site(out)
    written = sum(_write(out / name, site.files[name]) for name in in_order(site))
    for path in sorted(out.rglob("*"), reverse=True):
        name = path.relative_to(out).as_posix()
        if f"{name}/".startswith(KEPT):
            continue
        if path.is_file() and name not in site.files:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    return written


def ensure_site(out: Path) -> None:
    """Raises NotASite where `out` is a file, or holds files and contracts are not among them."""
    if out.is_file() or (out.is_dir() and any(out.iterdir()) and not (out / "contracts").is_dir()):
        raise NotASite(f"{out} holds something else; name a folder that is for the site alone")


def in_order(site: Site) -> list[str]:
    """The files in an order that never leaves a page pointing to what is not there yet.

    Contracts first, then assets, pages, the pointers to the current contracts, the index last.
    Of the pages the deeper ones come first: a disclosure page leads to its forms and versions.
    """

    languages = {tongue.language for tongue in tongues()}

    def rank(name: str) -> tuple[int, int, str]:
        if name == POINTERS:
            return 3, 0, name
        first, _, rest = name.partition("/")
        page = rest if first in languages else name
        if page == "index.html":
            return 4, 0, name
        return {"contracts": 0, "assets": 1}.get(first, 2), -page.count("/"), name

    return sorted(site.files, key=rank)


def _write(path: Path, content: bytes) -> bool:
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.new")
    draft.write_bytes(content)
    os.replace(draft, path)
    return True
