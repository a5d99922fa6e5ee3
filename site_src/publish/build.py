"""Builds the site of a checkout into a folder, which follows the checkout whatever it lacks.

Modules that a build without changes does not need are imported late.
"""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from site_src.errors import NotASite
from site_src.progress import ShowProgress, show_nothing
from site_src.publish.options import PublishOptions, Scope
from site_src.publish.publish import publish
from site_src.publish.targets.folder import FolderTarget, holds_something_else

if TYPE_CHECKING:
    from site_src.policy.finding import Finding
    from site_src.receipts.keys import PublishedKeys


LOCAL = "http://localhost:8000"
"""The address of a site that is used only on this machine."""


class Built(NamedTuple):
    """How many files were written, all findings, and those of each organisation left out.

    `calendars` are those that the organisations of the site use.
    """

    written: int
    findings: "tuple[Finding, ...]"
    left_out: "Mapping[str, tuple[Finding, ...]]"
    calendars: frozenset[str] = frozenset()


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
    progress: ShowProgress = show_nothing,
) -> int:
    """Builds the site as of `day` into `out` and returns how many files were written.

    Unchanged organisations are not read, checked or written. `site_url` is the site's public
    address. Without `keys`, the keys in the policies' folder are published. `statistics` is the
    folder of exported figures. Raises PoliciesRejected, KeysUnreadable, StatisticsUnreadable or
    NotASite, and then nothing has been written.
    """
    return build_scope("whole", policies, out, day, site_url, keys, statistics, progress).written


def build_part(
    policies: Path,
    out: Path,
    site_url: str = LOCAL,
    keys: "PublishedKeys | None" = None,
    statistics: Path | None = None,
    day: date | None = None,
    progress: ShowProgress = show_nothing,
) -> "Built":
    """Builds the organisations without findings; the others stay as they were last built.

    A draft is left out; if it was drawn on this machine, its pages are removed. Raises
    KeysUnreadable, StatisticsUnreadable, NotASite, and PoliciesRejected for findings that concern
    every organisation.
    """
    return build_scope("part", policies, out, day, site_url, keys, statistics, progress)


def build_local(
    policies: Path,
    out: Path,
    site_url: str,
    keys: "PublishedKeys",
    statistics: Path | None = None,
    progress: ShowProgress = show_nothing,
) -> "Built":
    """As `build_part`, for a site that only this machine shows: drafts are drawn, and marked.

    Their findings stand on their pages. Whatever cannot be drawn is left out.
    """
    return build_scope("local", policies, out, None, site_url, keys, statistics, progress)


def build_scope(
    scope: Scope,
    policies: Path,
    out: Path,
    day: date | None = None,
    site_url: str = LOCAL,
    keys: "PublishedKeys | None" = None,
    statistics: Path | None = None,
    progress: ShowProgress = show_nothing,
) -> "Built":
    """As `build`, `build_part` or `build_local`, and says all that is known of what was built."""
    _ensure_site(out)
    options = PublishOptions(
        policies=policies,
        day=day or today(),
        site_url=site_url,
        statistics=statistics,
        keys=keys,
        scope=scope,
        mirror=True,
        progress=progress,
    )
    built = publish(options, FolderTarget(out))
    return Built(len(built.files), built.findings, built.left_out, built.record.calendars)


def _ensure_site(out: Path) -> None:
    """Raises NotASite if `out` is no folder for a site."""
    if holds_something_else(out):
        raise NotASite(f"{out} contains something else; name a folder that is only for the site")
