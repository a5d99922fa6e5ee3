"""Reads and writes what a target has published: versions, and the states of what has none.

The record is kept at the target, beside the contracts. A site that was published before there was
a record is read by its pointers and by the names of its files.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from functions.model.contract.contract import digest
from site_src.authoring.published_site import published_pointers, versions_among
from site_src.errors import WrongTarget
from site_src.file_names import CALENDAR_FOLDER, OPERATOR_FILE, PUBLISHED_RECORD, ReadFile
from site_src.policy.load import Editions, folders
from site_src.publish.fingerprint import folder_state

_NOT_READ = (
    f"{PUBLISHED_RECORD} at the target cannot be read; put an earlier copy of it back, or remove "
    "it: then the names of the published files are taken for it"
)


class RecordedOrganisation(BaseModel):
    """An organisation's versions, each with its digest, None if the record is younger.

    `removed_on` is the day on which the organisation was taken off the site. Its versions stay
    known: cases are kept under them, so their names never get another content. `listing` is what
    the pages of the whole site say of it, for a deploy that leaves it as it is.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    versions: dict[str, str | None]
    removed_on: date | None = None
    listing: dict[str, Any] | None = None


class PublishedRecord(BaseModel):
    """What a target has published, by organisation.

    `states` are the digests that each input has had there, the newest last: see `input_states`.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    organisations: dict[str, RecordedOrganisation] = {}
    states: dict[str, tuple[str, ...]] = {}

    @property
    def standing(self) -> dict[str, RecordedOrganisation]:
        """The organisations that are on the site."""
        return {
            name: entry for name, entry in self.organisations.items() if entry.removed_on is None
        }

    def added(
        self,
        organisations: Iterable[Editions],
        states: Mapping[str, str],
        listings: Mapping[str, dict[str, Any]],
    ) -> "PublishedRecord":
        """The record with what is published now; a digest of a version never changes."""
        entries = dict(self.organisations)
        for editions in organisations:
            known = entries.get(editions.id, RecordedOrganisation(versions={})).versions
            recorded = {name: digest for name, digest in known.items() if digest is not None}
            here = {edition.policy.version: edition.digest for edition in editions.editions}
            entries[editions.id] = RecordedOrganisation(
                versions=known | here | recorded, listing=listings.get(editions.id)
            )
        newest = {
            name: (*(past for past in self.states.get(name, ()) if past != state), state)
            for name, state in states.items()
        }
        return PublishedRecord(organisations=entries, states=self.states | newest)

    def removed(self, names: Iterable[str], day: date) -> "PublishedRecord":
        """The record with these organisations taken off the site."""
        gone = {
            name: self.organisations[name].model_copy(update={"removed_on": day}) for name in names
        }
        return self.model_copy(update={"organisations": self.organisations | gone})

    def as_json(self) -> bytes:
        """The content of the file."""
        content = self.model_dump(mode="json", exclude_defaults=True)
        return json.dumps(content, indent=1, sort_keys=True).encode()


def read_record(read: ReadFile, manifest: Mapping[str, str]) -> PublishedRecord:
    """What the target has published; `manifest` has the names of its files.

    Whatever the pointers or the files show is published, even if the record lacks it: a release
    without a record may have deployed since. Raises WrongTarget and NothingToCompare.
    """
    content = read(PUBLISHED_RECORD)
    try:
        record = PublishedRecord.model_validate_json(content or b"{}")
    except ValidationError as error:
        raise WrongTarget(_NOT_READ) from error
    entries = dict(record.organisations)
    pointers, seen = published_pointers(read), versions_among(list(manifest))
    for name in sorted({*seen, *(pointers.organisations if pointers else ())}):
        known = entries.get(name, RecordedOrganisation(versions={}))
        entries[name] = RecordedOrganisation(
            versions=dict.fromkeys(sorted(seen.get(name, ()))) | known.versions,
            listing=known.listing,
        )
    return record.model_copy(update={"organisations": entries})


def input_states(policies: Path) -> dict[str, str]:
    """The digest of each organisation's folder, of the operator's settings and of the calendars.

    A version's promises are compared one by one. What may change without a new version, such as a
    mailbox, a translation or a calendar, is compared as a whole. A missing file or folder has a
    state, too: somebody may have added it since.
    """
    settings = policies / OPERATOR_FILE
    states = {OPERATOR_FILE: digest(settings.read_bytes() if settings.is_file() else b"")}
    for folder in (policies / CALENDAR_FOLDER, *folders(policies)):
        states[folder.name] = digest(folder_state(folder).content())
    return states
