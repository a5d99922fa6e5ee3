"""Publishes the site: refuses what was published otherwise, then copies what changed."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from site_src.diff import Change, diff_against
from site_src.editions import record_published
from site_src.errors import PoliciesRejected
from site_src.render import Site, render
from site_src.site import read_all
from site_src.write import in_order, write


@dataclass(frozen=True)
class Plan:
    """What a deploy would write, in order, and what the public would see differently."""

    site: Site
    files: tuple[str, ...]
    changes: tuple[Change, ...]


def plan(policies: Path, target: Path, day: date) -> Plan:
    """The plan for a folder that a web server serves.

    Raises PoliciesRejected where a policy has findings, changed content under a published
    version included.
    """
    organisations, findings = read_all(policies)
    if findings:
        raise PoliciesRejected(findings)
    site = render(organisations, day)
    files = tuple(
        name
        for name in in_order(site)
        if not (target / name).is_file() or (target / name).read_bytes() != site.files[name]
    )
    changes = diff_against(str(target), organisations) if target.is_dir() else ()
    return Plan(site, files, changes)


def deploy(policies: Path, target: Path, day: date) -> Plan:
    """Carries the plan out and records every version as published. Raises PoliciesRejected."""
    made = plan(policies, target, day)
    write(made.site, target)
    record_published(policies, read_all(policies)[0])
    return made
