"""Notes in the store which OMBUD_KEY the server has, for commands that may have been given another.

Where KMS makes the data keys, every case opens under any OMBUD_KEY. Under another one, though,
people are not found, and the access of nobody is revoked.
"""

from functions.cases.ports.desk_store import DeskStore
from functions.cases.ports.ports import Ports
from functions.model.derived_keys import keyed
from functions.model.errors import KeyMismatch

_NAME = "access key"


def note_key(ports: Ports) -> None:
    """Stores the mark of the server's current key, unless it is there. Raises StoreError."""
    mark = _mark(ports.key)
    if ports.lists.remembered(_NAME) != mark:
        ports.lists.remember(_NAME, mark)


def check_noted_key(lists: DeskStore, keys: tuple[bytes, ...]) -> None:
    """Raises KeyMismatch if the server noted a key that is none of these, or StoreError."""
    noted = lists.remembered(_NAME)
    if noted is not None and noted not in map(_mark, keys):
        raise KeyMismatch(
            "the server has another OMBUD_KEY than this one: with this nobody's cases are "
            "found, and nobody's access is revoked; set the server's"
        )


def _mark(key: bytes) -> str:
    return keyed(key, "key note", _NAME)[:32]
