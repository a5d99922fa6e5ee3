"""Reads and writes what a target has published: each version, with the digest of its content.

The record is kept at the target, beside the contracts. A site that was published before there was
a record is read by its pointers and by the names of its files.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from pydantic import BaseModel, ConfigDict, RootModel, ValidationError

from site_src.authoring.published_site import published_pointers, versions_among
from site_src.errors import WrongTarget
from site_src.file_names import PUBLISHED_RECORD, ReadFile
from site_src.policy.load import Editions

_NOT_READ = (
    f"{PUBLISHED_RECORD} at the target cannot be read; put an earlier copy of it back, or remove "
    "it: then the names of the published files are taken for it"
)


class RecordedOrganisation(BaseModel):
    """An organisation's versions, each with its digest, None if the record is younger.

    `removed_on` is the day on which the organisation was taken off the site. Its versions stay
    known: cases are kept under them, so their names never get another content.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    versions: dict[str, str | None]
    removed_on: date | None = None


class PublishedRecord(RootModel[dict[str, RecordedOrganisation]]):
    """What a target has published, by organisation."""

    @property
    def standing(self) -> dict[str, RecordedOrganisation]:
        """The organisations that are on the site."""
        return {name: entry for name, entry in self.root.items() if entry.removed_on is None}

    def added(self, organisations: Iterable[Editions]) -> "PublishedRecord":
        """The record with these organisations; a digest that it has never changes."""
        entries = dict(self.root)
        for editions in organisations:
            known = entries.get(editions.id, RecordedOrganisation(versions={})).versions
            recorded = {name: digest for name, digest in known.items() if digest is not None}
            here = {edition.policy.version: edition.digest for edition in editions.editions}
            entries[editions.id] = RecordedOrganisation(versions=known | here | recorded)
        return PublishedRecord(entries)

    def removed(self, names: Iterable[str], day: date) -> "PublishedRecord":
        """The record with these organisations taken off the site."""
        gone = {name: self.root[name].model_copy(update={"removed_on": day}) for name in names}
        return PublishedRecord(self.root | gone)

    def as_json(self) -> bytes:
        """The content of the file."""
        rows = dict(sorted(self.root.items()))
        return PublishedRecord(rows).model_dump_json(indent=1, exclude_defaults=True).encode()


def read_record(read: ReadFile, manifest: Mapping[str, str]) -> PublishedRecord:
    """What the target has published; `manifest` has the names of its files.

    Whatever the pointers or the files show is published, even if the record lacks it: a release
    without a record may have deployed since. Raises WrongTarget and NothingToCompare.
    """
    content = read(PUBLISHED_RECORD)
    try:
        entries = {} if content is None else PublishedRecord.model_validate_json(content).root
    except ValidationError as error:
        raise WrongTarget(_NOT_READ) from error
    pointers, seen = published_pointers(read), versions_among(list(manifest))
    for name in sorted({*seen, *(pointers.organisations if pointers else ())}):
        known = entries.get(name, RecordedOrganisation(versions={})).versions
        entries[name] = RecordedOrganisation(
            versions=dict.fromkeys(sorted(seen.get(name, ()))) | known
        )
    return PublishedRecord(entries)
