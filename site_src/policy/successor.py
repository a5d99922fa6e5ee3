"""Reads the name of the organisation that takes filings in place of a closed one."""

from pathlib import Path

from functions.model.text import Text
from site_src.policy.load import POLICY_FILE, REVISIONS, Edition, load


def successor_name(source: Edition) -> Text | None:
    """The current name of the successor, None if there is none that can be read."""
    closed = source.policy.closed
    if closed is None or closed.successor is None:
        return None
    folder = policies_of(source.folder) / closed.successor
    if not (folder / POLICY_FILE).is_file():
        return None
    successor = load(folder)
    return successor.policy.organisation.name if isinstance(successor, Edition) else None


def policies_of(folder: Path) -> Path:
    """The folder of all policies, from that of an edition."""
    return folder.parent.parent.parent if folder.parent.name == REVISIONS else folder.parent
