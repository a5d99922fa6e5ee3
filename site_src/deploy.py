"""Publishes the site: refuses what was published otherwise, then copies what changed."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from site_src.change import Change
from site_src.diff import all_added, diff_against
from site_src.editions import record_published
from site_src.errors import PoliciesRejected
from site_src.load import Editions
from site_src.render import Site, render
from site_src.site import read_all
from site_src.write import POINTERS, ensure_site, in_order, write


@dataclass(frozen=True)
class Plan:
    """What a deploy would write, in order, and what the public would see differently."""

    organisations: tuple[Editions, ...]
    site: Site
    files: tuple[str, ...]
    changes: tuple[Change, ...]


def plan(policies: Path, target: Path, day: date) -> Plan:
    """The plan for a folder that a web server serves.

    Raises PoliciesRejected where a policy has findings, changed content under a published
    version included, and NotASite.
    """
    ensure_site(target)
    organisations, findings = read_all(policies)
    if findings:
        raise PoliciesRejected(findings)
    site = render(organisations, day)
    files = tuple(
        name
        for name in in_order(site)
        if not (target / name).is_file() or (target / name).read_bytes() != site.files[name]
    )
    published = (target / POINTERS).is_file()
    changes = diff_against(str(target), organisations) if published else all_added(organisations)
    return Plan(organisations, site, files, changes)


def deploy(policies: Path, target: Path, day: date) -> Plan:
    """Records every version as published and carries the plan out. Raises as `plan` does.

    It records first: what is written to the target may be seen, even if it is interrupted.
    """
    made = plan(policies, target, day)
    record_published(policies, made.organisations)
    write(made.site, target)
    return made
