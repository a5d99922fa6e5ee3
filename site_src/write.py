"""Writes a rendered site: each file whole or not at all, only what changed."""

import os
from pathlib import Path

from site_src.render import Site

_KEPT = "contracts"
"""A contract is never deleted: a page opened long ago still files under it."""


def write(site: Site, out: Path) -> int:
    """Writes the site to `out`, removes pages that are no longer in it, returns the writes.

    Contracts go first, so that no page points to one that is not there yet.
    """
    written = sum(
        _write(out / name, content)
        for name, content in sorted(
            site.files.items(), key=lambda item: (not item[0].startswith(f"{_KEPT}/"), item[0])
        )
    )
    for path in sorted(out.rglob("*"), reverse=True):
        name = path.relative_to(out).as_posix()
        if name.split("/", 1)[0] == _KEPT:
            continue
        if path.is_file() and name not in site.files:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    return written


def _write(path: Path, content: bytes) -> bool:
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.new")
    draft.write_bytes(content)
    os.replace(draft, path)
    return True
