"""Renames an organisation: its folder, and with it its address. What is stored stays as it is."""

import os
from dataclasses import dataclass
from pathlib import Path

from functions.model.durable_files import write_whole
from site_src.authoring.new import new_folder
from site_src.authoring.yaml_edits import with_ids
from site_src.errors import OrganisationExists, PoliciesRejected
from site_src.policy.drafts.marks import is_draft
from site_src.policy.editions import read_published
from site_src.policy.folders import (
    POLICY_FILE,
    RENAMED,
    REVISIONS,
    earlier_ids,
    folder_called,
    folders,
)
from site_src.policy.yaml.document import YamlDocument
from site_src.policy.yaml.reading import read_yaml


@dataclass(frozen=True)
class RenamedPolicy:
    """The new folder, and the earlier ids that it names; none for a draft that nobody saw."""

    folder: Path
    earlier: tuple[str, ...]


def rename(policies: Path, old: str, new: str) -> RenamedPolicy:
    """Moves `policies/old/` to `policies/new/`, and writes both ids into its policy.yaml.

    Archived versions stay as they are. A folder that was moved by hand, or by a run that was
    interrupted, is taken as it is. Raises UnknownOrganisation, AnswerRefused, OrganisationExists,
    and PoliciesRejected if policy.yaml cannot be read.
    """
    moved = policies / new
    if not _is_moved(policies, old, new):
        (folder,) = folders(policies, (old,))
        moved = _free_folder(policies, folder, new)
        _read(folder)
        os.rename(folder, moved)
    reading = _read(moved)
    earlier = tuple(dict.fromkeys((*earlier_ids(reading.data), old)))
    if _was_never_published(moved, reading, (old, *earlier)):
        earlier = ()
    file = moved / POLICY_FILE
    text = file.read_bytes().decode("utf-8")
    write_whole(file, with_ids(text, new, RENAMED, earlier).encode("utf-8"))
    return RenamedPolicy(moved, earlier)


def _is_moved(policies: Path, old: str, new: str) -> bool:
    """Whether the folder has its new name already, and the policy in it still has the old id."""
    file = policies / new / POLICY_FILE
    if (policies / old).exists() or not file.is_file():
        return False
    return str(_read(policies / new).data.get("id")) == old


def _free_folder(policies: Path, folder: Path, new: str) -> Path:
    """The folder of the new name, which may be one that the organisation had before."""
    try:
        return new_folder(policies, new)
    except OrganisationExists:
        if folder_called(policies, new) != folder or (policies / new).exists():
            raise
        return policies / new


def _was_never_published(folder: Path, reading: YamlDocument, ids: tuple[str, ...]) -> bool:
    is_first = is_draft(reading.data) and not (folder / REVISIONS).is_dir()
    return is_first and not read_published(folder.parent).of(ids)


def _read(folder: Path) -> YamlDocument:
    reading = read_yaml(folder / POLICY_FILE)
    if not isinstance(reading, YamlDocument):
        raise PoliciesRejected(reading)
    return reading
