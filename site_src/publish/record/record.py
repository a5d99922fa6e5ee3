"""The record of what a target has published, and its form as a file.

It is kept at the target, beside the contracts, and is the only authority on what is published:
versions, files with their digests, from which source, by whom and when. It is read with the
standard library alone, because a publication that has nothing to do reads nothing else.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, asdict, dataclass, field, fields, replace
from hashlib import sha256
from typing import Any, NamedTuple, TypeVar

from site_src.errors import WrongTarget
from site_src.file_names import PUBLISHED_RECORD

RECORD_FORMAT = 2
"""Release 0.1.0 had no record, and the next one had one that named neither files nor sources."""

_KEPT_PUBLICATIONS = 100

_NOT_READ = (
    f"{PUBLISHED_RECORD} at the target cannot be read; put an earlier copy of it back, or remove "
    "it: then the names of the published files are taken for it, and every file is written again"
)

UNSURE = ""
"""The digest of a file that a killed publication may have written: it is written again."""


_Model = TypeVar("_Model")


class PublishedVersion(NamedTuple):
    """A version: the digest of its content, None if unknown, and its ISO day, if it is known."""

    digest: str | None
    begins: str | None


@dataclass(frozen=True, slots=True)
class PublishedOrganisation:
    """What is published of one organisation.

    `source` names the checkout that it comes from; `by` and `at` say who published it last.
    `current` is the version in force, `closes` the day on which it takes no more filings, empty if
    there is none, `removed_on` the day on which it was taken off the site; its
    versions stay known, because cases are kept under them. `renamed_from` are its earlier ids, the
    first one first, and `states` the digests that its folder has had, the newest last.

    The rest says what its files were made from and what the pages of the whole site need of it:
    `inputs` is the digest of everything that they depend on, `bases` are the policies that it
    extends, `days` those on which something changes by itself, and `begun` is how many of them
    had come. `published` is its part of the checkout's `published.json`, as it was checked.
    `contract` is the digest of its current contract, `listed` its entry in the list,
    `news` are its entries in the feed, and `files` has the digest of each of its files.
    """

    source: str
    by: str = ""
    at: str = ""
    versions: dict[str, PublishedVersion] = field(default_factory=dict)
    current: str = ""
    closes: str = ""
    removed_on: str | None = None
    renamed_from: list[str] = field(default_factory=list)
    states: tuple[str, ...] = ()
    inputs: str = ""
    bases: list[str] = field(default_factory=list)
    days: list[str] = field(default_factory=list)
    begun: int = 0
    published: dict[str, str] = field(default_factory=dict)
    contract: str = ""
    calendars: list[str] = field(default_factory=list)
    prefixes: list[str] = field(default_factory=list)
    listed: dict[str, Any] = field(default_factory=dict)
    news: list[Any] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)

    def recorded_id(self, id: str) -> str:
        """What cases, contracts, keys and figures call the organisation whose id is `id` now."""
        return self.renamed_from[0] if self.renamed_from else id

    @property
    def is_listed(self) -> bool:
        """Whether the pages of the whole site have it: not before it was published whole."""
        return self.removed_on is None and bool(self.contract)

    @property
    def is_draft(self) -> bool:
        """Whether it is a draft, which only the site of this machine has."""
        return bool(self.listed.get("draft"))


@dataclass(frozen=True, slots=True)
class PublishedSettings:
    """The operator's settings and calendars, by file, and the source that decides them.

    `source` is None until one has any. `states` are the digests that each has had.
    """

    source: str | None = None
    files: dict[str, str] = field(default_factory=dict)
    states: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PublishedRecord:
    """Everything that a target has published.

    `number` counts the publications, and `publications` are the newest of them. `mirror` says
    that the target follows a checkout, as `build` writes it. `keys` are the public keys of
    receipts, by source. `common` is the digest of what the pages of the whole site depend on,
    except organisations; `pages` are the digests of those that the functions fill, by language,
    and `files` the digests of all of them. `expires` is the day on which `security.txt` does.
    """

    number: int = 0
    mirror: bool = False
    site_url: str = ""
    settings: PublishedSettings = field(default_factory=PublishedSettings)
    keys: dict[str, Any] = field(default_factory=dict)
    organisations: dict[str, PublishedOrganisation] = field(default_factory=dict)
    common: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    expires: str | None = None
    publications: list[dict[str, Any]] = field(default_factory=list)

    @property
    def listed(self) -> dict[str, PublishedOrganisation]:
        """The organisations that the pages of the whole site have, in the order of their names."""
        organisations = sorted(self.organisations.items())
        return {id: each for id, each in organisations if each.is_listed}

    @property
    def standing(self) -> dict[str, PublishedOrganisation]:
        """The organisations that were not taken off the site, those half published included."""
        return {id: each for id, each in self.organisations.items() if each.removed_on is None}

    @property
    def calendars(self) -> frozenset[str]:
        """The calendars that the organisations of the site use."""
        return frozenset(code for each in self.standing.values() for code in each.calendars)

    def of(self, source: str) -> dict[str, PublishedOrganisation]:
        """The organisations of a source that were not taken off the site."""
        return {id: each for id, each in self.standing.items() if each.source == source}

    def known(self, id: str, earlier: Iterable[str]) -> PublishedOrganisation | None:
        """What is published of an organisation, under its id and under its `earlier` ones.

        A killed publication that renamed it leaves both. What was published whole counts more.
        """
        names = dict.fromkeys((id, *earlier))
        found = [self.organisations[name] for name in names if name in self.organisations]
        if not found:
            return None
        whole = next((each for each in found if each.is_listed), found[0])
        versions: dict[str, PublishedVersion] = {}
        files: dict[str, str] = {}
        for each in reversed(found):
            versions |= each.versions
            files |= each.files
        for each in found:
            files |= {name: UNSURE for name, digest in each.files.items() if digest == UNSURE}
        states = (state for each in reversed(found) for state in each.states)
        return replace(whole, versions=versions, files=files, states=tuple(dict.fromkeys(states)))

    def names(self) -> set[str]:
        """The names of all files."""
        found = set(self.files)
        for organisation in self.organisations.values():
            found.update(organisation.files)
        return found

    def with_organisations(
        self, organisations: Mapping[str, PublishedOrganisation]
    ) -> "PublishedRecord":
        """The record with these in place of what it has of them."""
        return replace(self, organisations=self.organisations | dict(organisations))

    def numbered(self, publication: Mapping[str, Any]) -> "PublishedRecord":
        """The record with one more publication."""
        number = self.number + 1
        newest = [*self.publications, {"number": number, **publication}][-_KEPT_PUBLICATIONS:]
        return replace(self, number=number, publications=newest)


def newest_last(states: Iterable[str], state: str) -> tuple[str, ...]:
    """The states with this one as the newest."""
    return (*(past for past in states if past != state), state)


def record_as_json(record: PublishedRecord) -> bytes:
    """The file: a line with format and digest, then the record on one line."""
    content = {
        name: getattr(record, name)
        for name in _DEFAULTS[PublishedRecord]
        if name not in ("organisations", "settings")
    }
    content["settings"] = asdict(record.settings)
    content["organisations"] = {
        id: _without_defaults(each) for id, each in sorted(record.organisations.items())
    }
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return _head(body) + b"\n" + body + b"\n"


def record_from_json(content: bytes) -> PublishedRecord | None:
    """The record; None if an earlier release wrote the file. Raises WrongTarget."""
    head, _, rest = content.partition(b"\n")
    body = rest.removesuffix(b"\n")
    if not head.startswith(b'{"format":'):
        return None
    try:
        if head != _head(body):
            raise ValueError("the digest differs")
        document = json.loads(body)
        settings = document.pop("settings")
        settings["states"] = {name: tuple(each) for name, each in settings["states"].items()}
        organisations = {
            id: _organisation(each) for id, each in document.pop("organisations").items()
        }
        settings = _made(PublishedSettings, settings)
        document |= {"settings": settings, "organisations": organisations}
        return _made(PublishedRecord, document)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise WrongTarget(_NOT_READ) from error


def unreadable_record() -> WrongTarget:
    """The error for a record that no release can have written."""
    return WrongTarget(_NOT_READ)


def _head(body: bytes) -> bytes:
    return b'{"format":%d,"sha256":"%s"}' % (RECORD_FORMAT, sha256(body).hexdigest().encode())


def _organisation(document: dict[str, Any]) -> PublishedOrganisation:
    versions = document.get("versions", {})
    document["versions"] = {name: PublishedVersion(*version) for name, version in versions.items()}
    document["states"] = tuple(document.get("states", ()))
    return _made(PublishedOrganisation, document)


def _without_defaults(organisation: PublishedOrganisation) -> dict[str, Any]:
    defaults = _DEFAULTS[PublishedOrganisation]
    values = ((name, getattr(organisation, name)) for name in defaults)
    return {name: value for name, value in values if value != defaults[name] or name == "source"}


def _made(model: type[_Model], document: dict[str, Any]) -> _Model:
    """Raises TypeError for an unknown key, or a value of another type than its default."""
    made = model(**document)
    for name, default in _DEFAULTS[model].items():
        if default is not None and not isinstance(getattr(made, name), type(default)):
            raise TypeError(name)
    return made


def _defaults_of(model: type[Any]) -> dict[str, Any]:
    """The default of each field; an empty text for one that has none."""
    return {
        each.name: each.default_factory()
        if each.default_factory is not MISSING
        else ("" if each.default is MISSING else each.default)
        for each in fields(model)
    }


_DEFAULTS: dict[type[Any], dict[str, Any]] = {
    model: _defaults_of(model)
    for model in (PublishedOrganisation, PublishedRecord, PublishedSettings)
}
