"""Finds the folders of organisations, by the ids that they have and had.

An id is the name of a folder and an address. The first one that an organisation ever had stays its
id in cases, contracts, keys and figures, so nothing stored changes when it is renamed.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from site_src.errors import UnknownOrganisation
from site_src.file_names import CALENDAR_FOLDER
from site_src.policy.finding import Finding
from site_src.policy.text_files import read_text
from site_src.policy.yaml.document import YamlDocument
from site_src.policy.yaml.reading import read_yaml

POLICY_FILE = "policy.yaml"
PROCEDURE_FILE = "procedure.md"
REVISIONS = "revisions"

RENAMED = "renamed_from"
"""The key of policy.yaml that lists the earlier ids, the first one first."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")


def folders(policies: Path, organisations: tuple[str, ...] = ()) -> tuple[Path, ...]:
    """The policy folders of these organisations, or of all, in alphabetical order.

    Raises UnknownOrganisation.
    """
    known = {
        path.name: path
        for path in sorted(policies.glob("[!.]*"))
        if path.is_dir() and path.name != CALENDAR_FOLDER
    }
    for organisation in organisations:
        if organisation not in known:
            raise UnknownOrganisation(
                f"there is no {policies / organisation}/; the folders are: {', '.join(known)}"
            )
    return tuple(known[name] for name in organisations or known)


def organisation_folder(folder: Path) -> Path:
    """The folder of the organisation, from that of an edition."""
    return folder.parent.parent if folder.parent.name == REVISIONS else folder


def earlier_ids(data: Mapping[str, Any]) -> tuple[str, ...]:
    """The earlier ids that these facts name, as far as they are written correctly."""
    named = data.get(RENAMED)
    return tuple(id for id in named if isinstance(id, str)) if isinstance(named, list) else ()


def earlier_ids_of(folder: Path) -> tuple[str, ...]:
    """The earlier ids of the organisation in a folder; none if it cannot be read."""
    file = folder / POLICY_FILE
    text = read_text(file) if file.is_file() else ""
    if isinstance(text, Finding) or RENAMED not in text:
        return ()
    reading = read_yaml(file)
    return earlier_ids(reading.data) if isinstance(reading, YamlDocument) else ()


def recorded_id(folder: Path) -> str:
    """What cases, contracts, keys and figures call the organisation in a folder."""
    return next(iter(earlier_ids_of(folder)), folder.name)


def folder_called(policies: Path, id: str) -> Path | None:
    """The folder of the organisation that has this id, or had it before; None if none does."""
    if (policies / id / POLICY_FILE).is_file():
        return policies / id
    known = (file.parent for file in sorted(policies.glob(f"[!.]*/{POLICY_FILE}")))
    return next((folder for folder in known if id in earlier_ids_of(folder)), None)


def base_folder(folder: Path, extends: Any) -> Path | None:
    """The folder of the extended edition, always of another organisation; None if unknown."""
    if not isinstance(extends, dict):
        return None
    name, version = str(extends.get("policy")), str(extends.get("version"))
    if not _NAME.fullmatch(name) or not _NAME.fullmatch(version):
        return None  # a path would lead out of the folder of policies
    base = folder_called(organisation_folder(folder).parent, name)
    if base is None or base == folder:
        return None
    current = read_yaml(base / POLICY_FILE)
    if isinstance(current, YamlDocument) and str(current.data.get("version")) == version:
        return base
    archived = base / REVISIONS / version
    return archived if (archived / POLICY_FILE).is_file() else None
