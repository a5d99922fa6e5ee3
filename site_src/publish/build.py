"""Check and build as two calls: read all, check all, and only then write.

What a build of an unchanged site does not need is imported where it is needed.
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
    from site_src.receipts.keys import PublishedKeys


LOCAL = "http://localhost:8000"
"""The address of a site that is only looked at on this machine."""


def today() -> date:
    """The day that a build is for: today where the procedures hold."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


def build(
    policies: Path,
    out: Path,
    day: date | None = None,
    site_url: str = LOCAL,
    keys: "PublishedKeys | None" = None,
) -> int:
    """Builds the whole site as of `day` into `out` and returns how many files were written.

    What is as it was when it was last built is left alone. `site_url` is the address that the
    site will have. Without `keys`, those that lie beside the policies are published. Raises
    PoliciesRejected, KeysUnreadable or NotASite, and then nothing has been written.
    """
    ensure_site(out)
    with work_folder(out) as folder:
        record = read_manifest(folder)
        seen = find_changes(policies, out, day or today(), site_url, keys, record)
        if seen.nothing:
            if seen.renewed:
                write_manifest(folder, record)
            return 0
        from site_src.publish.rebuild import rebuild

        return rebuild(seen, record, folder)
