"""Reads who takes filings in place of a closed organisation."""

from dataclasses import dataclass

from functions.model.contract.terms import KindId
from functions.model.text import Text
from site_src.policy.address import is_outside
from site_src.policy.edition import Edition
from site_src.policy.folders import folder_called, organisation_folder
from site_src.policy.load import load


@dataclass(frozen=True)
class Successor:
    """Who takes filings instead: its `path` on this site, or a web address, and its kinds.

    `name` is None for one that is not on this site, and for one that cannot be read.
    """

    path: str
    name: Text | None = None
    kinds: frozenset[KindId] = frozenset()

    @property
    def is_outside(self) -> bool:
        """Whether it is not on this site."""
        return is_outside(self.path)


def successor_of(source: Edition) -> Successor | None:
    """The successor as it is now; None if the policy names none."""
    closed = source.policy.closed
    if closed is None or closed.successor is None:
        return None
    if is_outside(closed.successor):
        return Successor(closed.successor)
    folder = folder_called(organisation_folder(source.folder).parent, closed.successor)
    path = f"/{folder.name if folder else closed.successor}/"
    successor = load(folder) if folder else None
    if not isinstance(successor, Edition):
        return Successor(path)
    policy = successor.policy
    return Successor(path, policy.organisation.name, frozenset(kind.id for kind in policy.kinds))
