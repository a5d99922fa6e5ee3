"""Publishes a checkout to a target, as the commands do."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from functions.model.contract.digest import digest
from site_src.authoring.revise import revise
from site_src.file_names import JOURNAL, KEPT, LOCK, POINTERS, PUBLISHED_RECORD
from site_src.policy.edition import Editions
from site_src.policy.editions import record_published
from site_src.publish import deploy as deploying
from site_src.publish.options import Publication, PublishOptions, Scope
from site_src.publish.publish import planned
from site_src.publish.record.record import PublishedRecord, record_from_json
from site_src.publish.targets.folder import FolderTarget
from site_src.publish.targets.s3 import S3Target
from site_src.publish.targets.target import Target
from tests.conftest import SITE_URL
from tests.helpers.sample_policies import mend

DAY = date(2026, 3, 2)


def options(
    policies: Path,
    day: date = DAY,
    site_url: str = SITE_URL,
    keep_going: bool = False,
    **values: Any,
) -> PublishOptions:
    """What the options of `deploy` say."""
    scope: Scope = "part" if keep_going else "whole"
    return PublishOptions(policies, day, site_url, by="ana@here", scope=scope, **values)


def deploy(policies: Path, target: Target, *arguments: Any, **values: Any) -> Publication:
    """Publishes; the arguments are those of `options`."""
    return deploying.deploy(options(policies, *arguments, **values), target)


def plan(policies: Path, target: Target, *arguments: Any, **values: Any) -> Publication:
    """What `deploy` would do."""
    return planned(options(policies, *arguments, **values), target)


def write_to(target: Target, name: str, content: bytes) -> None:
    """Writes a file past all locks, as somebody else would."""
    if isinstance(target, FolderTarget):
        path = target.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    elif isinstance(target, S3Target):
        target.s3.put_object(**target.place(name), Body=content)


def remove_from(target: Target, name: str) -> None:
    """Removes a file past all locks."""
    if isinstance(target, FolderTarget):
        (target.folder / name).unlink(missing_ok=True)
    elif isinstance(target, S3Target):
        target.s3.delete_object(**target.place(name))


def files_at(target: Target) -> dict[str, bytes]:
    """Every file that is published, without what is under way."""
    return {
        name: target.read(name) or b""
        for name in target.names()
        if name not in (LOCK, JOURNAL, PUBLISHED_RECORD)
    }


def record_at(target: Target) -> PublishedRecord:
    """The record of what is published."""
    record = record_from_json(target.read(PUBLISHED_RECORD) or b"")
    assert record is not None
    return record


def wrong_files(target: Target) -> set[str]:
    """The files that are not as the record says, and pages that it does not know of."""
    record, files = record_at(target), files_at(target)
    known = dict(record.files)
    for organisation in record.organisations.values():
        known |= organisation.files
    differ = {name for name, wanted in known.items() if digest(files.get(name, b"")) != wanted}
    return differ | {name for name in files.keys() - known.keys() if not name.startswith(KEPT)}


def missing(files: Mapping[str, bytes]) -> set[str]:
    """Every missing asset and contract that a page or the pointers need."""
    needed: set[str] = set()
    for name, content in files.items():
        if name.endswith(".html"):
            text = content.decode()
            needed |= set(re.findall(r'(?:href|src|data-later)="/(assets/[^"]+)"', text))
            digests = re.findall(r'name="contract" value="(\w+)"', text)
            needed |= {f"contracts/{digest}.json" for digest in digests}
    if POINTERS in files:
        current = json.loads(files[POINTERS])
        digests = [*current["organisations"].values(), *current["site"].values()]
        needed |= {f"contracts/{digest}.json" for digest in digests}
    return needed - files.keys()


def mailbox(policies: Path, name: str = "sample", new: str = "new-") -> None:
    """Changes a mailbox, which belongs to no version."""
    file = policies / name / "policy.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("mailbox: ", f"mailbox: {new}", 1), "utf-8")


def next_version(policies: Path, name: str = "sample") -> None:
    """Starts version 2 with a longer limit."""
    revise(policies / name, date(2026, 3, 1))
    change(policies, name)


def change(policies: Path, name: str = "sample") -> None:
    """Changes a limit in the fact and in the text."""
    mend(policies / name / "policy.yaml", "value: 5", "value: 7")
    mend(policies / name / "procedure.md", "5 个工作日", "7 个工作日")


def record_all(policies: Path, organisations: Iterable[Editions]) -> None:
    """Records all versions of the organisations as published, as a deploy does."""
    digests = {
        one.id: {edition.policy.version: edition.digest for edition in one.editions}
        for one in organisations
    }
    record_published(policies, digests)
