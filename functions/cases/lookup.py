"""Looks a case up by reference and access code, and slows wrong attempts down."""

from dataclasses import dataclass
from datetime import timedelta

from functions.cases.ports.ports import Ports
from functions.model.case import Case, Tombstone
from functions.model.derived_keys import keyed
from functions.model.reference import code_matches, read_reference

_REMEMBERED = timedelta(minutes=15)
_FIRST_PAUSE_SECONDS = 0.25
_LONGEST_PAUSE_SECONDS = 8.0


@dataclass(frozen=True)
class Found:
    """Reference and access code match."""

    case: Case


@dataclass(frozen=True)
class Erased:
    """They match a case that was erased at the person's request."""

    tombstone: Tombstone


@dataclass(frozen=True)
class NoMatch:
    """They do not match; the reason is not told. The next try is welcome after `pause` seconds."""

    pause: float


def look_up(reference: str, code: str, address: str, ports: Ports) -> Found | Erased | NoMatch:
    """The case that reference and code open, or its tombstone. Raises StoreError.

    An unknown reference takes the same work and gets the same answer as a wrong code. Each
    failure doubles the pause, counted by reference and by address. What is no reference, and an
    unknown address, stand for nobody in particular and are not counted.
    """
    known = read_reference(reference)
    case = ports.store.case(known) if known else None
    matches = code_matches(ports.key, known or "", code)
    if case is not None and matches:
        return Found(case)
    if known and matches and (tombstone := ports.store.erased(known)):
        return Erased(tombstone)
    now = ports.now()
    counted = [f"reference:{known}"] if known else []
    counted += [f"address:{address}"] if address else []
    failures = max(
        (
            ports.counters.increment(keyed(ports.key, "failure", what), now + _REMEMBERED)
            for what in counted
        ),
        default=1,
    )
    pause = min(_FIRST_PAUSE_SECONDS * 2.0 ** min(failures - 1, 10), _LONGEST_PAUSE_SECONDS)
    return NoMatch(pause)
