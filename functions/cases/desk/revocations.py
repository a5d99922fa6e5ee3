"""Revokes access to the desk at once, whatever the deployed directory says of the person.

A revocation is stored under the person's mark, which a key derives. So it is written under every
key that this machine has, and looked for under each: a new OMBUD_KEY lifts none.
"""

from functions.cases.ports.ports import Ports
from functions.model.desk.staff import marks


def revoke_access(organisation: str, address: str, ports: Ports) -> None:
    """Ends the access of whoever has that address, on every request from now on.

    Raises StoreError.
    """
    at = ports.now()
    for own in marks(ports.keys, organisation, address):
        ports.lists.revoke(organisation, own, at)


def restore_access(organisation: str, address: str, ports: Ports) -> bool:
    """Takes a revocation back; False if there was none. Raises StoreError."""
    if not is_access_revoked(organisation, address, ports):
        return False
    for own in marks(ports.keys, organisation, address):
        ports.lists.restore(organisation, own)
    return True


def is_access_revoked(organisation: str, address: str, ports: Ports) -> bool:
    """Whether the access was revoked, under this key or an earlier one. Raises StoreError."""
    return any(
        ports.lists.is_revoked(organisation, own)
        for own in marks(ports.keys, organisation, address)
    )
