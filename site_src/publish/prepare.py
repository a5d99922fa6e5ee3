"""Renders what a publication needs, and works out what the target has afterwards."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from site_src.file_names import CONTRACTS, KEPT, OPERATOR_FILE, ReadFile
from site_src.policy.edition import Editions
from site_src.policy.load import load_editions
from site_src.publish.options import Publication
from site_src.publish.record.record import (
    PublishedOrganisation,
    PublishedRecord,
    PublishedSettings,
    newest_last,
)
from site_src.publish.refusals import (
    Checkout,
    refuse_older,
    refuse_options,
    refuse_unlisted,
)
from site_src.publish.rendering.organisations import OrganisationRenderer
from site_src.publish.rendering.site_wide import with_site_pages
from site_src.publish.stage import StagedFiles
from site_src.publish.work import TargetState, Work, with_keys
from site_src.receipts.keys import keys_of

if TYPE_CHECKING:
    from site_src.authoring.difference import Change

_NAMED = 20
"""Organisations that the record names of one publication."""


class Prepared:
    """The files of all stale organisations, staged in a folder.

    `alone` uses no other process. Raises PoliciesRejected, KeysUnreadable and
    StatisticsUnreadable.
    """

    def __init__(self, work: Work, folder: Path, alone: bool = False) -> None:
        self._work, self._options, self.stage = work, work.options, StagedFiles(folder)
        folder.mkdir(exist_ok=True)
        if self._options.keys is None:
            keys_of(self._options.policies)  # before anything is at the target, a lock included
        self._renderer = OrganisationRenderer(
            work.inputs,
            self._settings_folder(folder),
            work.options.source,
            work.options.scope,
            self.stage,
        )
        self._rendered = self._renderer.organisations(
            work.stale, work.known.record, alone, self._options.progress
        )

    def serves(self, work: Work) -> bool:
        """Whether what was rendered is what this work needs, too."""
        before, now = self._work.known.record.organisations, work.known.record.organisations
        return (
            self._work.inputs == work.inputs
            and self._work.stale == work.stale
            and self._work.lacking == work.lacking
            and all(before.get(id) == now.get(id) for id in (*work.stale, *work.lacking))
        )

    def refuse(self, known: TargetState, read: ReadFile) -> None:
        """Refuses to take back what others published. Raises TargetAhead, RemovalRefused."""
        if self._options.mirror:
            return
        checkout = Checkout(
            options=self._options,
            inputs=self._work.inputs,
            rendered=self._rendered.published,
            earlier=self._rendered.earlier,
            left_out=frozenset(self._rendered.left_out),
        )
        if known.adopted is not None:
            refuse_unlisted(known.record, checkout)
        refuse_options(known.record, checkout)
        refuse_older(known.record, checkout, read)

    def publication(self, known: TargetState, read: ReadFile) -> Publication:
        """What is to be written, once: it stages the pages of the whole site."""
        before, at = known.record, f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
        fresh = dict(self._fresh(before, at))
        after = self._without_gone(before).with_organisations(fresh)
        after = replace(
            after,
            mirror=self._options.mirror,
            site_url=self._options.site_url,
            settings=self._settings(before.settings),
            keys=with_keys(before.keys, self._options.source, self._work.inputs),
        )
        after = with_site_pages(
            before,
            after,
            self._work.inputs,
            self._renderer.renderer,
            self._renderer.languages,
            self.stage,
        )
        files, gone = tuple(self.stage.names()), tuple(sorted(self._gone(before, after)))
        publication = Publication(
            record=after,
            files=files,
            gone=gone,
            digests=_digests(files, after, fresh),
            findings=self._rendered.findings,
            left_out=self._rendered.left_out,
            adopted=known.adopted,
        )
        if self._options.mirror or not publication.is_anything:
            return publication
        changes = tuple(self._changes(before, fresh, read))
        numbered = after.numbered(self._entry(before, fresh, at))
        return replace(publication, record=numbered, changes=changes)

    def _fresh(
        self, before: PublishedRecord, at: str
    ) -> Iterator[tuple[str, PublishedOrganisation]]:
        """The rendered organisations, with what the target knows of them already."""
        for id, rendered in self._rendered.published.items():
            known = before.known(id, rendered.renamed_from)
            known = known or PublishedOrganisation(self._options.source)
            digests = {name: version for name, version in known.versions.items() if version.digest}
            state = self._work.inputs.state(id)
            organisation = replace(
                rendered,
                versions=known.versions | rendered.versions | digests,
                states=newest_last(known.states, state),
                by=known.by,
                at=known.at,
            )
            if not self._options.mirror and _differs(organisation, known):
                organisation = replace(organisation, by=self._options.by, at=at)
            yield id, organisation

    def _without_gone(self, before: PublishedRecord) -> PublishedRecord:
        """The record without what is taken off the site."""
        options, kept = self._options, dict(before.organisations)
        for id in self._work.lacking if options.mirror else ():
            del kept[id]
        for id in options.removed:
            kept[id] = _removed(kept[id], options.day)
        for id, rendered in self._rendered.published.items():
            for earlier in {*rendered.renamed_from} - {id}:
                kept.pop(earlier, None)
        for id, each in before.organisations.items():
            if id in kept and each.removed_on and each.files:
                kept[id] = replace(each, files={})
        for id in self._rendered.left_out if options.scope != "local" else ():
            if id in kept and kept[id].is_draft:
                del kept[id]
        return replace(before, organisations=kept)

    def _gone(self, before: PublishedRecord, after: PublishedRecord) -> Iterator[str]:
        """Pages that are no longer part of the site; contracts and assets stay, but of drafts."""
        names = after.names()
        for name in before.names() - names:
            if not name.startswith(KEPT):
                yield name
        for id in before.organisations.keys() - after.organisations.keys():
            if before.organisations[id].is_draft:
                files = before.organisations[id].files.keys() - names
                yield from (name for name in files if name.startswith(CONTRACTS))
        if self._work.strangers:
            above = {str(parent) for name in names for parent in Path(name).parents}
            yield from self._work.strangers - names - above

    def _settings(self, known: PublishedSettings) -> PublishedSettings:
        options = self._options
        if options.mirror:
            return PublishedSettings()
        own, decides = dict(self._work.inputs.own_settings), known.source
        if decides not in (None, options.source) and OPERATOR_FILE not in options.claimed:
            return known
        states = {
            name: newest_last(known.states.get(name, ()), state)
            for name, state in self._work.inputs.setting_states().items()
        }
        return PublishedSettings(options.source if own or decides else None, own, states)

    def _settings_folder(self, folder: Path) -> Path:
        """The folder to read the operator's settings and calendars from."""
        inputs = self._work.inputs
        if inputs.settings == inputs.own_settings:
            return inputs.policies
        settings = folder / "settings"
        for name, text in inputs.settings.items():
            file = settings / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return settings

    def _changes(
        self, before: PublishedRecord, fresh: Mapping[str, PublishedOrganisation], read: ReadFile
    ) -> "Iterator[Change]":
        """What the public will see differently, in words; a build asks for none."""
        from site_src.authoring.diff import all_added, organisation_removed, published_changes

        options = self._options
        for id, organisation in fresh.items():
            known = before.known(id, organisation.renamed_from)
            stands = known if known and known.removed_on is None else None
            if stands and stands.states[-1:] == organisation.states[-1:]:
                continue
            loaded = load_editions(options.policies / id)
            if isinstance(loaded, Editions):
                yield from (
                    published_changes(read, loaded, options.language)
                    if stands
                    else all_added((loaded,), options.language)
                )
        for id in options.removed:
            versions = before.organisations[id].versions
            yield from organisation_removed(read, id, options.language, versions)

    def _entry(
        self, before: PublishedRecord, fresh: Mapping[str, PublishedOrganisation], at: str
    ) -> dict[str, object]:
        """What the record says of this publication."""
        changed = [id for id, each in fresh.items() if _differs(each, before.organisations.get(id))]
        options = self._options
        return {
            "at": at,
            "by": options.by,
            "source": options.source,
            "changed": len(changed),
            "organisations": changed[:_NAMED],
            "removed": list(options.removed),
        }


def _differs(organisation: PublishedOrganisation, known: PublishedOrganisation | None) -> bool:
    """Whether anything published differs; the digest of the inputs alone is nothing published."""
    return known is None or replace(organisation, inputs=known.inputs) != known


def _removed(organisation: PublishedOrganisation, day: date) -> PublishedOrganisation:
    """As it stays known: its versions keep their names, because cases are kept under them."""
    return PublishedOrganisation(
        source=organisation.source,
        by=organisation.by,
        at=organisation.at,
        versions=organisation.versions,
        removed_on=day.isoformat(),
        states=organisation.states,
        prefixes=organisation.prefixes,
    )


def _digests(
    names: Iterable[str], after: PublishedRecord, fresh: Mapping[str, PublishedOrganisation]
) -> dict[str, str]:
    digests = dict(after.files)
    for organisation in fresh.values():
        digests.update(organisation.files)
    return {name: digests[name] for name in names}
