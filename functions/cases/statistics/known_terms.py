"""What the contracts of counted cases call things, and what they promise."""

from collections.abc import Iterable, Iterator

from functions.cases.ports.ports import Ports
from functions.model.contract.contract import Contract
from functions.model.contract.kind import Kind
from functions.model.statistics.totals import NO_NAMES, Names, Promise
from functions.model.text import Text


def names_of(contracts: Iterable[Contract], ports: Ports) -> Names:
    """The names in these contracts; the first that has an id names it. Raises ContractError."""
    names = NO_NAMES
    for contract in contracts:
        names = names.also(_names(contract, ports))
    return names


def promises_in(contract: Contract) -> tuple[Promise, ...]:
    """The limits of the organisation that can be kept or missed in a case."""
    limits = {
        limit.id: Promise(version=contract.version, limit=limit, events=kind.events)
        for kind in contract.kinds.values()
        for limit in kind.limits
        if limit.party == "organisation" and not limit.recurring and not limit.not_before
    }
    return tuple(limits.values())


def _names(contract: Contract, ports: Ports) -> Names:
    channels: dict[str, Text] = {}
    if contract.procedure is not None:
        procedure = ports.contracts.procedure(contract.procedure)
        for kind in procedure.kinds.values():
            channels |= {channel.id: channel.name for channel in kind.channels}
    return Names(
        kinds={id: kind.name for id, kind in contract.kinds.items()},
        categories={id: name for kind in contract.kinds.values() for id, name in _categories(kind)},
        levels={
            choice.value: choice.label for kind in contract.kinds.values() for choice in kind.levels
        },
        channels=channels,
    )


def _categories(kind: Kind) -> Iterator[tuple[str, Text]]:
    for field in kind.fields:
        if field.name == "category":
            yield from ((choice.value, choice.label) for choice in field.choices)
