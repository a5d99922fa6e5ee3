"""Finds what is no longer as it was when the site was last built, without reading a policy."""

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

from site_src.file_names import OPERATOR_FILE
from site_src.places import ASSETS, CODE, ROOT, TEMPLATES
from site_src.publish.fingerprint import FolderState, fingerprint, folder_state
from site_src.publish.manifest import BuiltFiles, BuiltOrganisation, Manifest

if TYPE_CHECKING:
    from site_src.receipts.keys import PublishedKeys

_FUNCTIONS = ROOT / "functions"
LIVE = (TEMPLATES, ASSETS, CODE / "root")
"""What a process reads at each build; everything else of the program it reads once."""

_PUBLISHED = "published.json"
_UNSETTLED_NS = 1_000_000_000
"""File systems note times in steps: a file that changed so lately may change again unseen."""


@dataclass(frozen=True)
class Changes:
    """What a build has before it.

    `stale` are the organisations to make anew, `gone` those that there were. `renewed` says
    that the record says more than it did, though nothing is to be made.
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
    stale: tuple[str, ...] = ()
    renewed: bool = False

    @property
    def nothing(self) -> bool:
        """Whether the site is as it should be."""
        return not (self.stale or self.gone or self.common_stale)

    def inputs(self, id: str, bases: list[str]) -> str:
        """The mark of what an organisation is read from; empty where it cannot be relied on."""
        trees = [self.trees.get(name) for name in (id, *bases)]
        known = [one for one in trees if one and one.newest < self.started - _UNSETTLED_NS]
        return "-".join(one.mark for one in known) if len(known) == len(trees) else ""


def find_changes(
    policies: Path,
    out: Path,
    day: date,
    site_url: str,
    keys: "PublishedKeys | None",
    record: Manifest,
) -> Changes:
    """Compares everything with the record of the last build, which learns marks that it lacked."""
    started = time.time_ns()
    folders = sorted(entry.name for entry in os.scandir(policies) if _is_policy(entry))
    trees = {name: folder_state(policies / name) for name in folders}
    program, version = _program(record, policies)
    published, files = _beside(policies)
    common = _digest([version, site_url, day.isoformat(), *files, _said(keys)])
    seen = Changes(
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
        gone=tuple(sorted(record.rows.keys() - trees.keys())),
        common_stale=common != record.common or not _stands(out, record.made),
    )
    unlike = published is None or version != record.version or site_url != record.site_url
    renewed = program != record.program
    stale: list[str] = []
    for id in trees:
        row = None if unlike else _fresh(seen, id, record.rows.get(id))
        if row is None:
            stale.append(id)
        elif row is not record.rows[id]:
            record.rows[id] = row
            renewed = True
    record.program = program
    return replace(seen, stale=tuple(stale), renewed=renewed)


def content(policies: Path, names: list[str]) -> str:
    """The digest of everything that these policies say."""
    made = sha256()
    for name in names:
        made.update(folder_state(policies / name).content())
    return made.hexdigest()


def begun(days: list[str], day: date) -> int:
    """How many of these days have come."""
    return sum(one <= day.isoformat() for one in days)


def _fresh(seen: Changes, id: str, row: BuiltOrganisation | None) -> BuiltOrganisation | None:
    """The row, with a mark that it lacked, where it still holds."""
    if (
        row is None
        or row.begun != begun(row.days, seen.day)
        or row.published != seen.published.get(id, {})
        or not _stands(seen.out, row.made)
    ):
        return None
    inputs = seen.inputs(id, row.bases)
    if inputs and inputs == row.inputs:
        return row
    if row.content != content(seen.policies, [id, *row.bases]):
        return None
    return row._replace(inputs=inputs) if inputs else row


def _stands(out: Path, made: BuiltFiles) -> bool:
    return bool(made.mark) and fingerprint(out, made.names) == made.mark


def _is_policy(entry: os.DirEntry[str]) -> bool:
    return not entry.name.startswith(".") and entry.is_dir()


def _beside(policies: Path) -> tuple[dict[str, Any] | None, list[str]]:
    """What has been published, None where that cannot be read, and what else lies there."""
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


def _said(keys: "PublishedKeys | None") -> str:
    return keys.model_dump_json() if keys is not None else ""


def _program(record: Manifest, policies: Path) -> tuple[str, str]:
    """Mark and digest of everything that decides how any policy becomes pages."""
    trees = [*_loaded(), *(folder_state(folder) for folder in LIVE)]
    surroundings = _digest([sys.version, _operator(policies), *sorted(_libraries())])
    marks = "-".join((surroundings, *(one.mark for one in trees)))
    if marks == record.program:
        return marks, record.version
    made = sha256(surroundings.encode())
    for one in trees:
        made.update(one.content())
    return marks, made.hexdigest()


def _operator(policies: Path) -> str:
    """The digest of what the operator says, which forms may depend on; empty without it."""
    try:
        return sha256((policies / OPERATOR_FILE).read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""


@cache
def _loaded() -> tuple[FolderState, ...]:
    """The code and the words as they were when this process first built.

    `serve` goes on with what it has loaded, and the next process makes anew what that made.
    """
    live = tuple(f"{folder.name}/" for folder in LIVE)
    return folder_state(CODE, without=live), folder_state(_FUNCTIONS)


def _libraries() -> Iterator[str]:
    """The installed libraries with their versions."""
    for place in sys.path:
        if place.endswith("packages") and os.path.isdir(place):
            yield from (name for name in os.listdir(place) if name.endswith(".dist-info"))


def _digest(parts: list[str]) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()
