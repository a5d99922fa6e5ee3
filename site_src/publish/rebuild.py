"""Rebuilds what changed: stages every file, then moves them all into place."""

import json
import logging
from collections.abc import Iterable
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from site_src.calendar_years import Years
from site_src.check.calendar_rules import checked_years
from site_src.check.organisation import bases, checked, known_published
from site_src.check.prefix_rules import prefixes_of, shared_prefixes
from site_src.errors import PoliciesRejected
from site_src.exported_statistics import read_statistics
from site_src.file_names import CONTRACTS, DIRECTORIES, KEPT, POINTERS
from site_src.languages import SiteLanguage, site_languages
from site_src.policy.editions import Published
from site_src.policy.finding import Finding
from site_src.publish.build import BuildScope, Built
from site_src.publish.changes import Changes, begun, content, statistics_digest
from site_src.publish.fingerprint import fingerprint, folder_state
from site_src.publish.manifest import BuiltFiles, BuiltOrganisation, Manifest, write_manifest
from site_src.publish.pool import each
from site_src.publish.staging import StagedFiles, remove_stale
from site_src.publish.write_order import rank
from site_src.receipts.keys import keys_of
from site_src.render.data.feed import FeedVersion
from site_src.render.data.sitemap import add_sitemap
from site_src.render.pages.organisation_list import ListedOrganisation
from site_src.render.site_renderer import Renderer
from site_src.site_files import SiteFiles
from site_src.site_settings import read_operator

log = logging.getLogger("ombud.build")

_LISTED = TypeAdapter(ListedOrganisation)
_NEWS = TypeAdapter(tuple[FeedVersion, ...])

_DAY = timedelta(days=1)
"""From somebody's last day to the day on which their roles may be vacant."""

OneRebuilt = tuple[BuiltOrganisation | None, tuple[Finding, ...], int]
"""An organisation's row, None if it is left out; its findings; how many of its files changed."""


def rebuild(
    changes: Changes, previous: Manifest, folder: Path, scope: BuildScope = "whole"
) -> Built:
    """Brings the site up to date.

    `previous` is the manifest of the last build, `folder` the build's work folder. Unless the
    `scope` is the whole site, an organisation with findings stays as it was last built, and the
    others are rebuilt. Raises PoliciesRejected or KeysUnreadable.
    """
    published, unreadable = known_published(changes.policies)
    years, wrong_years = checked_years(changes.policies)
    stage = StagedFiles(folder, changes.out, rank)
    builder = _Builder(changes, stage, published, years, scope)
    if scope != "whole" and (unreadable or wrong_years):
        raise PoliciesRejected((*unreadable, *wrong_years))
    all_findings, rows, written = [*unreadable, *wrong_years], dict(previous.rows), 0
    rebuilt: list[str] = []
    left_out: dict[str, tuple[Finding, ...]] = {}
    for id, (row, findings, changed) in zip(
        changes.stale, each(builder.organisation, changes.stale), strict=True
    ):
        all_findings.extend(findings)
        written += changed
        if row is not None:
            rows[id] = row
            rebuilt.append(id)
        else:
            left_out[id] = findings
            _leave_out(id, rows, previous, scope)
    prefixes = {id: rows[id].prefixes for id in changes.trees if id in rows}
    drafts = [id for id, row in rows.items() if is_drawn_draft(row)]
    shared = tuple(shared_prefixes(changes.policies, prefixes, drafts))
    distinct = tuple(dict.fromkeys((*all_findings, *shared)))
    if distinct and scope == "whole":
        raise PoliciesRejected(distinct)
    for id in {finding.organisation for finding in shared} & {*rebuilt}:
        written -= stage.discard(name for name in rows[id].made.names if _is_replaced(name))
        rebuilt.remove(id)
        left_out[id] = tuple(one for one in distinct if one.organisation == id)
        _leave_out(id, rows, previous, scope)
    manifest = Manifest(
        program=changes.program,
        version=changes.version,
        site_url=changes.site_url,
        common=changes.common,
        rows={id: rows[id] for id in changes.trees if id in rows},
    )
    written += builder.common(manifest, previous)
    used = changes.out.is_dir() and any(changes.out.iterdir())
    stage.place()
    if used:
        _remove_old_pages(changes, manifest, builder.tongues)
        if scope != "local":
            _remove_contracts(changes, manifest, previous)
    _record_marks(changes, manifest, rebuilt)
    write_manifest(folder, manifest)
    return Built(written, distinct, left_out)


def is_drawn_draft(row: BuiltOrganisation) -> bool:
    """Whether what was built is a draft, on this machine alone."""
    return bool(row.listed.get("draft"))


def _is_replaced(name: str) -> bool:
    """Whether a file has other content in each build; the others are named by their content."""
    return not name.startswith(KEPT) or name.startswith(DIRECTORIES)


def _leave_out(
    id: str, rows: dict[str, BuiltOrganisation], previous: Manifest, scope: BuildScope
) -> None:
    """Leaves an organisation as it was last built; a draft's pages are for this machine alone."""
    rows.pop(id, None)
    row = previous.rows.get(id)
    if row is not None and (scope == "local" or not is_drawn_draft(row)):
        rows[id] = _as_last_built(row)


def _as_last_built(row: BuiltOrganisation) -> BuiltOrganisation:
    """The row without its inputs: the next build reads the organisation again."""
    return row._replace(inputs="", content="")


class _Builder:
    """Renders files and stages them."""

    def __init__(
        self,
        changes: Changes,
        stage: StagedFiles,
        published: Published,
        years: Years,
        scope: BuildScope,
    ) -> None:
        self._changes = changes
        self._stage = stage
        self._published = published
        self._scope = scope
        operator = read_operator(changes.policies)
        self.tongues = site_languages(operator.language)
        self._renderer = Renderer(changes.day, changes.site_url, operator, years)

    def organisation(self, id: str) -> OneRebuilt:
        """Reads, checks, renders and stages one organisation."""
        changes = self._changes
        loaded, findings = checked(changes.policies / id, self._published, changes.day)
        if loaded is None or (findings and not (loaded.is_draft and self._scope == "local")):
            return None, findings, 0
        site = SiteFiles()
        digest = statistics_digest(changes.statistics, id)
        statistics = read_statistics(changes.statistics, id)
        try:
            rendered = self._renderer.organisation(site, loaded, statistics, findings)
        except Exception:
            if not findings:
                raise
            # Only a draft is rendered with findings, and any of them can be why it fails.
            log.exception("the draft %s cannot be drawn until its findings are corrected", id)
            return None, findings, 0
        extended = bases(loaded, changes.policies)
        policies = [edition.policy for edition in loaded.editions]
        turns = [policy.effective_from for policy in policies]
        turns += [policy.closed.on for policy in policies if policy.closed]
        last_days = (person.until for person in loaded.staff)
        turns += [last + _DAY for last in last_days if last is not None and last < date.max]
        days = [day.isoformat() for day in turns]
        row = BuiltOrganisation(
            inputs=changes.inputs(id, extended),
            content=self._content(id, extended),
            bases=extended,
            published=changes.published.get(id, {}),
            days=days,
            begun=begun(days, changes.day),
            contract=rendered.contract,
            calendars=list(rendered.calendars),
            prefixes=list(prefixes_of(loaded)),
            listed=_LISTED.dump_python(rendered.listed, mode="json", exclude_defaults=True),
            news=_NEWS.dump_python(rendered.news, mode="json"),
            statistics=digest,
            made=BuiltFiles(_with_folders(site.files, self.tongues), ""),
        )
        if findings:
            row = _as_last_built(row)  # so that its author is told again at each build
        return row, findings, self._stage.add(site.files)

    def common(self, manifest: Manifest, previous: Manifest) -> int:
        """Stages site-wide pages, if they change, and the pointers; returns how many changed."""
        changes, rows = self._changes, manifest.rows.values()
        manifest.listing = _digest([[row.listed, row.news] for row in rows])
        manifest.sitemap = _digest(
            [[name for name in row.made.names if _is_page(name)] for row in rows]
        )
        public = [row for row in rows if not is_drawn_draft(row)]
        same = manifest.listing == previous.listing and manifest.sitemap == previous.sitemap
        site = SiteFiles()
        if changes.common_stale or not same:
            organisations = tuple(
                (_LISTED.validate_python(row.listed), _NEWS.validate_python(row.news))
                for row in rows
            )
            keys = changes.keys if changes.keys is not None else keys_of(changes.policies)
            manifest.pages = self._renderer.common(site, organisations, keys)
            names = [*site.files, *(name for row in public for name in row.made.names)]
            left_out = [path for one, _ in organisations for path in one.pages_not_searched]
            add_sitemap(site, names, changes.site_url, self.tongues, not_searched=left_out)
            files = [*site.files, POINTERS]
            manifest.made = BuiltFiles(_with_folders(files, self.tongues, top=True), "")
        else:
            manifest.pages, manifest.made = previous.pages, previous.made
        contracts = {id: row.contract for id, row in manifest.rows.items()}
        codes = {code for row in rows for code in row.calendars}
        self._renderer.add_pointers(site, contracts, manifest.pages, codes)
        return self._stage.add(site.files)

    def _content(self, id: str, extended: list[str]) -> str:
        """The digest of the inputs; empty, which matches nothing, if they changed meanwhile."""
        changes, names = self._changes, [id, *extended]
        digest = content(changes.policies, names)
        unchanged = all(
            name in changes.trees
            and changes.trees[name].mark == folder_state(changes.policies / name).mark
            for name in names
        )
        return digest if unchanged else ""


def _is_page(name: str) -> bool:
    return name.endswith("index.html")


def _digest(value: Any) -> str:
    return sha256(json.dumps(value).encode()).hexdigest()


def _with_folders(
    names: Iterable[str], tongues: tuple[SiteLanguage, ...], top: bool = False
) -> list[str]:
    """The files, and the folders that may contain nothing else.

    With `top`, these include the site's own folder and those of its languages.
    """
    folders: set[str] = set()
    for name in names:
        if not name.startswith(KEPT):
            folders.update(str(above) for above in Path(name).parents)
    tops = {".", *(tongue.prefix.strip("/") for tongue in tongues if tongue.prefix)}
    return [*sorted(names), *sorted(folders if top else folders - tops)]


def _record_marks(changes: Changes, manifest: Manifest, rebuilt: list[str]) -> None:
    """Records the marks of all files that were built."""
    out = changes.out
    for id in rebuilt:
        row = manifest.rows[id]
        marked = BuiltFiles(row.made.names, fingerprint(out, row.made.names) or "")
        manifest.rows[id] = row._replace(made=marked)
    names = manifest.made.names
    manifest.made = BuiltFiles(names, fingerprint(out, names) or "")


def _remove_old_pages(
    changes: Changes, manifest: Manifest, tongues: tuple[SiteLanguage, ...]
) -> None:
    """Removes pages that are no longer part of the site."""
    out = changes.out
    tops = [out, *(out / tongue.prefix.strip("/") for tongue in tongues if tongue.prefix)]
    for top in tops:
        for id in (*changes.stale, *changes.gone):
            row = manifest.rows.get(id)
            remove_stale(top / id, {out / name for name in row.made.names} if row else set())
        own = {out / name for name in manifest.made.names}
        kept = (name.rstrip("/") for name in KEPT)
        known = {*manifest.rows, *(path.name for path in tops), *kept}
        for entry in sorted(top.iterdir()) if top.is_dir() else ():
            if entry.name not in known:
                remove_stale(entry, own)


def _remove_contracts(changes: Changes, manifest: Manifest, previous: Manifest) -> None:
    """Removes the contracts of drafts that are no longer part of the site.

    Nobody has filed under them but on this machine, so they are not kept as others are.
    """
    needed = {name for row in manifest.rows.values() for name in row.made.names}
    for id, row in previous.rows.items():
        if id not in manifest.rows and is_drawn_draft(row):
            for name in set(row.made.names) - needed:
                if name.startswith(CONTRACTS):
                    (changes.out / name).unlink(missing_ok=True)
