"""Publishes the site: refuses changes to published versions, then writes what changed."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from functions.model.contract.contract import digest
from site_src.authoring.diff import all_added, diff_against
from site_src.authoring.difference import Change
from site_src.bilingual import AuthorLanguage
from site_src.calendar_years import read_years
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
"""The digest of a file that a deploy is changing, so that an interrupted deploy is repaired."""


@dataclass(frozen=True)
class Plan:
    """What a deploy writes and removes, in order, and what changes for the public."""

    site: SiteFiles
    organisations: tuple[Editions, ...]
    files: tuple[str, ...]
    gone: tuple[str, ...]
    changes: tuple[Change, ...]


def plan(
    policies: Path, target: Target, day: date, site_url: str, language: AuthorLanguage = "en"
) -> Plan:
    """The plan for a target whose public address is `site_url`; its changes are in `language`.

    Raises PoliciesRejected if a policy has findings; changed content under a published version
    is one.
    """
    organisations, findings = read_all(policies)
    if findings:
        raise PoliciesRejected(findings)
    operator, (years, _) = read_operator(policies), read_years(policies)
    site = render(organisations, day, site_url, keys_of(policies), operator, years)
    published = _read_digests(target)
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
            all_added(organisations, language)
            if target.read(POINTERS) is None
            else diff_against(target.read, organisations, language)
        ),
    )


def deploy(
    policies: Path, target: Target, day: date, site_url: str, language: AuthorLanguage = "en"
) -> Plan:
    """Records every version as published, then carries out the plan and returns it.

    Versions are recorded first because the public may see files of an interrupted deploy.
    Contracts are written first, then assets, pages, pointers and the index, so that an
    interrupted deploy leaves the old site working. The manifest marks the files in advance, so
    that the next deploy finishes or reverts them. Raises PoliciesRejected and DeployRunning.
    """
    with target.lock():
        planned = plan(policies, target, day, site_url, language)
        record_published(policies, planned.organisations)
        if planned.files or planned.gone:
            under_way = dict.fromkeys((*planned.files, *planned.gone), _UNDER_WAY)
            _put_digests(target, _read_digests(target) | under_way)
        for name in planned.files:
            target.put(name, planned.site.files[name])
        for name in planned.gone:
            target.remove(name)
        written = {name: digest(content) for name, content in sorted(planned.site.files.items())}
        published = _read_digests(target).items()
        kept = {name: value for name, value in published if name.startswith(KEPT)}
        _put_digests(target, kept | written)
        target.announce((*planned.files, *planned.gone))
    return planned


def _put_digests(target: Target, digests: PublishedDigests) -> None:
    target.put(MANIFEST, json.dumps(digests, indent=1, sort_keys=True).encode())


def _read_digests(target: Target) -> PublishedDigests:
    content = target.read(MANIFEST)
    if content is None:
        return {}
    return {str(name): str(value) for name, value in json.loads(content).items()}
