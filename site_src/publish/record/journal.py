"""What a publication is about to write, so that the next one knows what a killed one may have done.

The journal is written before the first file and removed after the last one. Whoever finds one
takes it into the record: versions in it count as published, because somebody may have filed under
them, and its files are unsure, so that whoever owns them writes them again.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from site_src.errors import WrongTarget
from site_src.file_names import JOURNAL, PUBLISHED_RECORD
from site_src.publish.record.record import (
    UNSURE,
    PublishedOrganisation,
    PublishedRecord,
    PublishedVersion,
)

_NOT_READ = (
    f"{JOURNAL} at the target cannot be read; remove it and {PUBLISHED_RECORD}: then the names of "
    "the published files are taken for the record, and every file is written again"
)


@dataclass(frozen=True)
class Journal:
    """The publication of a source: versions and files by organisation, and all other files."""

    source: str
    versions: Mapping[str, Mapping[str, PublishedVersion]] = field(default_factory=dict)
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    others: tuple[str, ...] = ()

    @property
    def names(self) -> set[str]:
        """The names of all files."""
        return {*self.others, *(name for names in self.files.values() for name in names)}

    def as_json(self) -> bytes:
        """The content of the file."""
        return json.dumps(vars(self), ensure_ascii=False, separators=(",", ":")).encode()


def journal_from_json(content: bytes) -> Journal:
    """Reads the file. Raises WrongTarget."""
    try:
        document = json.loads(content)
        return Journal(
            source=str(document["source"]),
            versions={
                id: {name: PublishedVersion(*version) for name, version in versions.items()}
                for id, versions in document["versions"].items()
            },
            files={id: tuple(map(str, names)) for id, names in document["files"].items()},
            others=tuple(map(str, document["others"])),
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise WrongTarget(_NOT_READ) from error


def with_journal(record: PublishedRecord, journal: Journal) -> PublishedRecord:
    """The record with everything in doubt that the publication may have done."""
    organisations: dict[str, PublishedOrganisation] = {}
    for id in {*journal.versions, *journal.files}:
        known = record.organisations.get(id, PublishedOrganisation(source=journal.source))
        organisations[id] = replace(
            known,
            versions={**journal.versions.get(id, {}), **known.versions},
            files=known.files | dict.fromkeys(journal.files.get(id, ()), UNSURE),
            inputs="",
        )
    files = record.files | dict.fromkeys(journal.others, UNSURE)
    in_doubt = replace(record, files=files, common="")
    return in_doubt.with_organisations(organisations)
