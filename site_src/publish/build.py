"""Builds the site: finds what changed, then reads, checks and writes only that.

Modules that a build without changes does not need are imported late.
"""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from site_src.publish.changes import find_changes
from site_src.publish.manifest import read_manifest, write_manifest
from site_src.publish.staging import work_folder
from site_src.publish.write_order import ensure_site

if TYPE_CHECKING:
    from site_src.policy.finding import Finding
    from site_src.receipts.keys import PublishedKeys


LOCAL = "http://localhost:8000"
"""The address of a site that is used only on this machine."""


def today() -> date:
    """The current day in China, where the procedures apply."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


def build(
    policies: Path,
    out: Path,
    day: date | None = None,
    site_url: str = LOCAL,
    keys: "PublishedKeys | None" = None,
    statistics: Path | None = None,
) -> int:
    """Builds the site as of `day` into `out` and returns how many files were written.

    Unchanged organisations are not read, checked or written. `site_url` is the site's public
    address. Without `keys`, the keys in the policies' folder are published. `statistics` is the
    folder of exported figures. Raises PoliciesRejected, KeysUnreadable, StatisticsUnreadable or
    NotASite, and then nothing has been written.
    """
    return _build(policies, out, day, site_url, keys, statistics, part=False)[0]


def build_part(
    policies: Path,
    out: Path,
    site_url: str,
    keys: "PublishedKeys",
    statistics: Path | None = None,
) -> "tuple[int, tuple[Finding, ...]]":
    """Builds the organisations without findings; the others stay as they were last built.

    Returns how many files were written, and the findings. Raises KeysUnreadable,
    StatisticsUnreadable, NotASite, and PoliciesRejected for findings that concern every
    organisation.
    """
    return _build(policies, out, None, site_url, keys, statistics, part=True)


def _build(
    policies: Path,
    out: Path,
    day: date | None,
    site_url: str,
    keys: "PublishedKeys | None",
    statistics: Path | None,
    part: bool,
) -> "tuple[int, tuple[Finding, ...]]":
    ensure_site(out)
    with work_folder(out) as folder:
        manifest = read_manifest(folder)
        day = day or today()
        changes = find_changes(policies, out, day, site_url, keys, manifest, statistics)
        if changes.nothing:
            if changes.renewed:
                write_manifest(folder, manifest)
            return 0, ()
        from site_src.publish.rebuild import rebuild

        return rebuild(changes, manifest, folder, part)
