"""Finds cases by what a filer gave of themselves, without opening any other case.

A store keeps keyed hashes of address, telephone numbers and plate beside each case: whoever has
the store alone can neither read them nor try guesses.
"""

from collections.abc import Iterable
from datetime import timedelta

from functions.cases.ports.ports import Ports
from functions.model.answers.email_address import read_address
from functions.model.answers.plate import read_plate
from functions.model.answers.telephone import read_telephone
from functions.model.case import Case
from functions.model.derived_keys import keyed
from functions.model.errors import StoredTextUnreadable

UNREADABLE = "unreadable"
"""What finds the cases that could not be read when their hashes were made: anybody's."""

_AHEAD = timedelta(days=1)
"""A filing may have been stored while the clock ran fast; it is due by tomorrow."""

_BATCH = 100
_ALL = 1_000_000


def found_by(case: Case, key: bytes) -> tuple[str, ...]:
    """The keyed hashes by which a case is found; `key` is OMBUD_KEY."""
    return tuple(_hash(key, trait) for trait in sorted(traits(case)))


def traits(case: Case) -> frozenset[str]:
    """What a case is found by: the filer's address, the digits of each number, and the plate."""
    submission = case.submission
    given = (submission.email or "", submission.phone or "")
    plate = "".join(read_plate(submission.plate or "").replace("·", "").split()).casefold()
    found = frozenset[str]().union(*map(traits_of, given))
    return found | {f"plate {plate}"} if plate else found


def traits_of(person: str) -> frozenset[str]:
    """What the cases of a person are found by: of an address or telephone numbers, however they
    are written; nothing of other words.
    """
    if "@" in person:
        return frozenset({f"address {(read_address(person.strip()) or person).casefold()}"})
    numbers = (read_telephone(person) or "").split(" / ")
    digits = ("".join(filter(str.isdecimal, number.partition("转")[0])) for number in numbers)
    return frozenset(f"telephone {number}" for number in digits if number)


def cases_found_by(sought: Iterable[str], ports: Ports) -> tuple[str, ...]:
    """References of the cases with one of these traits, of every organisation; each once.

    A new case is found once a sweep has seen it, within minutes. Raises StoreError.
    """
    hashes = (_hash(key, trait) for trait in sorted(sought) for key in ports.keys)
    found = (ports.lists.references_of(hash_) for hash_ in hashes)
    return tuple(dict.fromkeys(reference for references in found for reference in references))


def index_new_cases(ports: Ports) -> None:
    """Makes those cases findable that no sweep has seen yet. Raises StoreError."""
    while references := ports.lists.unlisted(_BATCH):
        for reference in references:
            index_case(reference, ports)
    for reference in ports.lists.due_cases(ports.now() + _AHEAD, _ALL):
        if ports.lists.summary(reference) is None:
            index_case(reference, ports)


def index_case(reference: str, ports: Ports) -> None:
    """Stores the hashes of a case; one that cannot be read is found as such. Raises StoreError."""
    try:
        case = ports.store.case(reference)
    except StoredTextUnreadable:
        ports.lists.find_by(reference, (UNREADABLE,))
        return
    if case is not None:
        ports.lists.find_by(reference, found_by(case, ports.key))


def _hash(key: bytes, trait: str) -> str:
    return keyed(key, "found by", trait)[:32]
