"""Members of staff, by whom each act is recorded."""

from collections.abc import Iterable
from datetime import date

from functions.model.derived_keys import keyed
from functions.model.frozen import Frozen


class StaffMember(Frozen):
    """A person who works on cases: address, name, ids of roles, and the last day, if there is one.

    `also` are other names that filers may write.
    """

    address: str
    name: str
    roles: tuple[str, ...]
    until: date | None = None
    also: tuple[str, ...] = ()

    def is_current(self, day: date) -> bool:
        """Whether the person works there on that day."""
        return self.until is None or day <= self.until

    def is_named_in(self, words: str) -> bool:
        """Whether a filer's words name the person, by a name or the address."""
        folded = _folded(words)
        return any(_folded(name) in folded for name in (self.name, *self.also, self.address))


def mark(key: bytes, organisation: str, address: str) -> str:
    """What stands for a member of staff in tokens and on cases: a keyed hash of the address."""
    return keyed(key, "staff", f"{organisation}\0{address.casefold()}")[:24]


def marks(keys: Iterable[bytes], organisation: str, address: str) -> tuple[str, ...]:
    """The mark of an address under each key: what is stored keeps the mark of its own time."""
    return tuple(mark(key, organisation, address) for key in keys)


def _folded(words: str) -> str:
    return "".join(words.casefold().split())
