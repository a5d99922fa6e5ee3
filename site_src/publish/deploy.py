"""Publishes the site: refuses changes to published versions, then writes what changed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from functions.model.contract.contract import digest
from site_src.authoring.diff import all_added, diff_against
from site_src.authoring.difference import Change
from site_src.bilingual import AuthorLanguage
from site_src.calendar_years import read_years
from site_src.check.organisation import read_each
from site_src.errors import PoliciesRejected, WrongTarget
from site_src.exported_statistics import all_statistics
from site_src.file_names import KEPT, MANIFEST, POINTERS, PUBLISHED_RECORD, is_site_file
from site_src.policy.editions import record_published
from site_src.policy.finding import Finding
from site_src.publish.due_dates import due_dates
from site_src.publish.guarded_writes import UNSURE_FILE, GuardedWrites, unsure
from site_src.publish.keep_going.standing import (
    recorded_listings,
    standing_as_published,
)
from site_src.publish.published_record import PublishedRecord, input_states, read_record
from site_src.publish.refusals import Checkout, refuse_older, refuse_removals
from site_src.publish.target import Target
from site_src.publish.write_order import in_order, leads
from site_src.receipts.keys import keys_of
from site_src.render.site_renderer import render_beside
from site_src.site_files import SiteFiles
from site_src.site_settings import read_operator

PublishedDigests = dict[str, str]

_DIGESTS = TypeAdapter(PublishedDigests)
_DAMAGED = (
    f"{MANIFEST} at the target cannot be read; put an earlier copy of it back, or remove it: then "
    "every file is written again"
)

_UNDER_WAY = ""
"""The digest of a file that a deploy is changing, so that an interrupted deploy is repaired."""


@dataclass(frozen=True)
class Plan:
    """What a deploy writes and removes, in order, and what changes for the public.

    `due_dates` are the days by which the site must be deployed again, with the reason. `unsure`
    are files that a deploy without a lock may have written; `record` is what was published before.
    `listings` is what the pages of the whole site say of each organisation, `stay` are the files
    of those that are `left_out` because of these findings.
    """

    site: SiteFiles
    checkout: Checkout
    files: tuple[str, ...]
    gone: tuple[str, ...]
    changes: tuple[Change, ...]
    due_dates: tuple[tuple[date, str], ...]
    unsure: tuple[str, ...]
    record: PublishedRecord
    listings: dict[str, dict[str, Any]]
    stay: frozenset[str]
    left_out: Mapping[str, tuple[Finding, ...]]


def plan(
    policies: Path,
    target: Target,
    day: date,
    site_url: str,
    removed: tuple[str, ...] = (),
    taken_back: tuple[str, ...] = (),
    language: AuthorLanguage = "en",
    statistics: Path | None = None,
    keep_going: bool = False,
) -> Plan:
    """The plan for a target whose public address is `site_url`; its changes are in `language`.

    `statistics` is the folder of exported figures. Raises StatisticsUnreadable, and
    PoliciesRejected if a policy has findings; changed content under a published version
    is one. Raises TargetAhead if others have published there what these policies lack, except
    for organisations that are to be `removed` and for what is `taken_back` on purpose, and
    RemovalRefused if these name something else. With `keep_going`, organisations with findings,
    drafts among them, stay as they are published, or unpublished.
    """
    read = read_each(policies, day=day)
    left_out = read.findings if keep_going else {}
    if read.common or len(left_out) < len(read.findings):
        raise PoliciesRejected(read.all_findings)
    organisations = tuple(editions for editions in read.readable if editions.id not in left_out)
    noted = unsure(target)
    published, read_file = _read_digests(target), cache(target.read)
    published |= {name: _UNDER_WAY for name in noted if name in published}
    record = read_record(read_file, published)
    keys = keys_of(policies)
    states = input_states(policies)
    states = {name: state for name, state in states.items() if name not in left_out}
    checkout = Checkout(organisations, states, keys, removed, taken_back, frozenset(left_out))
    refuse_removals(record, checkout)
    refuse_older(record, checkout, read_file, day)
    operator, (years, _) = read_operator(policies), read_years(policies)
    figures = all_statistics(statistics, (editions.id for editions in organisations))
    unchanged = standing_as_published(record, left_out, published)
    site, rendered = render_beside(
        organisations, day, site_url, keys, operator, years, figures, unchanged
    )
    stay = frozenset(unchanged.names)
    return Plan(
        site=site,
        checkout=checkout,
        files=tuple(
            name for name in in_order(site) if published.get(name) != digest(site.files[name])
        ),
        gone=tuple(
            name
            for name in sorted(published)
            if name not in site.files and name not in stay and not name.startswith(KEPT)
        ),
        changes=(
            all_added(organisations, language)
            if read_file(POINTERS) is None
            else diff_against(read_file, organisations, language, left_out)
        ),
        due_dates=tuple(sorted(due_dates(organisations, operator, day))),
        unsure=noted,
        record=record,
        listings=recorded_listings(rendered),
        stay=stay,
        left_out=left_out,
    )


def deploy(
    policies: Path,
    target: Target,
    day: date,
    site_url: str,
    removed: tuple[str, ...] = (),
    taken_back: tuple[str, ...] = (),
    language: AuthorLanguage = "en",
    statistics: Path | None = None,
    keep_going: bool = False,
) -> Plan:
    """Records every version as published, then carries out the plan and returns it.

    Versions are recorded first because the public may see files of an interrupted deploy.
    Contracts are written first, then assets, pages, pointers and the index, so that an
    interrupted deploy leaves the old site working. The manifest marks the files in advance, so
    that the next deploy finishes them. Before anything leads to the new files, the lock must
    still be this deploy's. Raises what `plan` raises, and DeployRunning.
    """
    with target.lock() as lock:
        options = (removed, taken_back, language, statistics, keep_going)
        planned = plan(policies, target, day, site_url, *options)
        writes = GuardedWrites(target, lock)
        writes.confirm()
        checkout = planned.checkout
        record_published(policies, checkout.organisations, removed)
        record = planned.record.added(checkout.organisations, checkout.states, planned.listings)
        _put_record(target, record)
        if planned.files or planned.gone:
            under_way = dict.fromkeys((*planned.files, *planned.gone), _UNDER_WAY)
            _put_digests(target, _read_digests(target) | under_way)
        for name in (name for name in planned.files if not leads(name)):
            writes.put(name, planned.site.files[name])
        writes.confirm()
        for name in (name for name in planned.files if leads(name)):
            writes.put(name, planned.site.files[name])
        for name in planned.gone:
            writes.remove(name)
        writes.confirm()
        written = {name: digest(content) for name, content in sorted(planned.site.files.items())}
        kept_before = _read_digests(target).items()
        kept = {
            name: value
            for name, value in kept_before
            if name.startswith(KEPT) or name in planned.stay
        }
        _put_digests(target, kept | written)
        if planned.unsure:
            target.remove(UNSURE_FILE)
        if removed:
            _put_record(target, record.removed(removed, day))
        target.announce((*planned.files, *planned.gone))
    return planned


def _put_record(target: Target, record: PublishedRecord) -> None:
    content = record.as_json()
    if target.read(PUBLISHED_RECORD) != content:
        target.put(PUBLISHED_RECORD, content)


def _put_digests(target: Target, digests: PublishedDigests) -> None:
    target.put(MANIFEST, json.dumps(digests, indent=1, sort_keys=True).encode())


def _read_digests(target: Target) -> PublishedDigests:
    """The manifest. Raises WrongTarget if it is damaged, or names a file outside the site."""
    content = target.read(MANIFEST)
    if content is None:
        return {}
    try:
        digests = _DIGESTS.validate_json(content)
    except ValidationError as error:
        raise WrongTarget(_DAMAGED) from error
    if not all(is_site_file(name) for name in digests):
        raise WrongTarget(_DAMAGED)
    return digests
