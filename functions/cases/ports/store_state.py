"""What is at the address of a store, before anybody opens it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StoreAbsent:
    """Nothing is there."""


@dataclass(frozen=True)
class StoreReady:
    """A store of this release's form; `remarks` are sentences on what it lacks of safety."""

    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class StoreOlder:
    """An earlier release's form; `how` says what brings it to this release."""

    how: str


@dataclass(frozen=True)
class StoreForeign:
    """Nothing that Ombud wrote, a later release's store or a damaged one; `why` says which."""

    why: str


StoreState = StoreAbsent | StoreReady | StoreOlder | StoreForeign
