"""What is stored of a month, so that it outlives the cases and contracts that it is made of."""

from datetime import datetime

from functions.model.contract.kind import NamedEvent
from functions.model.contract.limit import Limit
from functions.model.frozen import Frozen
from functions.model.statistics.figures import Figures
from functions.model.text import Text


class Promise(Frozen):
    """A limit as a version of the procedure promises it, with the `events` that it names."""

    version: str
    limit: Limit
    events: tuple[NamedEvent, ...] = ()

    @property
    def key(self) -> str:
        """What stands for it in figures."""
        return promise_key(self.version, self.limit.id)


def promise_key(version: str, limit: str) -> str:
    """What stands for a limit of a version in figures."""
    return f"{version} {limit}"


class Names(Frozen):
    """What kinds, categories, levels and channels are called, by their ids, in their order."""

    kinds: dict[str, Text]
    categories: dict[str, Text]
    levels: dict[str, Text]
    channels: dict[str, Text]

    def also(self, other: "Names") -> "Names":
        """These names, and those of `other` that are not among them."""
        return Names(
            kinds={**self.kinds, **_missing(other.kinds, self.kinds)},
            categories={**self.categories, **_missing(other.categories, self.categories)},
            levels={**self.levels, **_missing(other.levels, self.levels)},
            channels={**self.channels, **_missing(other.channels, self.channels)},
        )


NO_NAMES = Names(kinds={}, categories={}, levels={}, channels={})


class MonthTotal(Frozen):
    """The figures of a month until `as_of`, and what they are of.

    `promises` are the limits of the version in force and of each version that a case of this month
    stands under, in the order of the procedure. Of a month that is not over, the end is `as_of`.
    """

    month: str
    as_of: datetime
    figures: Figures
    names: Names = NO_NAMES
    promises: tuple[Promise, ...] = ()


def _missing(names: dict[str, Text], known: dict[str, Text]) -> dict[str, Text]:
    return {id: name for id, name in names.items() if id not in known}
