"""Finds what has changed since the last build, without reading a policy."""

import json
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import functions
from site_src.file_names import CALENDAR_FOLDER, OPERATOR_FILE, statistics_file
from site_src.places import ASSETS, CODE, TEMPLATES
from site_src.publish.fingerprint import FolderState, fingerprint, folder_state
from site_src.publish.manifest import BuiltFiles, BuiltOrganisation, Manifest

if TYPE_CHECKING:
    from site_src.receipts.keys import PublishedKeys

_FUNCTIONS = Path(functions.__file__).parent
LIVE = (TEMPLATES, ASSETS, CODE / "root")
"""The folders that a process reads at every build; it loads the rest of the program once."""

_PUBLISHED = "published.json"
_UNSETTLED_NS = 1_000_000_000
"""File systems round times: a file changed this recently may change again at the same time."""


@dataclass(frozen=True)
class Changes:
    """What a build has to do, and the inputs that it compared.

    `statistics` is the folder of exported figures.
    `stale` lists the organisations to rebuild, `gone` those that no longer exist. `renewed`
    means that the manifest has new marks to save, even if nothing needs to be rebuilt.
    """

    policies: Path
    out: Path
    day: date
    site_url: str
    keys: "PublishedKeys | None"
    trees: dict[str, FolderState]
    published: dict[str, Any]
    program: str
    version: str
    common: str
    started: int
    gone: tuple[str, ...]
    common_stale: bool
    statistics: Path | None = None
    stale: tuple[str, ...] = ()
    renewed: bool = False

    @property
    def nothing(self) -> bool:
        """Whether the site is up to date."""
        return not (self.stale or self.gone or self.common_stale)

    def inputs(self, id: str, bases: list[str]) -> str:
        """The mark of an organisation's inputs; empty if a file changed too recently."""
        trees = [self.trees.get(name) for name in (id, *bases)]
        settled = [tree for tree in trees if tree and tree.newest < self.started - _UNSETTLED_NS]
        return "-".join(tree.mark for tree in settled) if len(settled) == len(trees) else ""


def find_changes(
    policies: Path,
    out: Path,
    day: date,
    site_url: str,
    keys: "PublishedKeys | None",
    manifest: Manifest,
    statistics: Path | None = None,
) -> Changes:
    """Compares all inputs with the manifest of the last build; adds missing marks to it."""
    started = time.time_ns()
    folders = sorted(entry.name for entry in os.scandir(policies) if _is_policy(entry))
    trees = {name: folder_state(policies / name) for name in folders}
    program, version = _program_version(manifest, policies)
    published, files = _read_beside(policies)
    common = _digest([version, site_url, day.isoformat(), *files, _keys_json(keys)])
    changes = Changes(
        policies=policies,
        out=out,
        day=day,
        site_url=site_url,
        keys=keys,
        trees=trees,
        published=published or {},
        program=program,
        version=version,
        common=common,
        started=started,
        gone=tuple(sorted(manifest.rows.keys() - trees.keys())),
        common_stale=common != manifest.common or not _is_intact(out, manifest.made),
        statistics=statistics,
    )
    all_stale = published is None or version != manifest.version or site_url != manifest.site_url
    renewed = program != manifest.program
    stale: list[str] = []
    for id in trees:
        row = None if all_stale else _current_row(changes, id, manifest.rows.get(id))
        if row is None:
            stale.append(id)
        elif row is not manifest.rows[id]:
            manifest.rows[id] = row
            renewed = True
    manifest.program = program
    return replace(changes, stale=tuple(stale), renewed=renewed)


def content(policies: Path, names: list[str]) -> str:
    """The digest of all files of these policies."""
    hasher = sha256()
    for name in names:
        hasher.update(folder_state(policies / name).content())
    return hasher.hexdigest()


def statistics_digest(statistics: Path | None, id: str) -> str:
    """The digest of an organisation's exported figures; empty if there are none."""
    if statistics is None:
        return ""
    try:
        return sha256(statistics_file(statistics, id).read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""


def begun(days: list[str], day: date) -> int:
    """How many of these ISO dates are not later than `day`."""
    return sum(begins <= day.isoformat() for begins in days)


def _current_row(
    changes: Changes, id: str, row: BuiltOrganisation | None
) -> BuiltOrganisation | None:
    """The row, with a missing mark added, or None if the organisation is stale."""
    if (
        row is None
        or row.begun != begun(row.days, changes.day)
        or row.published != changes.published.get(id, {})
        or row.statistics != statistics_digest(changes.statistics, id)
        or not _is_intact(changes.out, row.made)
    ):
        return None
    inputs = changes.inputs(id, row.bases)
    if inputs and inputs == row.inputs:
        return row
    if row.content != content(changes.policies, [id, *row.bases]):
        return None
    return row._replace(inputs=inputs) if inputs else row


def _is_intact(out: Path, files: BuiltFiles) -> bool:
    return bool(files.mark) and fingerprint(out, files.names) == files.mark


def _is_policy(entry: os.DirEntry[str]) -> bool:
    return not entry.name.startswith(".") and entry.name != CALENDAR_FOLDER and entry.is_dir()


def _read_beside(policies: Path) -> tuple[dict[str, Any] | None, list[str]]:
    """published.json, None if unreadable, and names and digests of the other files beside it."""
    files = []
    published: Any = {}
    for entry in sorted(os.scandir(policies), key=lambda entry: entry.name):
        if entry.name == _PUBLISHED:
            try:
                published = json.loads(Path(entry.path).read_bytes())
            except ValueError:
                published = None
        elif entry.is_file() and not entry.name.startswith("."):
            files += [entry.name, sha256(Path(entry.path).read_bytes()).hexdigest()]
    return published if isinstance(published, dict) else None, files


def _keys_json(keys: "PublishedKeys | None") -> str:
    return keys.model_dump_json() if keys is not None else ""


def _program_version(manifest: Manifest, policies: Path) -> tuple[str, str]:
    """The mark and the digest of everything that affects the pages of every policy."""
    trees = [*_loaded_code(), *(folder_state(folder) for folder in LIVE)]
    surroundings = _digest([sys.version, _operator_digest(policies), *sorted(_libraries())])
    marks = "-".join((surroundings, *(tree.mark for tree in trees)))
    if marks == manifest.program:
        return marks, manifest.version
    hasher = sha256(surroundings.encode())
    for tree in trees:
        hasher.update(tree.content())
    return marks, hasher.hexdigest()


def _operator_digest(policies: Path) -> str:
    """The digest of the operator's settings and calendars, which affect forms."""
    calendars = policies / CALENDAR_FOLDER
    files = sorted(calendars.iterdir()) if calendars.is_dir() else []
    return _digest(
        [
            f"{file.name} {sha256(file.read_bytes()).hexdigest()}"
            for file in (policies / OPERATOR_FILE, *files)
            if file.is_file()
        ]
    )


@cache
def _loaded_code() -> tuple[FolderState, ...]:
    """The code and the catalogues as they were when this process first built.

    `serve` keeps using the code that it has loaded; the next process rebuilds what `serve` built.
    """
    live = tuple(f"{folder.name}/" for folder in LIVE)
    return folder_state(CODE, without=live), folder_state(_FUNCTIONS)


def _libraries() -> Iterator[str]:
    """The names and versions of the installed libraries."""
    for place in sys.path:
        if place.endswith("packages") and os.path.isdir(place):
            yield from (name for name in os.listdir(place) if name.endswith(".dist-info"))


def _digest(parts: list[str]) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()
