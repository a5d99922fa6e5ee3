"""Makes anew what is no longer as it was: everything first, and only then goes into place."""

import json
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from site_src.check.organisation import bases, checked, known_published
from site_src.errors import PoliciesRejected
from site_src.file_names import KEPT, POINTERS
from site_src.languages import site_languages
from site_src.policy.editions import Published
from site_src.policy.finding import Finding
from site_src.publish.changes import Changes, begun, content
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

_LISTED = TypeAdapter(ListedOrganisation)
_NEWS = TypeAdapter(tuple[FeedVersion, ...])

Outcome = tuple[BuiltOrganisation | None, tuple[Finding, ...], int]
"""What was made of an organisation, its findings, and how many of its files changed."""


def rebuild(seen: Changes, record: Manifest, folder: Path) -> int:
    """Brings the site up to date and returns how many files were written.

    `folder` is the build's own. Raises PoliciesRejected or KeysUnreadable.
    """
    published, told = known_published(seen.policies)
    maker = _Maker(seen, StagedFiles(folder, seen.out, rank), published)
    findings, rows, written = list(told), dict(record.rows), 0
    for id, (row, found, changed) in zip(
        seen.stale, each(maker.organisation, seen.stale), strict=True
    ):
        findings.extend(found)
        written += changed
        if row is not None:
            rows[id] = row
    if findings:
        raise PoliciesRejected(tuple(dict.fromkeys(findings)))
    made = Manifest(
        program=seen.program,
        version=seen.version,
        site_url=seen.site_url,
        common=seen.common,
        rows={id: rows[id] for id in seen.trees},
    )
    written += maker.common(made, record)
    used = seen.out.is_dir() and any(seen.out.iterdir())
    maker.stage.place()
    if used:
        _sweep(seen, made)
    _take_marks(seen, made)
    write_manifest(folder, made)
    return written


class _Maker:
    """Makes files and leaves them on the stage."""

    def __init__(self, seen: Changes, stage: StagedFiles, published: Published) -> None:
        self._seen = seen
        self.stage = stage
        self._published = published
        self._renderer = Renderer(seen.day, seen.site_url, read_operator(seen.policies))

    def organisation(self, id: str) -> Outcome:
        """One organisation, read, checked and made."""
        seen = self._seen
        loaded, findings = checked(seen.policies / id, self._published)
        if loaded is None or findings:
            return None, findings, 0
        site = SiteFiles()
        rendered = self._renderer.organisation(site, loaded)
        extended = bases(loaded, seen.policies)
        days = [edition.policy.effective_from.isoformat() for edition in loaded.editions]
        row = BuiltOrganisation(
            inputs=seen.inputs(id, extended),
            content=self._content(id, extended),
            bases=extended,
            published=seen.published.get(id, {}),
            days=days,
            begun=begun(days, seen.day),
            contract=rendered.contract,
            listed=_LISTED.dump_python(rendered.listed, mode="json", exclude_defaults=True),
            news=_NEWS.dump_python(rendered.news, mode="json"),
            made=BuiltFiles(_places(site.files), ""),
        )
        return row, (), self.stage.add(site.files)

    def common(self, made: Manifest, before: Manifest) -> int:
        """What is of no organisation, where it says something new, and the pointers."""
        rows = made.rows.values()
        made.listing = _digest([[row.listed, row.news] for row in rows])
        made.sitemap = _digest(
            [[name for name in row.made.names if _is_page(name)] for row in rows]
        )
        same = made.listing == before.listing and made.sitemap == before.sitemap
        site = SiteFiles()
        if self._seen.common_stale or not same:
            organisations = tuple(
                (_LISTED.validate_python(row.listed), _NEWS.validate_python(row.news))
                for row in rows
            )
            keys = self._seen.keys if self._seen.keys is not None else keys_of(self._seen.policies)
            made.pages = self._renderer.common(site, organisations, keys)
            names = [*site.files, *(name for row in rows for name in row.made.names)]
            add_sitemap(site, names, self._seen.site_url)
            made.made = BuiltFiles(_places([*site.files, POINTERS], top=True), "")
        else:
            made.pages, made.made = before.pages, before.made
        contracts = {id: row.contract for id, row in made.rows.items()}
        self._renderer.add_pointers(site, contracts, made.pages)
        return self.stage.add(site.files)

    def _content(self, id: str, extended: list[str]) -> str:
        """The digest of what was read; empty, and so trusted by nobody, where it has changed."""
        seen, names = self._seen, [id, *extended]
        said = content(seen.policies, names)
        now = {name: folder_state(seen.policies / name).mark for name in names}
        unchanged = all(name in seen.trees and seen.trees[name].mark == now[name] for name in names)
        return said if unchanged else ""


def _is_page(name: str) -> bool:
    return name.endswith("index.html")


def _digest(said: Any) -> str:
    return sha256(json.dumps(said).encode()).hexdigest()


def _places(names: Iterable[str], top: bool = False) -> list[str]:
    """The files and the folders that nothing else may lie in.

    With `top` the site's own folder and those of its languages are among them.
    """
    languages = {tongue.language for tongue in site_languages()}
    folders: set[str] = set()
    for name in names:
        if not name.startswith(KEPT):
            folders.update(str(above) for above in Path(name).parents)
    tops = {".", *languages}
    return [*sorted(names), *sorted(folders if top else folders - tops)]


def _take_marks(seen: Changes, made: Manifest) -> None:
    """Notes how the files of everything that was made lie there now."""
    for id in seen.stale:
        row = made.rows[id]
        marked = BuiltFiles(row.made.names, fingerprint(seen.out, row.made.names) or "")
        made.rows[id] = row._replace(made=marked)
    made.made = BuiltFiles(made.made.names, fingerprint(seen.out, made.made.names) or "")


def _sweep(seen: Changes, made: Manifest) -> None:
    """Removes pages that are no longer in the site."""
    tops = [seen.out, *(seen.out / tongue.language for tongue in site_languages() if tongue.prefix)]
    for top in tops:
        for id in (*seen.stale, *seen.gone):
            row = made.rows.get(id)
            remove_stale(top / id, {seen.out / name for name in row.made.names} if row else set())
        own = {seen.out / name for name in made.made.names}
        known = {*made.rows, *(path.name for path in tops), *(name.rstrip("/") for name in KEPT)}
        for entry in sorted(top.iterdir()) if top.is_dir() else ():
            if entry.name not in known:
                remove_stale(entry, own)
