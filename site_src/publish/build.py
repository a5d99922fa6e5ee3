"""Builds the site: finds what changed, then reads, checks and writes only that.

Modules that a build without changes does not need are imported late.
"""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple
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


BuildScope = Literal["whole", "part", "local"]
"""What a build takes: every organisation or none; those without findings; drafts as well."""


class Built(NamedTuple):
    """How many files were written, all findings, and those of each organisation left out."""

    written: int
    findings: "tuple[Finding, ...]"
    left_out: "Mapping[str, tuple[Finding, ...]]"


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
    return _build(policies, out, day, site_url, keys, statistics, "whole").written


def build_part(
    policies: Path,
    out: Path,
    site_url: str = LOCAL,
    keys: "PublishedKeys | None" = None,
    statistics: Path | None = None,
    day: date | None = None,
) -> "Built":
    """Builds the organisations without findings; the others stay as they were last built.

    A draft is left out; if it was drawn on this machine, its pages are removed. Raises
    KeysUnreadable, StatisticsUnreadable, NotASite, and PoliciesRejected for findings that concern
    every organisation.
    """
    return _build(policies, out, day, site_url, keys, statistics, "part")


def build_local(
    policies: Path,
    out: Path,
    site_url: str,
    keys: "PublishedKeys",
    statistics: Path | None = None,
) -> "Built":
    """As `build_part`, for a site that only this machine shows: drafts are drawn, and marked.

    Their findings stand on their pages. Whatever cannot be drawn is left out.
    """
    return _build(policies, out, None, site_url, keys, statistics, "local")


def _build(
    policies: Path,
    out: Path,
    day: date | None,
    site_url: str,
    keys: "PublishedKeys | None",
    statistics: Path | None,
    scope: BuildScope,
) -> "Built":
    ensure_site(out)
    with work_folder(out) as folder:
        manifest = read_manifest(folder)
        day = day or today()
        changes = find_changes(policies, out, day, site_url, keys, manifest, statistics)
        if changes.nothing:
            if changes.renewed:
                write_manifest(folder, manifest)
            return Built(0, (), {})
        from site_src.publish.rebuild import rebuild

        return rebuild(changes, manifest, folder, scope)
