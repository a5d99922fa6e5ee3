"""Finds what a publication has to do, without reading a policy."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from site_src.file_names import JOURNAL, PUBLISHED_RECORD, ReadFile
from site_src.publish.inputs import Inputs, begun, read_inputs
from site_src.publish.options import PublishOptions
from site_src.publish.record.record import (
    UNSURE,
    PublishedOrganisation,
    PublishedRecord,
    record_from_json,
)

if TYPE_CHECKING:
    from site_src.publish.targets.target import Target


@dataclass(frozen=True)
class TargetState:
    """What a target has published when it is looked at.

    `adopted` says how many organisations were taken over from an earlier release, None if the
    record is of this one. `content` is that of record and journal.
    """

    record: PublishedRecord
    content: tuple[bytes | None, bytes | None]
    adopted: int | None = None

    @property
    def interrupted(self) -> bool:
        """Whether a publication was killed."""
        return self.content[1] is not None


@dataclass(frozen=True)
class Work:
    """What differs between a checkout and a target.

    `stale` are the organisations to read, `lacking` those of this source that the checkout does
    not have, `strangers` the files that no publication wrote. `known.record` has the files that
    somebody else has changed as in doubt.
    """

    options: PublishOptions
    inputs: Inputs
    known: TargetState
    stale: tuple[str, ...]
    lacking: tuple[str, ...]
    strangers: frozenset[str]
    nothing: bool


def content_at(read: ReadFile) -> tuple[bytes | None, bytes | None]:
    """The record and the journal at a target, as `read` reads it."""
    return read(PUBLISHED_RECORD), read(JOURNAL)


def known_at(read: ReadFile, target: "Target", options: PublishOptions) -> TargetState:
    """What the target has published, as `read` reads it.

    Raises WrongTarget, and for a target of an earlier release NothingToCompare and
    KeysUnreadable.
    """
    content, journal = content_at(read)
    record, adopted = record_from_json(content) if content else None, None
    if record is None:
        from site_src.publish.record.adoption import adopted_record

        record = None if options.mirror else adopted_record(read, target.names, options.source)
        adopted = len(record.standing) if record else None
        record = record or PublishedRecord(mirror=options.mirror)
    elif record.mirror and not options.mirror:
        record, adopted = _taken_over(record, options.source), len(record.standing)
    if journal:
        from site_src.publish.record.journal import journal_from_json, with_journal

        record = with_journal(record, journal_from_json(journal))
    return TargetState(record, (content, journal), adopted)


def find_work(options: PublishOptions, known: TargetState, target: "Target") -> Work:
    """Compares the digests of all inputs with those that the target's files were made from."""
    record = known.record
    inputs = read_inputs(
        options.policies,
        options.day,
        options.site_url,
        options.statistics,
        options.keys,
        _settings_of_others(options, record),
    )
    ours = record.of(options.source)
    record = _with_damage(record, ours, target)
    stale = tuple(
        id
        for id in inputs.organisations
        if inputs.published is None or _is_stale(record.organisations.get(id), id, inputs, options)
    )
    lacking = tuple(sorted(ours.keys() - set(inputs.organisations)))
    left = any(each.files for each in record.organisations.values() if each.removed_on)
    strangers = target.strangers(record.names()) if options.mirror else frozenset[str]()
    keys = with_keys(record.keys, options.source, inputs)
    nothing = not (
        stale
        or lacking
        or left
        or strangers
        or known.interrupted
        or known.adopted is not None
        or UNSURE in record.files.values()
        or record.common != inputs.common(keys)
        or options.removed
        or options.taken_back
        or options.claimed
    )
    known = replace(known, record=record)
    return Work(options, inputs, known, stale, lacking, frozenset(strangers), nothing)


def with_keys(keys: Mapping[str, object], source: str, inputs: Inputs) -> dict[str, object]:
    """The public keys of receipts, by source, with those of this one."""
    own = inputs.published_keys
    others = {name: each for name, each in keys.items() if name != source}
    return others if own is None else dict(sorted((others | {source: own}).items()))


def _settings_of_others(
    options: PublishOptions, record: PublishedRecord
) -> Mapping[str, str] | None:
    """The settings of the other source that decides them, if one does."""
    decides = record.settings.source
    return None if options.mirror or decides in (None, options.source) else record.settings.files


def _is_stale(
    organisation: PublishedOrganisation | None, id: str, inputs: Inputs, options: PublishOptions
) -> bool:
    return (
        organisation is None
        or organisation.removed_on is not None
        or organisation.source != options.source
        or UNSURE in organisation.files.values()
        or organisation.begun != begun(organisation.days, inputs.day)
        or _is_published_otherwise(organisation, inputs.published_of(id))
        or organisation.inputs != inputs.of(id, organisation.recorded_id(id), organisation.bases)
    )


def _is_published_otherwise(organisation: PublishedOrganisation, published: dict[str, str]) -> bool:
    """Whether `published.json` has gained something that was not checked yet."""
    own = {name: version.digest for name, version in organisation.versions.items()}
    checked = (organisation.published.items(), own.items())
    return any(all(item not in items for items in checked) for item in published.items())


def _with_damage(
    record: PublishedRecord, ours: Mapping[str, PublishedOrganisation], target: "Target"
) -> PublishedRecord:
    """The record with files in doubt that somebody else has changed or removed."""
    files = dict(record.files)
    for organisation in ours.values():
        files.update(organisation.files)
    damaged = target.damaged({name: digest for name, digest in files.items() if digest != UNSURE})
    if not damaged:
        return record
    harmed = {
        id: replace(each, files=_in_doubt(each.files, damaged))
        for id, each in ours.items()
        if damaged & each.files.keys()
    }
    return replace(record, files=_in_doubt(record.files, damaged)).with_organisations(harmed)


def _in_doubt(files: Mapping[str, str], damaged: set[str]) -> dict[str, str]:
    return {name: UNSURE if name in damaged else digest for name, digest in files.items()}


def _taken_over(record: PublishedRecord, source: str) -> PublishedRecord:
    """What `build` wrote, as published by a source; drafts are not."""
    organisations = {
        id: replace(each, source=source)
        for id, each in record.organisations.items()
        if not each.is_draft
    }
    return replace(record, mirror=False, organisations=organisations, common="")
