"""Revokes access to the desk at once, whatever the deployed directory says of the person.

A revocation is stored under the person's mark, which a key derives. So it is written under every
key that this machine has, and looked for under each: a new OMBUD_KEY lifts none.
"""

import logging
from collections.abc import Iterable
from typing import get_args

from functions.cases.ports.desk_store import all_listed
from functions.cases.ports.ports import Ports
from functions.model.desk.staff import marks
from functions.model.desk.summary import FORMER, Bucket
from functions.model.errors import StoredTextUnreadable

log = logging.getLogger("ombud.staff")


def revoke_access(organisation: str, address: str, ports: Ports) -> None:
    """Ends the access of whoever has that address, on every request from now on.

    The next sweep lists what they had under its roles. Raises StoreError.
    """
    at, own = ports.now(), marks(ports.keys, organisation, address)
    for mark in own:
        ports.lists.revoke(organisation, mark, at)
    make_held_due(organisation, own, ports)


def restore_access(organisation: str, address: str, ports: Ports) -> bool:
    """Takes a revocation back; False if there was none. Raises StoreError."""
    if not is_access_revoked(organisation, address, ports):
        return False
    own = marks(ports.keys, organisation, address)
    for mark in own:
        ports.lists.restore(organisation, mark)
    make_held_due(organisation, own, ports)
    return True


def is_access_revoked(organisation: str, address: str, ports: Ports) -> bool:
    """Whether the access was revoked, under this key or an earlier one. Raises StoreError."""
    return any(
        ports.lists.is_revoked(organisation, own)
        for own in marks(ports.keys, organisation, address)
    )


def make_held_due(organisation: str, held_by: Iterable[str], ports: Ports) -> None:
    """Makes everything due for the sweep that is, or was, with people who have these marks.

    No act tells that somebody has left or is back: so the sweep lists it anew. A list that cannot
    be read keeps nobody's access from ending. Raises StoreError.
    """
    for mark in held_by:
        for bucket in (*get_args(Bucket), FORMER):
            try:
                for summary in all_listed(ports.lists, organisation, mark, bucket):
                    ports.lists.put_off(summary.reference, ports.now())
            except StoredTextUnreadable as error:
                log.error("a person's cases of %s are not listed anew: %s", organisation, error)
