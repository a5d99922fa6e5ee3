"""Reads what earlier releases published at a target that has no record of this release yet.

Release 0.1.0 kept a manifest, the next one a record of versions beside it; `build` kept nothing
at its target. What only files show is published, too.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from functions.model.language import Language
from site_src.authoring.published_site import published_pointers, versions_among
from site_src.errors import WrongTarget
from site_src.file_names import (
    CALENDAR_FOLDER,
    DIRECTORIES,
    EARLIER,
    KEPT,
    OPERATOR_FILE,
    PUBLISHED_RECORD,
    ReadFile,
    is_site_file,
)
from site_src.languages import language_folders
from site_src.publish.record.record import (
    UNSURE,
    PublishedOrganisation,
    PublishedRecord,
    PublishedSettings,
    PublishedVersion,
    unreadable_record,
)
from site_src.receipts.keys import KEYS, published_keys

_MANIFEST, _UNSURE_NAMES = EARLIER
_DIGESTS = TypeAdapter(dict[str, str])
_NAMES = TypeAdapter(tuple[str, ...])
_DAMAGED = (
    f"{_MANIFEST} at the target cannot be read; put an earlier copy of it back, or remove it: then "
    "every file is written again"
)


class _Rendered(BaseModel):
    """What the pages of the whole site say of an organisation, as the last release kept it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    contract: str
    listed: dict[str, Any]
    news: list[Any] = []
    calendars: list[str] = []


class _Organisation(BaseModel):
    """An organisation in the record of the last release."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    versions: dict[str, str | None]
    removed_on: date | None = None
    listing: _Rendered | None = None


class _Record(BaseModel):
    """The record of the last release; `states` are the digests that each input has had."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    organisations: dict[str, _Organisation] = {}
    states: dict[str, tuple[str, ...]] = {}


def adopted_record(
    read: ReadFile, names: Callable[[], Iterable[str]], source: str
) -> PublishedRecord | None:
    """What a target has published for `source`, as earlier releases left it; None for nothing.

    `names` lists the target's files, where there is no manifest. Raises WrongTarget,
    NothingToCompare and KeysUnreadable.
    """
    pointers, content = published_pointers(read), read(PUBLISHED_RECORD)
    digests = _digests(read)
    if not (pointers or content or digests):
        return None
    digests = digests or dict.fromkeys((name for name in names() if is_site_file(name)), UNSURE)
    known = _record(content)
    versions, folders = versions_among(list(digests)), _by_folder(digests)
    current = pointers.organisations if pointers else {}
    organisations = {
        id: _organisation(
            known.organisations.get(id, _Organisation(versions={})),
            versions.get(id, frozenset()),
            known.states.get(id, ()),
            folders.get(id, {}),
            source,
        )
        for id in sorted({*known.organisations, *versions, *current})
    }
    owned = {name for each in organisations.values() for name in each.files}
    settings = {
        name: states
        for name, states in known.states.items()
        if name in (OPERATOR_FILE, CALENDAR_FOLDER)
    }
    return PublishedRecord(
        settings=PublishedSettings(states=settings),
        keys={source: published_keys(read).model_dump(mode="json", exclude_none=True)}
        if read(KEYS)
        else {},
        organisations=organisations,
        pages=_pages(pointers.site if pointers else {}),
        files={name: digest for name, digest in digests.items() if name not in owned},
    )


def _digests(read: ReadFile) -> dict[str, str]:
    """The manifest, with the names in doubt as such; empty if there is none."""
    content = read(_MANIFEST)
    if content is None:
        return {}
    try:
        digests = _DIGESTS.validate_json(content)
    except ValidationError as error:
        raise WrongTarget(_DAMAGED) from error
    if not all(is_site_file(name) for name in digests):
        raise WrongTarget(_DAMAGED)
    try:
        unsure = _NAMES.validate_json(read(_UNSURE_NAMES) or b"[]")
    except ValidationError:
        unsure = tuple(digests)
    return digests | {name: UNSURE for name in unsure if name in digests}


def _record(content: bytes | None) -> _Record:
    try:
        return _Record.model_validate_json(content or b"{}")
    except ValidationError as error:
        raise unreadable_record() from error


def _organisation(
    known: _Organisation,
    versions: frozenset[str],
    states: tuple[str, ...],
    files: dict[str, str],
    source: str,
) -> PublishedOrganisation:
    named = dict.fromkeys(sorted(versions)) | known.versions
    rendered = known.listing or _Rendered(contract="", listed={})
    return PublishedOrganisation(
        source=source,
        versions={name: PublishedVersion(digest, None) for name, digest in named.items()},
        removed_on=known.removed_on.isoformat() if known.removed_on else None,
        states=states,
        contract=rendered.contract,
        calendars=rendered.calendars,
        listed=rendered.listed,
        news=rendered.news,
        files=files,
    )


def _by_folder(digests: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The files by the folder below that of their language; contracts and assets are shared."""
    found: dict[str, dict[str, str]] = {}
    for name, digest in digests.items():
        first, _, rest = name.partition("/")
        if name.startswith(DIRECTORIES):
            folder = name.removeprefix(DIRECTORIES).removesuffix(".json")
        elif name.startswith(KEPT):
            continue
        else:
            folder = rest.partition("/")[0] if first in language_folders() else first
        found.setdefault(folder, {})[name] = digest
    return found


def _pages(pages: Mapping[Language, str]) -> dict[str, str]:
    return {str(language): digest for language, digest in pages.items()}
