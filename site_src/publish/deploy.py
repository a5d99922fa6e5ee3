"""Publishes the site: refuses what was published otherwise, then writes what changed."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from functions.model.contract.contract import digest
from site_src.authoring.diff import all_added, diff_against
from site_src.authoring.difference import Change
from site_src.check.organisation import read_all
from site_src.errors import PoliciesRejected
from site_src.file_names import KEPT, MANIFEST, POINTERS
from site_src.policy.editions import record_published
from site_src.policy.load import Editions
from site_src.publish.target import Target
from site_src.publish.write_order import in_order
from site_src.receipts.keys import keys_of
from site_src.render.site_renderer import render
from site_src.site_files import SiteFiles
from site_src.site_settings import read_operator

PublishedDigests = dict[str, str]

_UNDER_WAY = ""
"""The mark of a file that a deploy has begun to change: whatever comes next writes it again."""


@dataclass(frozen=True)
class Plan:
    """What a deploy would write and remove, in order, and what the public would see changed."""

    site: SiteFiles
    organisations: tuple[Editions, ...]
    files: tuple[str, ...]
    gone: tuple[str, ...]
    changes: tuple[Change, ...]


def plan(policies: Path, target: Target, day: date, site_url: str) -> Plan:
    """The plan for a target whose public address is `site_url`.

    Raises PoliciesRejected where a policy has findings, changed content under a published
    version included.
    """
    organisations, findings = read_all(policies)
    if findings:
        raise PoliciesRejected(findings)
    site = render(organisations, day, site_url, keys_of(policies), read_operator(policies))
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
        changes=(
            all_added(organisations)
            if target.read(POINTERS) is None
            else diff_against(target.read, organisations)
        ),
    )


def deploy(policies: Path, target: Target, day: date, site_url: str) -> Plan:
    """Records every version as published and carries the plan out.

    It records first: what is written may be seen, even if the deploy is interrupted. Contracts
    first, then assets, pages, pointers and the index, so that an interrupted deploy leaves the
    old site working; the manifest says before what is under way, so that the next one finishes
    it, or takes it back. Raises PoliciesRejected and DeployRunning.
    """
    with target.lock():
        made = plan(policies, target, day, site_url)
        record_published(policies, made.organisations)
        if made.files or made.gone:
            under_way = dict.fromkeys((*made.files, *made.gone), _UNDER_WAY)
            _put_manifest(target, _manifest(target) | under_way)
        for name in made.files:
            target.put(name, made.site.files[name])
        for name in made.gone:
            target.remove(name)
        manifest = {name: digest(content) for name, content in sorted(made.site.files.items())}
        kept = {name: mark for name, mark in _manifest(target).items() if name.startswith(KEPT)}
        _put_manifest(target, kept | manifest)
        target.announce((*made.files, *made.gone))
    return made


def _put_manifest(target: Target, manifest: PublishedDigests) -> None:
    target.put(MANIFEST, json.dumps(manifest, indent=1, sort_keys=True).encode())


def _manifest(target: Target) -> PublishedDigests:
    content = target.read(MANIFEST)
    if content is None:
        return {}
    return {str(name): str(mark) for name, mark in json.loads(content).items()}
