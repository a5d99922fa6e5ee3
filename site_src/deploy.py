"""Publishes the site: refuses what was published otherwise, then writes what changed."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from functions.adapters.contracts import digest
from site_src.diff import Change, diff_against
from site_src.editions import record_published
from site_src.errors import PoliciesRejected
from site_src.load import Editions
from site_src.render import Site, render
from site_src.site import read_all
from site_src.target import MANIFEST, Target
from site_src.write import KEPT, in_order

Manifest = dict[str, str]


@dataclass(frozen=True)
class Plan:
    """What a deploy would write and remove, in order, and what the public would see changed."""

    site: Site
    organisations: tuple[Editions, ...]
    files: tuple[str, ...]
    gone: tuple[str, ...]
    changes: tuple[Change, ...]


def plan(policies: Path, target: Target, day: date) -> Plan:
    """The plan for a target.

    Raises PoliciesRejected where a policy has findings, changed content under a published
    version included.
    """
    organisations, findings = read_all(policies)
    if findings:
        raise PoliciesRejected(findings)
    site = render(organisations, day)
    published = _manifest(target)
    return Plan(
        site=site,
        organisations=organisations,
        files=tuple(
            name for name in in_order(site) if published.get(name) != digest(site.files[name])
        ),
        gone=tuple(
            name
            for name in sorted(published)
            if name not in site.files and not name.startswith(KEPT)
        ),
        changes=diff_against(target.read, organisations) if published else (),
    )


def deploy(policies: Path, target: Target, day: date) -> Plan:
    """Carries the plan out and records every version as published.

    Contracts first, then assets, pages, pointers and the index; the manifest last, so that an
    interrupted deploy leaves the old site working and the next one finishes it. Raises
    PoliciesRejected and DeployRunning.
    """
    with target.lock():
        made = plan(policies, target, day)
        for name in made.files:
            target.put(name, made.site.files[name])
        for name in made.gone:
            target.remove(name)
        manifest = {name: digest(content) for name, content in sorted(made.site.files.items())}
        kept = {name: mark for name, mark in _manifest(target).items() if name.startswith(KEPT)}
        target.put(MANIFEST, json.dumps(kept | manifest, indent=1, sort_keys=True).encode())
        target.announce((*made.files, *made.gone))
    record_published(policies, made.organisations)
    return made


def _manifest(target: Target) -> Manifest:
    content = target.read(MANIFEST)
    if content is None:
        return {}
    return {str(name): str(mark) for name, mark in json.loads(content).items()}
