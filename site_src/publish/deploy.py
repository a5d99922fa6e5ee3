"""Publishes the site: refuses changes to published versions, then writes what changed."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from functions.model.contract.contract import digest
from site_src.authoring.diff import all_added, diff_against
from site_src.authoring.difference import Change
from site_src.bilingual import AuthorLanguage
from site_src.calendar_years import read_years
from site_src.check.organisation import read_all
from site_src.errors import PoliciesRejected, WrongTarget
from site_src.exported_statistics import all_statistics
from site_src.file_names import KEPT, MANIFEST, POINTERS, PUBLISHED_RECORD, is_site_file
from site_src.policy.editions import record_published
from site_src.publish.due_dates import due_dates
from site_src.publish.guarded_writes import UNSURE_FILE, GuardedWrites, unsure
from site_src.publish.published_record import PublishedRecord, input_states, read_record
from site_src.publish.refusals import Checkout, refuse_older, refuse_removals
from site_src.publish.target import Target
from site_src.publish.write_order import in_order, leads
from site_src.receipts.keys import keys_of
from site_src.render.site_renderer import render
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
    """

    site: SiteFiles
    checkout: Checkout
    files: tuple[str, ...]
    gone: tuple[str, ...]
    changes: tuple[Change, ...]
    due_dates: tuple[tuple[date, str], ...]
    unsure: tuple[str, ...]
    record: PublishedRecord


def plan(
    policies: Path,
    target: Target,
    day: date,
    site_url: str,
    removed: tuple[str, ...] = (),
    taken_back: tuple[str, ...] = (),
    language: AuthorLanguage = "en",
    statistics: Path | None = None,
) -> Plan:
    """The plan for a target whose public address is `site_url`; its changes are in `language`.

    `statistics` is the folder of exported figures. Raises StatisticsUnreadable, and
    PoliciesRejected if a policy has findings; changed content under a published version
    is one. Raises TargetAhead if others have published there what these policies lack, except
    for organisations that are to be `removed` and for what is `taken_back` on purpose, and
    RemovalRefused if these name something else.
    """
    organisations, findings = read_all(policies, day=day)
    if findings:
        raise PoliciesRejected(findings)
    noted = unsure(target)
    published, read = _read_digests(target), cache(target.read)
    published |= {name: _UNDER_WAY for name in noted if name in published}
    record = read_record(read, published)
    keys = keys_of(policies)
    checkout = Checkout(organisations, input_states(policies), keys, removed, taken_back)
    refuse_removals(record, checkout)
    refuse_older(record, checkout, read, day)
    operator, (years, _) = read_operator(policies), read_years(policies)
    figures = all_statistics(statistics, (editions.id for editions in organisations))
    site = render(organisations, day, site_url, keys, operator, years, figures)
    return Plan(
        site=site,
        checkout=checkout,
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
            if read(POINTERS) is None
            else diff_against(read, organisations, language)
        ),
        due_dates=tuple(sorted(due_dates(organisations, operator, day))),
        unsure=noted,
        record=record,
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
) -> Plan:
    """Records every version as published, then carries out the plan and returns it.

    Versions are recorded first because the public may see files of an interrupted deploy.
    Contracts are written first, then assets, pages, pointers and the index, so that an
    interrupted deploy leaves the old site working. The manifest marks the files in advance, so
    that the next deploy finishes them. Before anything leads to the new files, the lock must
    still be this deploy's. Raises what `plan` raises, and DeployRunning.
    """
    with target.lock() as lock:
        planned = plan(policies, target, day, site_url, removed, taken_back, language, statistics)
        writes = GuardedWrites(target, lock)
        writes.confirm()
        checkout = planned.checkout
        record_published(policies, checkout.organisations, removed)
        record = planned.record.added(checkout.organisations, checkout.states)
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
        kept = {name: value for name, value in kept_before if name.startswith(KEPT)}
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
