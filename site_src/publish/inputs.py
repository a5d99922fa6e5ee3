"""Reads the digests of everything that a site is made from, without reading a policy.

Digests of contents alone: what is published is compared with them on any machine.
"""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import functions
from functions.model.contract.digest import digest
from site_src.file_names import CALENDAR_FOLDER, OPERATOR_FILE, statistics_file
from site_src.places import ASSETS, CODE, TEMPLATES

if TYPE_CHECKING:
    from site_src.receipts.keys import PublishedKeys

LIVE = (TEMPLATES, ASSETS, CODE / "root")
"""The folders that a process reads at every build; it loads the rest of the program once."""

_FUNCTIONS = Path(functions.__file__).parent
_KEYS = "keys.json"
_PUBLISHED = "published.json"
_IGNORED = (".", "__pycache__")


@dataclass(frozen=True)
class Inputs:
    """What is made into a site: a checkout, for a day and an address.

    `settings` are the operator's settings and calendars, by file: `own_settings`, unless another
    source alone has any. `keys` replaces the public keys of the checkout. `published` is the
    content of `published.json`, None if it cannot be read. `program` is the digest of what affects
    the pages of every policy.
    """

    policies: Path
    day: date
    site_url: str
    statistics: Path | None
    keys: "PublishedKeys | None"
    own_settings: Mapping[str, str]
    settings: Mapping[str, str]
    published: Mapping[str, Any] | None
    organisations: tuple[str, ...]
    program: str
    _states: dict[str, str] = field(default_factory=dict)

    def state(self, id: str) -> str:
        """The digest of an organisation's folder, as it is when it is first asked for."""
        if id not in self._states:
            self._states[id] = folder_state(self.policies / id)
        return self._states[id]

    def of(self, id: str, recorded_id: str, bases: list[str]) -> str:
        """The digest of everything that an organisation's files depend on, except the day.

        Its figures are under its `recorded_id`; `bases` are the policies that it extends.
        """
        states = [self.state(name) for name in (id, *bases)]
        figures = _statistics_digest(self.statistics, recorded_id)
        return _digest([self.program, self.site_url, self._settings, figures, *states])

    def settled(self, id: str, recorded_id: str, bases: list[str]) -> str:
        """As `of`, if the folders are still as they were, else empty, which equals nothing."""
        now = [folder_state(self.policies / name) for name in (id, *bases)]
        is_settled = now == [self.state(name) for name in (id, *bases)]
        return self.of(id, recorded_id, bases) if is_settled else ""

    def common(self, keys: Mapping[str, Any]) -> str:
        """The digest of what the pages of the whole site depend on, except organisations.

        `keys` are the public keys of receipts, by source. Of the day it is the month alone:
        `security.txt` changes with it.
        """
        published = json.dumps(keys, sort_keys=True)
        month = f"{self.day:%Y-%m}"
        return _digest([self.program, self.site_url, month, self._settings, published])

    @property
    def published_keys(self) -> Any:
        """The public keys of receipts, of the caller or the checkout; None if none are there.

        What is no JSON is a text, which no model takes for keys.
        """
        if self.keys is not None:
            return self.keys.model_dump(mode="json", exclude_none=True)
        file = self.policies / _KEYS
        if not file.is_file():
            return None
        content = file.read_bytes()
        try:
            return json.loads(content)
        except ValueError:
            return content.decode(errors="replace")

    def setting_states(self) -> dict[str, str]:
        """The digests of the operator's settings and of the calendars.

        A missing file has a state, too: somebody may have added it since.
        """
        settings = self.policies / OPERATOR_FILE
        content = settings.read_bytes() if settings.is_file() else b""
        return {
            OPERATOR_FILE: digest(content),
            CALENDAR_FOLDER: folder_state(self.policies / CALENDAR_FOLDER),
        }

    @property
    def made_by(self) -> str:
        """The digest of the program and of the operator's settings."""
        return _digest([self.program, self._settings])

    @property
    def _settings(self) -> str:
        return json.dumps(self.settings, sort_keys=True)

    def published_of(self, id: str) -> dict[str, str]:
        """Its part of `published.json`: the digest of each published version."""
        own = (self.published or {}).get(id, {})
        return own if isinstance(own, dict) else {"": ""}


def read_inputs(
    policies: Path,
    day: date,
    site_url: str,
    statistics: Path | None = None,
    keys: "PublishedKeys | None" = None,
    others: Mapping[str, str] | None = None,
) -> Inputs:
    """The inputs of a checkout; `others` are the settings to use where it has none of its own."""
    own_settings = _read_settings(policies)
    return Inputs(
        policies=policies,
        day=day,
        site_url=site_url,
        statistics=statistics,
        keys=keys,
        own_settings=own_settings,
        settings=own_settings or others or {},
        published=_read_published(policies),
        organisations=tuple(sorted(_organisations(policies))),
        program=program_digest(),
    )


def _read_settings(policies: Path) -> dict[str, str]:
    """The operator's settings and calendars of a checkout, by their names below it."""
    calendars = policies / CALENDAR_FOLDER
    files = sorted(calendars.iterdir()) if calendars.is_dir() else []
    return {
        file.relative_to(policies).as_posix(): file.read_text("utf-8", "replace")
        for file in (policies / OPERATOR_FILE, *files)
        if file.is_file() and not file.name.startswith(_IGNORED)
    }


def folder_state(folder: Path, without: tuple[str, ...] = ()) -> str:
    """The digest of the names and contents below a folder; a missing one is empty.

    Left out are names that start with a dot or with any of `without`.
    """
    hasher = sha256()
    for name in sorted(_walk(str(folder), "")):
        if without and name.startswith(without):
            continue
        data = b"" if name.endswith("/") else (folder / name).read_bytes()
        hasher.update(f"{name}\n{len(data)}\n".encode())
        hasher.update(data)
    return digest(hasher.digest())


def begun(days: list[str], day: date) -> int:
    """How many of these ISO dates are not later than `day`."""
    return sum(begins <= day.isoformat() for begins in days)


def program_digest() -> str:
    """The digest of the program with its templates, words and installed libraries."""
    return _digest(
        [
            sys.version,
            *sorted(_libraries()),
            *_loaded_code(),
            *(folder_state(folder) for folder in LIVE),
        ]
    )


@cache
def _loaded_code() -> tuple[str, ...]:
    """The code and the catalogues as they were when this process first built.

    `serve` keeps using the code that it has loaded; the next process renders anew what it made.
    """
    live = tuple(f"{folder.name}/" for folder in LIVE)
    return folder_state(CODE, without=live), folder_state(_FUNCTIONS)


def _libraries() -> Iterator[str]:
    """The names and versions of the installed libraries."""
    for place in sys.path:
        if place.endswith("packages") and os.path.isdir(place):
            yield from (name for name in os.listdir(place) if name.endswith(".dist-info"))


def _organisations(policies: Path) -> Iterator[str]:
    for entry in os.scandir(policies):
        if not entry.name.startswith(".") and entry.name != CALENDAR_FOLDER and entry.is_dir():
            yield entry.name


def _read_published(policies: Path) -> Mapping[str, Any] | None:
    try:
        published = json.loads((policies / _PUBLISHED).read_bytes())
    except FileNotFoundError:
        return {}
    except ValueError:
        return None
    return published if isinstance(published, dict) else None


def _statistics_digest(statistics: Path | None, id: str) -> str:
    """The digest of an organisation's exported figures; empty if there are none."""
    if statistics is None:
        return ""
    try:
        return digest(statistics_file(statistics, id).read_bytes())
    except FileNotFoundError:
        return ""


def _walk(folder: str, above: str) -> Iterator[str]:
    """The names below a folder, those of folders with a slash at their end."""
    try:
        entries = os.scandir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    with entries:
        for entry in entries:
            if entry.name.startswith(_IGNORED):
                continue
            if entry.is_dir():
                yield f"{above}{entry.name}/"
                yield from _walk(entry.path, f"{above}{entry.name}/")
            else:
                yield f"{above}{entry.name}"


def _digest(parts: list[str]) -> str:
    return digest("\n".join(parts).encode())
